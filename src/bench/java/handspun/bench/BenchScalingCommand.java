package handspun.bench;

import handspun.cli.Home;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun bench scaling}: on one core and on more. */
@Command(
    name = "scaling",
    description =
        "Train on one core and on more, with small and large mini-batches, narrow and wide networks,"
            + " strategy by strategy: where parallel pays, as a table and a picture.")
final class BenchScalingCommand implements Runnable {
  @Option(
      names = "--case",
      paramLabel = "NAME,...",
      split = ",",
      defaultValue = "all",
      description =
          "narrow: 784-16-16-10; wide: 784-512-10; both: all (default: ${DEFAULT-VALUE}).")
  private List<String> cases;

  @Option(
      names = "--batches",
      paramLabel = "N,...",
      split = ",",
      defaultValue = "10,32,100,316,1000,4096",
      description = "Examples per mini-batch (default: ${DEFAULT-VALUE}).")
  private List<Integer> batches;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Of each run (default: 20 of the narrow network, 5 of the wide one).")
  private Integer epochs;

  @Mixin private BenchOptions options;

  @Mixin private CoresOption coresOption;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<Workload> workloads =
        ScalingBench.workloads(
            cases,
            batches.stream().distinct().sorted().toList(),
            epochs == null ? OptionalInt.empty() : OptionalInt.of(epochs));
    int rounds = options.rounds();
    List<Integer> cores = coresOption.cores(upTo(Runtime.getRuntime().availableProcessors()));
    Path folder = options.folder();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    ScalingBench bench =
        new ScalingBench(
            new Project(Home.folder()), Machine.thisOne(), rounds, cores, err::println);
    ScalingBench.Outcome outcome = bench.run(workloads, folder);
    out.println(outcome.text());
    out.println(
        "tables     " + folder.resolve("scaling.csv") + ", " + folder.resolve("epochs.csv"));
    if (outcome.warning().isEmpty()) {
      out.println("picture    " + folder.resolve("scaling.svg"));
    }
    out.println("logs       " + folder.resolve("logs"));
    out.flush();
    outcome.warning().ifPresent(text -> err.println("handspun: warning: " + text));
  }

  /** 1, 2, 4, ... and all. */
  static List<Integer> upTo(int all) {
    List<Integer> cores = new ArrayList<>();
    for (int number = 1; number < all; number *= 2) {
      cores.add(number);
    }
    cores.add(all);
    return cores;
  }
}
