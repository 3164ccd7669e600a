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

/** {@code handspun bench serve}: what the server does beside one that does nothing else. */
@Command(
    name = "serve",
    description =
        "Ask serve, and a server that reads requests and always answers the same, in turn: requests"
            + " and images a second, latencies, processor time. Takes about 20 minutes.")
final class BenchServeCommand implements Runnable {
  @Option(
      names = "--only",
      paramLabel = "BODY,...",
      split = ",",
      description =
          "Bodies to send: json, binary, png-28, png-280, batch; the open loop comes with json"
              + " (default: all).")
  private List<String> only = List.of();

  @Option(
      names = "--quick",
      description =
          "Ask for a moment only, in one round, to see that all runs: the figures mean nothing.")
  private boolean quick;

  @Mixin private ServedModelOption model;

  @Mixin private BenchOptions options;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    int rounds = quick ? 1 : options.rounds();
    LoadBody.requireKnown(only);
    Path folder = options.folder();
    PrintWriter err = spec.commandLine().getErr();
    ServeBench bench =
        new ServeBench(
            new Project(Home.folder()),
            Machine.thisOne(),
            rounds,
            quick ? ServeBench.Times.QUICK : ServeBench.Times.USUAL,
            err::println);
    String tables = bench.run(model.file(folder), only, folder);
    PrintWriter out = spec.commandLine().getOut();
    if (quick) {
      out.println("--quick: these figures mean nothing, it only shows that all runs.");
    }
    out.println(tables);
    out.println("table      " + folder.resolve("serve.csv"));
    out.println("logs       " + folder.resolve("logs"));
    out.flush();
  }
}
