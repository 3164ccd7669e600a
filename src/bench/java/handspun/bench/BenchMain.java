package handspun.bench;

import handspun.cli.Main;
import java.io.PrintWriter;
import java.util.List;

/** {@code handspun bench}: the program with its benchmarks, which are not in its jar. */
public final class BenchMain {
  private BenchMain() {}

  /**
   * @param args {@code bench} and what follows it
   */
  public static void main(String[] args) {
    Main.main(benchmarks(), args);
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    return Main.run(benchmarks(), out, err, args);
  }

  private static List<?> benchmarks() {
    return List.of(
        new BenchTrainCommand(),
        new BenchScalingCommand(),
        new BenchExchangeCommand(),
        new BenchEncryptionCommand(),
        new BenchKernelsCommand(),
        new BenchServeCommand(),
        new BenchSoakCommand(),
        new OracleRun());
  }
}
