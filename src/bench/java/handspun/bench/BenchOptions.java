package handspun.bench;

import handspun.UsageException;
import handspun.cli.Home;
import handspun.files.Location;
import handspun.store.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** The options that all benchmarks have. */
final class BenchOptions {
  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "How often everything is run, in turn (default: ${DEFAULT-VALUE}).")
  private int rounds = 5;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New folder for the tables (default: runs/bench/<time>).")
  private Path out;

  int rounds() {
    if (rounds < 1) {
      throw new UsageException("rounds is " + rounds + ", but must be at least 1.");
    }
    return rounds;
  }

  /** {@return the folder, which is made} */
  Path folder() {
    return folder(out);
  }

  /**
   * @param out where the user wants it; null for the default
   * @return the folder, which is made
   */
  static Path folder(Path out) {
    if (out == null) {
      return Runs.newRun(Home.resolve("runs/bench"), Clock.system(ZoneId.systemDefault()));
    }
    Runs.newRunAt(Location.of(out), "--out");
    return out;
  }
}
