package handspun.math;

import handspun.UsageException;
import java.util.function.Supplier;

/**
 * Which kernels this process computes with, chosen once. Results do not depend on it; speed does,
 * about five times.
 */
final class KernelChoice {
  /**
   * System property: {@code scalar}, or the width of the vectors in bits. Without it, vectors as
   * wide as the machine's, if Java was started with the module that they need.
   */
  static final String PROPERTY = "handspun.kernels";

  /**
   * System property: 16 or 32, how many vectors the processor's registers hold. Without it, as the
   * processor has.
   */
  static final String REGISTERS = "handspun.kernels.registers";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String IMPLEMENTATION = "handspun.math.VectorKernels";
  private static final Supplier<Kernels> OF_THIS_PROCESS = of(System.getProperty(PROPERTY, ""));

  private KernelChoice() {}

  static Kernels ofThisProcess() {
    return OF_THIS_PROCESS.get();
  }

  /** {@return the kernels; an unknown request is refused when they are needed, not before} */
  static Supplier<Kernels> of(String requested) {
    return switch (requested) {
      case "scalar" -> ready(new ScalarKernels("scalar"));
      case "", "128", "256", "512" -> ready(vectorsOrScalar());
      default ->
          () -> {
            throw new UsageException(
                "%s is %s, but must be scalar, 128, 256 or 512: leave it out for the fastest."
                    .formatted(PROPERTY, requested));
          };
    };
  }

  /**
   * How many registers for vectors a processor has. On x86, 512 bits came with 32 of them, which
   * Java then uses for narrower vectors, too.
   *
   * @param architecture as Java names it
   * @param bits of the vectors that Java prefers on this machine
   */
  static int registers(String architecture, int bits) {
    return bits == 512 || architecture.equals("aarch64") ? 32 : 16;
  }

  private static Supplier<Kernels> ready(Kernels kernels) {
    return () -> kernels;
  }

  private static Kernels vectorsOrScalar() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return new ScalarKernels("scalar: start with --add-modules " + MODULE + " to be faster");
    }
    try {
      // By name, since that class is compiled apart and needs the module.
      return Class.forName(IMPLEMENTATION)
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      return new ScalarKernels("scalar: this Java's %s does not fit (%s)".formatted(MODULE, e));
    }
  }
}
