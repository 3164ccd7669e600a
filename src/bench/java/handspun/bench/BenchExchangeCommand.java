package handspun.bench;

import handspun.cli.Home;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun bench exchange}: what several executors cost. */
@Command(
    name = "exchange",
    description =
        "Exchange gradients between executors on this machine: alone, by number, shape and size;"
            + " and in training, beside one executor and beside a Spark job a mini-batch.")
final class BenchExchangeCommand implements Runnable {
  @Option(
      names = "--executors",
      paramLabel = "N,...",
      split = ",",
      defaultValue = "2,4,8",
      description = "Numbers of executors that exchange alone (default: ${DEFAULT-VALUE}).")
  private List<Integer> executors;

  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    int rounds = options.rounds();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ExchangeBench bench =
        new ExchangeBench(
            new Project(Home.folder()),
            Machine.thisOne(),
            rounds,
            executors.stream().distinct().sorted().toList(),
            err::println);
    Path folder = options.folder();
    out.println(bench.run(folder));
    out.println(
        "tables     " + folder.resolve("exchange.csv") + ", " + folder.resolve("epochs.csv"));
    out.println("logs       " + folder.resolve("logs"));
    out.flush();
  }
}
