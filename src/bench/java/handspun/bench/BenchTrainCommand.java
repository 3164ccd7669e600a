package handspun.bench;

import handspun.UsageException;
import handspun.cli.Home;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun bench train}: beside other programs. */
@Command(
    name = "train",
    description = {
      "Train the same network with Handspun and with other programs, in turn: seconds per epoch, seconds"
          + " to an accuracy, memory.",
      "A program that cannot be run is left out, and the table says why."
    })
final class BenchTrainCommand implements Runnable {
  @Option(
      names = "--case",
      paramLabel = "NAME,...",
      split = ",",
      defaultValue = "narrow",
      description =
          "narrow: 784-16-16-10, mini-batch 10; hundred: 784-100-10, 10; deep: 784-512-512-10, 128;"
              + " wide800: 784-800-10, 128; all of them: all (default: ${DEFAULT-VALUE}).")
  private List<String> cases;

  @Option(
      names = "--only",
      paramLabel = "PROGRAM,...",
      split = ",",
      description =
          "Programs to measure: handspun, numpy, pytorch, mllib, oracle (default: those whose epochs"
              + " of the case take no minutes).")
  private List<String> only;

  @Option(names = "--layers", paramLabel = "N,N,...", description = "Instead of the case's.")
  private String layers;

  @Option(names = "--batch", paramLabel = "N", description = "Instead of the case's.")
  private Integer batch;

  @Option(names = "--rate", paramLabel = "X", description = "Instead of the case's 3.0.")
  private Float rate;

  @Option(names = "--epochs", paramLabel = "N", description = "Instead of the case's.")
  private Integer epochs;

  @Option(
      names = "--targets",
      paramLabel = "X,...",
      split = ",",
      defaultValue = "90,93,94",
      description =
          "Accuracies on the validation images, in percent, to be reached (default:"
              + " ${DEFAULT-VALUE}).")
  private List<Double> targets;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      defaultValue = "python3",
      description = "The Python that has NumPy or PyTorch (default: ${DEFAULT-VALUE}).")
  private String python;

  @Mixin private BenchOptions options;

  @Mixin private CoresOption coresOption;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    List<TrainCase> chosen = cases();
    int all = Runtime.getRuntime().availableProcessors();
    TrainBench.Options how =
        new TrainBench.Options(
            options.rounds(),
            coresOption.cores(Stream.of(1, all).distinct().toList()),
            targets,
            python,
            oracle());
    Path folder = options.folder();
    PrintWriter err = spec.commandLine().getErr();
    PrintWriter out = spec.commandLine().getOut();
    TrainBench bench =
        new TrainBench(new Project(Home.folder()), Machine.thisOne(), how, err::println);
    out.println(bench.run(chosen, folder));
    out.println("tables     " + folder.resolve("train.csv") + ", " + folder.resolve("epochs.csv"));
    out.println("logs       " + folder.resolve("logs"));
    out.flush();
  }

  private List<TrainCase> cases() {
    List<TrainCase> chosen = new ArrayList<>(TrainCase.named(cases));
    if (chosen.size() > 1 && (layers != null || batch != null)) {
      throw new UsageException(
          "--layers and --batch change one case, but "
              + chosen.size()
              + " are named: name one with --case.");
    }
    chosen.replaceAll(this::changed);
    return chosen;
  }

  private TrainCase changed(TrainCase given) {
    TrainCase changed = given;
    if (layers != null) {
      changed = changed.withLayers(layers);
    }
    if (batch != null) {
      changed = changed.withMiniBatch(batch);
    }
    if (rate != null) {
      changed = changed.withRate(rate);
    }
    if (epochs != null) {
      changed = changed.withEpochs(epochs);
    }
    if (only != null) {
      changed = changed.withPrograms(Program.named(only));
    }
    return changed;
  }

  private static List<String> oracle() {
    return List.of(
        "-cp", System.getProperty("java.class.path"), BenchMain.class.getName(), "bench", "oracle");
  }
}
