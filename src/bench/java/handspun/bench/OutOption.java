package handspun.bench;

import handspun.cli.Home;
import handspun.files.Location;
import handspun.store.Runs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import picocli.CommandLine.Option;

/** The option that says where a benchmark leaves its tables. */
final class OutOption {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "New folder for the tables (default: runs/bench/<time>).")
  private Path out;

  /** {@return the folder, which is made} */
  Path folder() {
    if (out == null) {
      return Runs.newRun(Home.resolve("runs/bench"), Clock.system(ZoneId.systemDefault()));
    }
    Runs.newRunAt(Location.of(out), "--out");
    return out;
  }
}
