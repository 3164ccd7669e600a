package handspun.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the figures were measured on.
 *
 * @param processor its name; empty if the system does not tell
 * @param cores that this process may use
 * @param system its name and version
 * @param java its version
 * @param avx512 whether the processor has 512-bit vectors
 */
record Machine(String processor, int cores, String system, String java, boolean avx512) {

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
        value(lines, "flags").contains("avx512f"));
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
        + (avx512 ? ", AVX-512" : "")
        + ", "
        + system
        + ", Java "
        + java;
  }
}
