package handspun.cli;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.math.Kernels;
import handspun.report.ConfusionChart;
import handspun.report.Curve;
import handspun.report.PlanFile;
import handspun.spark.Aggregation;
import handspun.spark.Rehearsal;
import handspun.spark.SparkTraining;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.store.Runs;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class)
final class TrainCommand implements Callable<Integer> {
  private static final String SPARK_DEFAULT_MASTER = "local[*]";

  @Mixin private TrainOptions options;

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
  public Integer call() {
    Settings settings = Settings.read(config, options.typed());
    Plan plan = settings.plan();
    Aggregation aggregation = settings.aggregation();
    OptionalInt partitions = settings.partitions();
    String master = master(settings);
    SparkTraining.check(master, aggregation, plan, partitions);
    Dataset data = read(settings);
    plan.requireFits(data);
    Path folder = runFolder(settings);
    PrintWriter out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    TrainingRun run;
    Trainer.Result result;
    Meanwhile<Optional<String>> curve;
    try (Interruption interruption = new Interruption()) {
      try (Rehearsal rehearsal = Rehearsal.begin(plan, data, partitions);
          SparkTraining spark =
              SparkTraining.start(
                  master,
                  aggregation,
                  plan,
                  partitions,
                  settings.eventLog(),
                  notice -> TrainingConsole.note(out, notice))) {
        spark.choose(rehearsal);
        run =
            new TrainingRun(
                plan, data, master, aggregation, spark.partitions(), spark.version(), folder);
        result = train(run, spark, out);
        // While Spark stops and the network is tested and saved.
        curve = drawCurve(run, result);
      } catch (RuntimeException e) {
        if (interruption.happened()) {
          throw new HandspunException(
              "Stopped before the end: no model was saved; what is known is in " + folder + ".", e);
        }
        throw e;
      } finally {
        Runs.discardIfEmpty(folder);
      }
    }
    try (curve) {
      return finish(run, result, curve, out);
    }
  }

  /**
   * The master of the command line; then spark-submit's, unless it is only its default; then that
   * of the configuration file.
   */
  private String master(Settings settings) {
    String submitted = new SparkConf().get("spark.master", SPARK_DEFAULT_MASTER);
    if (options.master() != null) {
      return options.master();
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

  private static Path runFolder(Settings settings) {
    return settings
        .run()
        .map(Runs::newRunAt)
        .orElseGet(() -> Runs.newRun(Home.resolve("runs"), Clock.system(ZoneId.systemDefault())));
  }

  private static Trainer.Result train(TrainingRun run, SparkTraining spark, PrintWriter out) {
    TrainingConsole console = new TrainingConsole(run, out);
    console.plan();
    PlanFile.write(run.folder(), run.plan(), run.data());
    List<TrainingListener> listeners = new ArrayList<>();
    try (EpochBar bar = new EpochBar(run.miniBatches().count(), spark::progress)) {
      if (Boolean.getBoolean("handspun.terminal")) {
        listeners.add(bar);
      }
      listeners.add(spark.metrics());
      listeners.add(new MetricsListener(run.metrics(), console::warn));
      listeners.add(console);
      return new Trainer(run.plan(), run.data(), spark.runner(run.data()), listeners).train();
    }
  }

  private static Meanwhile<Optional<String>> drawCurve(TrainingRun run, Trainer.Result result) {
    return Meanwhile.start("curve", () -> Curve.write(run.curve(), result.epochs()));
  }

  private int finish(
      TrainingRun run, Trainer.Result result, Meanwhile<Optional<String>> curve, PrintWriter out) {
    Evaluation test = Evaluation.of(result.network(), run.data().test(), Kernels.fastest());
    save(new Model(result.network(), Optional.of(run.plan()), provenance(run, result, test)), run);
    TrainingConsole console = new TrainingConsole(run, out);
    Optional<String> confusion = ConfusionChart.write(run.confusion(), test);
    curve.result().ifPresent(console::warn);
    confusion.ifPresent(console::warn);
    console.end(result, test);
    if (json) {
      spec.commandLine().getOut().println(TrainingJson.line(run, result, test));
    }
    if (result.failure().isPresent()) {
      throw new HandspunException(
          result.failure().get()
              + (result.goodEpochs() == 0
                  ? " The parameters of before the first epoch are in "
                  : " The last good parameters, those of epoch "
                      + result.goodEpochs()
                      + ", are in ")
              + run.model()
              + ".");
    }
    return 0;
  }

  /** Saves a model in the run's folder; what was trained is not lost if that is full. */
  private static void save(Model model, TrainingRun run) {
    try {
      ModelFile.write(run.model(), model);
    } catch (HandspunException e) {
      Path elsewhere =
          Path.of(
              System.getProperty("java.io.tmpdir"),
              "handspun-" + run.folder().getFileName() + "-" + Runs.MODEL);
      ModelFile.write(elsewhere, model);
      throw new HandspunException(
          e.getMessage() + " The trained model was saved as " + elsewhere + " instead.", e);
    }
  }

  private static Provenance provenance(TrainingRun run, Trainer.Result result, Evaluation test) {
    Map<String, String> versions = Versions.all();
    versions.put("spark", run.sparkVersion());
    return new Provenance(
        run.data().location(),
        run.data().sha256(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        versions,
        result.goodEpochs(),
        result.lastGoodEpoch().map(EpochSummary::validationAccuracy).orElse(Double.NaN),
        test.accuracy());
  }
}
