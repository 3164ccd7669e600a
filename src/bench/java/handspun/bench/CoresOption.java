package handspun.bench;

import handspun.UsageException;
import java.util.List;
import picocli.CommandLine.Option;

/** The option of benchmarks that compare numbers of cores. */
final class CoresOption {
  @Option(
      names = "--cores",
      paramLabel = "N,...",
      split = ",",
      description = "Numbers of cores to compare (default: 1 to all of this machine).")
  private List<Integer> cores;

  /**
   * @param otherwise what is compared if nothing was typed
   * @return ascending
   */
  List<Integer> cores(List<Integer> otherwise) {
    if (cores == null) {
      return otherwise;
    }
    for (int number : cores) {
      if (number < 1) {
        throw new UsageException("cores has " + number + " in it, but must be 1 or more each.");
      }
    }
    return cores.stream().distinct().sorted().toList();
  }
}
