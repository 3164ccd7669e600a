package handspun.math;

import handspun.UsageException;
import java.util.Optional;

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

  private static final String MODULE = "jdk.incubator.vector";
  private static final String IMPLEMENTATION = "handspun.math.VectorKernels";
  private static final KernelChoice OF_THIS_PROCESS = of(System.getProperty(PROPERTY, ""));

  private final Kernels kernels;
  private final Optional<String> refusal;

  private KernelChoice(Kernels kernels, Optional<String> refusal) {
    this.kernels = kernels;
    this.refusal = refusal;
  }

  static Kernels ofThisProcess() {
    return OF_THIS_PROCESS.kernels();
  }

  /** {@return the kernels; refuses what was asked for and does not exist} */
  Kernels kernels() {
    if (refusal.isPresent()) {
      throw new UsageException(refusal.get());
    }
    return kernels;
  }

  static KernelChoice of(String wanted) {
    return switch (wanted) {
      case "scalar" -> new KernelChoice(new ScalarKernels("scalar"), Optional.empty());
      case "", "128", "256", "512" -> new KernelChoice(vectorsOrScalar(), Optional.empty());
      default ->
          new KernelChoice(
              null,
              Optional.of(
                  "%s is %s, but must be scalar, 128, 256 or 512: leave it out for the fastest."
                      .formatted(PROPERTY, wanted)));
    };
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
