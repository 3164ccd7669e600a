package handspun.bench;

import java.nio.file.Path;

/** A program to be measured, in one way of running it. */
interface Contender {

  /**
   * {@return its name for machines, the same for all its ways of running that differ in cores
   * alone}
   */
  String id();

  /** {@return its name for people} */
  String name();

  /** {@return how many threads compute} */
  int cores();

  /** {@return a name for its files that no other way of running has} */
  default String label() {
    return id() + "-" + cores();
  }

  /**
   * Runs it in a process of its own.
   *
   * @param workload what to train
   * @param logs a folder for what it prints and writes
   * @param label begins the names of its files in there
   * @return what it showed
   * @throws handspun.HandspunException if it failed, with the reason
   */
  Measurement measure(Workload workload, Path logs, String label);
}
