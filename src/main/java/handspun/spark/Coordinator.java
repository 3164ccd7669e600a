package handspun.spark;

import handspun.parallel.EpochPart;
import handspun.wire.Peer;
import java.util.function.BooleanSupplier;

/**
 * What the driver and the tasks of a training job say between epochs, as tasks see it: the driver
 * assigns an epoch, every task reports its part of it. So the job goes on from epoch to epoch,
 * where a job for every epoch would cost ten milliseconds or more.
 */
interface Coordinator {

  /** A task has come; it may still have to read its examples. */
  void arrive(Arrival task);

  /**
   * A task that had come has ended, well or not.
   *
   * @param executor its executor's name in Spark
   */
  void leave(String executor);

  /**
   * The first task of an executor waits until those of all executors have come.
   *
   * @return what they must know of each other
   */
  Meeting meet(Peer self, int executors, BooleanSupplier cancelled);

  /**
   * The first task of an executor waits for the next epoch.
   *
   * @param done number of the assignment that was reported last; 0 for none
   * @param tasks how many tasks the executor has
   * @return the next assignment, or {@link Assignment#NONE}
   */
  Assignment next(int done, int tasks, BooleanSupplier cancelled);

  /** A task reports its part of an epoch. */
  void report(EpochPart part);

  /**
   * A task has failed.
   *
   * @param hopeless whether it would fail again, as long as nobody sees to it
   */
  void fault(String message, boolean hopeless);
}
