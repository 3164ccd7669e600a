package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.math.Kernels;
import handspun.report.ConfusionChart;
import handspun.report.Curve;
import handspun.report.MetricsCsv;
import handspun.report.PlanFile;
import handspun.spark.Aggregation;
import handspun.spark.SparkTraining;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.store.Runs;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code handspun train}: trains a network on Spark and saves it. */
@Command(
    name = "train",
    description =
        "Train a network on Spark and save it. What is not given comes from conf/handspun.conf.",
    footer = {
      "",
      "Options of spark-submit go after --spark, which must be last:",
      "  bin/handspun train --epochs 5 --spark --driver-memory 4g"
    },
    mixinStandardHelpOptions = true)
final class TrainCommand implements Callable<Integer> {
  private static final String SPARK_DEFAULT_MASTER = "local[*]";

  @Option(
      names = "--layers",
      paramLabel = "N,N,...",
      description = "Units per layer, input first: 784,16,16,10.")
  private String layers;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training examples.")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Examples per mini-batch.")
  private Integer batch;

  @Option(names = "--rate", paramLabel = "X", description = "Learning rate.")
  private Float rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where all chance comes from: same seed, same bits.")
  private Long seed;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description =
          "Virtual workers that sum a mini-batch; part of the result. Default: 1 for mini-batches"
              + " below 64, else 8.")
  private Integer lanes;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Spark tasks that share a mini-batch; not part of the result. Default: the master's"
              + " cores.")
  private Integer partitions;

  @Option(
      names = "--aggregate",
      paramLabel = "HOW",
      description =
          "exchange: one Spark job an epoch, tasks exchange gradients; jobs: one Spark job a"
              + " mini-batch. Same result.")
  private String aggregate;

  @Option(names = "--master", paramLabel = "M", description = "Spark's master, such as local[2].")
  private String master;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder of four IDX files like MNIST's, or a pickle like mnist.pkl.gz.")
  private String data;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description = "How many of the last training examples validate instead.")
  private Integer validation;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "New folder for the model and the figures. Default: runs/<time>.")
  private String run;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "File with these options, or the name of one in conf/, such as wide.")
  private String config;

  @Option(
      names = "--json",
      description =
          "End with one line of JSON on standard output; the rest goes to standard error.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Settings settings = Settings.read(config, typed());
    Plan plan = settings.plan();
    Aggregation aggregation = settings.aggregation();
    OptionalInt wished = settings.partitions();
    String chosenMaster = master(settings);
    SparkTraining.check(chosenMaster, aggregation, plan, wished);
    Dataset dataset = read(settings);
    plan.requireFits(dataset);
    Path folder = runFolder(settings);

    TrainingConsole console =
        new TrainingConsole(json ? spec.commandLine().getErr() : spec.commandLine().getOut());
    Trainer.Result result;
    Map<String, String> versions = Versions.all();
    int chosenPartitions;
    try (SparkTraining spark = SparkTraining.start(chosenMaster, aggregation, plan, wished)) {
      chosenPartitions = spark.partitions();
      versions.put("spark", spark.sparkVersion());
      console.plan(
          plan, dataset, spark.sparkVersion(), chosenMaster, chosenPartitions, aggregation, folder);
      result = train(plan, dataset, spark, console, folder);
    }
    Evaluation test = Evaluation.of(result.network(), dataset.test(), Kernels.fastest());
    Path model = folder.resolve(Runs.MODEL);
    ModelFile.write(
        model,
        new Model(
            result.network(), Optional.of(plan), provenance(dataset, result, test, versions)));
    drawCharts(folder, result, test, console);
    console.end(result, test, model, folder);
    if (json) {
      spec.commandLine()
          .getOut()
          .println(
              TrainingJson.line(plan, result, test, model, folder, chosenPartitions, aggregation));
      spec.commandLine().getOut().flush();
    }
    if (result.failure().isPresent()) {
      throw new HandspunException(
          result.failure().get()
              + " The parameters of before, after "
              + result.goodEpochs()
              + " good epochs, are in "
              + model
              + ".");
    }
    return 0;
  }

  private Map<String, Object> typed() {
    Map<String, Object> typed = new LinkedHashMap<>();
    typed.put("layers", layers);
    typed.put("epochs", epochs);
    typed.put("batch", batch);
    typed.put("rate", rate == null ? null : rate.toString());
    typed.put("seed", seed);
    typed.put("lanes", lanes);
    typed.put("partitions", partitions);
    typed.put("aggregate", aggregate);
    typed.put("master", master);
    typed.put("data", data);
    typed.put("validation", validation);
    typed.put("run", run);
    typed.values().removeIf(Objects::isNull);
    return typed;
  }

  /**
   * The master of the command line; then spark-submit's, unless it is only its default; then that
   * of the configuration file.
   */
  private String master(Settings settings) {
    String submitted = new SparkConf().get("spark.master", SPARK_DEFAULT_MASTER);
    if (master != null) {
      return master;
    }
    return submitted.equals(SPARK_DEFAULT_MASTER) ? settings.master().orElse(submitted) : submitted;
  }

  private static Dataset read(Settings settings) {
    Path location = settings.data();
    if (settings.saysValidation() && DatasetReader.bringsItsOwnSplit(location)) {
      throw new UsageException(
          "validation is "
              + settings.validation()
              + ", but "
              + location
              + " brings its own validation set: leave --validation out.");
    }
    return DatasetReader.read(location, settings.validation());
  }

  private static Path runFolder(Settings settings) throws IOException {
    if (settings.run().isEmpty()) {
      return Runs.newRun(Home.resolve("runs"), Clock.systemDefaultZone());
    }
    Path folder = settings.run().get();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new UsageException(
              "The run's folder "
                  + folder
                  + " is not empty: name a new one after --run, so that no earlier run is"
                  + " overwritten.");
        }
      }
      return folder;
    }
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw new HandspunException(
          "The run's folder "
              + folder
              + " cannot be made ("
              + e.getClass().getSimpleName()
              + "): name another one after --run.",
          e);
    }
  }

  private Trainer.Result train(
      Plan plan, Dataset dataset, SparkTraining spark, TrainingConsole console, Path folder) {
    PlanFile.write(folder, plan, dataset);
    List<EpochSummary> soFar = new ArrayList<>();
    TrainingListener metrics =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochSummary summary) {
            soFar.add(summary);
            MetricsCsv.write(folder.resolve("metrics.csv"), soFar);
          }
        };
    int miniBatches = new MiniBatches(dataset.training().count(), plan).count();
    List<TrainingListener> listeners = new ArrayList<>(List.of(metrics, console.epochs(plan)));
    try (EpochBar bar = new EpochBar(miniBatches, spark::miniBatchesDone)) {
      if (Boolean.getBoolean("handspun.terminal")) {
        listeners.add(0, bar);
      }
      return new Trainer(plan, dataset, spark.runner(dataset), listeners).train();
    }
  }

  private static Provenance provenance(
      Dataset dataset, Trainer.Result result, Evaluation test, Map<String, String> versions) {
    return new Provenance(
        dataset.location(),
        dataset.sha256(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        versions,
        result.goodEpochs(),
        result.lastGoodEpoch().map(EpochSummary::validationAccuracy).orElse(Double.NaN),
        test.accuracy());
  }

  private static void drawCharts(
      Path folder, Trainer.Result result, Evaluation test, TrainingConsole console) {
    Curve.write(folder.resolve("curve.svg"), result.epochs()).ifPresent(console::warn);
    ConfusionChart.write(folder.resolve("confusion.svg"), test).ifPresent(console::warn);
  }
}
