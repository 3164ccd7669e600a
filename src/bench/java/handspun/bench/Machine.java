package handspun.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What the figures were measured on.
 *
 * @param processor its name; empty if the system does not tell
 * @param cores that this process may use
 * @param system its name and version
 * @param java its version
 * @param vectors how wide they are
 */
record Machine(String processor, int cores, String system, String java, Vectors vectors) {
  /** With this in it, every Java takes a processor with AVX-512 for one without. */
  private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

  private static final String NO_AVX512 = "-XX:UseAVX=2";

  /** What the processor computes with, as far as it matters to what is measured. */
  enum Vectors {
    /** 512 bits. */
    AVX512,
    /** It has 512 bits, but all programs are told not to use them. */
    HELD_TO_AVX2,
    /** Narrower ones. */
    NARROWER;

    static Vectors of(String flags, String javaOptions) {
      if (!flags.contains("avx512f")) {
        return NARROWER;
      }
      return javaOptions.contains(NO_AVX512) ? HELD_TO_AVX2 : AVX512;
    }
  }

  /** {@return the machine that this runs on} */
  static Machine thisOne() {
    List<String> lines = List.of();
    try {
      lines = Files.readAllLines(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      // Only Linux has it.
    }
    return new Machine(
        value(lines, "model name"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.version"),
        Vectors.of(
            value(lines, "flags"), Objects.requireNonNullElse(System.getenv(JAVA_OPTIONS), "")));
  }

  /**
   * {@return what Python programs are told so that they compute with the vectors that Java does:
   * OpenBLAS, MKL, PyTorch and NumPy in turn}
   */
  Map<String, String> heldBack() {
    return vectors == Vectors.HELD_TO_AVX2
        ? Map.of(
            "OPENBLAS_CORETYPE",
            "HASWELL",
            "MKL_ENABLE_INSTRUCTIONS",
            "AVX2",
            "ATEN_CPU_CAPABILITY",
            "avx2",
            "NPY_DISABLE_CPU_FEATURES",
            "AVX512F AVX512CD AVX512_SKX")
        : Map.of();
  }

  private static String value(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .orElse("");
  }

  @Override
  public String toString() {
    return (processor.isEmpty() ? "" : processor + ", ")
        + Figures.count(cores, "core")
        + switch (vectors) {
          case AVX512 -> ", AVX-512";
          case HELD_TO_AVX2 -> ", held to AVX2 though it has AVX-512";
          case NARROWER -> "";
        }
        + ", "
        + system
        + ", Java "
        + java;
  }
}
