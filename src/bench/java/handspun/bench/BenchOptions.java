package handspun.bench;

import handspun.UsageException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of benchmarks that run several times. */
final class BenchOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often everything is run, in turn (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Mixin private OutOption out;

  int rounds() {
    if (rounds < 1) {
      throw new UsageException("rounds is " + rounds + ", but must be at least 1.");
    }
    return rounds;
  }

  /** {@return the folder, which is made} */
  Path folder() {
    return out.folder();
  }
}
