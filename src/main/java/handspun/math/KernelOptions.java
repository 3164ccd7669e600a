package handspun.math;

import java.util.List;

/**
 * What Java's compiler is to know of the kernels: those that use vectors are compiled by
 * themselves, never as a part of what calls them.
 *
 * <p>Each operation of the Vector API is a dozen calls, all of which the compiler takes in before
 * it makes one instruction of them. Of a caller of several kernels it takes in so much that it
 * reaches its limit in the middle of one; from there on every vector is an object, and stays one
 * (OpenJDK's C2 compiler, {@code NodeCountInliningCutoff}; in one of thirty runs on a busy machine,
 * as it happened). Without these options training goes on, but may be slower.
 */
public final class KernelOptions {
  /** {@code bin/handspun} has the same. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=inline,handspun.math.Vectors::*",
          "-XX:CompileCommand=dontinline,handspun.math.Vector*::*");

  private KernelOptions() {}

  /** {@return options of Java, for a process that is to train} */
  public static List<String> ofJava() {
    return OPTIONS;
  }
}
