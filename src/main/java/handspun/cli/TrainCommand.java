package handspun.cli;

import handspun.HandspunException;
import handspun.data.DatasetReader;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.math.FusedMultiplyAdd;
import handspun.math.Kernels;
import handspun.parallel.PartitionChoice;
import handspun.parallel.WarmUp;
import handspun.report.ConfusionChart;
import handspun.report.Curve;
import handspun.report.PlanFile;
import handspun.spark.Aggregation;
import handspun.spark.HadoopSettings;
import handspun.spark.SparkTraining;
import handspun.spark.TrainingContext;
import handspun.store.CheckpointWriter;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.store.RunLock;
import handspun.store.Runs;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
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
    modelTransformer = TrainOptions.class,
    versionProvider = Main.Version.class)
final class TrainCommand implements Callable<Integer> {
  private static final String SPARK_DEFAULT_MASTER = "local[*]";

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

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with the run in this folder, from its last checkpoint, to the same result; only"
              + " its number of epochs may be changed.")
  private String resume;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Settings settings = Settings.read(config, TrainOptions.typed(spec), HadoopSettings::submitted);
    if (resume == null) {
      Plan plan = settings.plan();
      TrainingData data = prepare(settings, plan);
      try (RunLock run = RunLock.take(newFolder(settings))) {
        return run(settings, plan, data, run.folder(), Optional.empty());
      }
    }
    Location folder = Location.of(resume, HadoopSettings::submitted);
    try (RunLock run = RunLock.take(Resumption.requireRun(folder))) {
      Resumption resumption = new Resumption(run.folder(), settings);
      TrainingData data = prepare(resumption.settings(), resumption.plan());
      return run(
          resumption.settings(), resumption.plan(), data, run.folder(), Optional.of(resumption));
    }
  }

  /** Checks all that can be checked before Spark starts, and reads the data. */
  private static TrainingData prepare(Settings settings, Plan plan) {
    settings.checkpointEvery();
    TrainingContext.check(master(settings), settings.aggregation(), plan, settings.partitions());
    TrainingData data = read(settings);
    plan.requireFits(data);
    return data;
  }

  private int run(
      Settings settings,
      Plan plan,
      TrainingData data,
      Location folder,
      Optional<Resumption> resumption) {
    Optional<TrainingState> resumed = resumption.map(Resumption::state);
    Aggregation aggregation = settings.aggregation();
    OptionalInt partitions = settings.partitions();
    String master = master(settings);
    PrintWriter out = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    FusedMultiplyAdd.warning().ifPresent(warning -> TrainingConsole.warn(out, warning));
    TrainingRun run;
    Trainer.Result result;
    Meanwhile<Optional<String>> curve;
    CheckpointWriter checkpoints =
        new CheckpointWriter(
            folder,
            plan,
            data,
            settings.checkpointEvery(),
            warning -> TrainingConsole.warn(out, warning));
    EarlyEnd early = new EarlyEnd(checkpoints, plan, folder, resumed);
    try (checkpoints;
        Interruption interruption = new Interruption(() -> say(early.stopped()))) {
      try (WarmUp warmUp = WarmUp.begin(plan, data, partitions);
          TrainingContext spark =
              TrainingContext.start(
                  master, settings.eventLog(), notice -> TrainingConsole.warn(out, notice))) {
        PartitionChoice choice = spark.choose(aggregation, plan, partitions, warmUp);
        TrainingData identified = spark.withSums(data);
        resumption.ifPresent(before -> before.requireSame(identified));
        checkpoints.identify(identified);
        run =
            new TrainingRun(
                plan,
                identified,
                master,
                aggregation,
                choice,
                spark.version(),
                spark.page(),
                folder,
                resumed
                    .map(state -> OptionalInt.of(state.epochsDone()))
                    .orElse(OptionalInt.empty()));
        TrainingState from = resumed.orElseGet(() -> TrainingState.initial(plan));
        result = train(run, from, spark, List.of(interruption, checkpoints), out);
        // While Spark stops and the network is tested and saved.
        curve = drawCurve(run, result);
      } catch (RuntimeException e) {
        interruption.leaveTheLastWord();
        if (!(e instanceof HandspunException)) {
          // A defect keeps its own words.
          early.wayOn().ifPresent(this::say);
        }
        throw early.failed(e);
      }
      try (curve) {
        return finish(run, result, curve, out);
      }
    }
  }

  private void say(String sentence) {
    spec.commandLine().getErr().println("handspun: " + sentence);
  }

  /**
   * The master of the command line; then spark-submit's, unless it is only its default; then that
   * of the configuration file.
   */
  private static String master(Settings settings) {
    String submitted = new SparkConf().get("spark.master", SPARK_DEFAULT_MASTER);
    return settings.saysMaster() || submitted.equals(SPARK_DEFAULT_MASTER)
        ? settings.master().orElse(submitted)
        : submitted;
  }

  private static TrainingData read(Settings settings) {
    return DatasetReader.open(settings.data(), settings.validation(), settings.saysValidation());
  }

  private static Location newFolder(Settings settings) {
    return settings
        .run()
        .map(Runs::newRunAt)
        .orElseGet(
            () ->
                Location.of(
                    Runs.newRun(Home.resolve("runs"), Clock.system(ZoneId.systemDefault()))));
  }

  private static Trainer.Result train(
      TrainingRun run,
      TrainingState from,
      TrainingContext spark,
      List<TrainingListener> first,
      PrintWriter out) {
    TrainingConsole console = new TrainingConsole(run, out);
    console.plan();
    if (run.resumedAfter().isPresent()) {
      PlanFile.resume(run.folder(), run.plan(), run.data(), from.epochsDone());
    } else {
      PlanFile.write(run.folder(), run.plan(), run.data());
    }
    // Ended with Spark, while the curve is drawn.
    SparkTraining training =
        spark.train(run.aggregation(), run.plan(), run.data(), run.partitions().partitions());
    List<TrainingListener> listeners = new ArrayList<>(first);
    try (EpochBar bar = new EpochBar(run.miniBatches().count(), training::progress);
        MetricsListener metrics =
            new MetricsListener(run.metrics(), from.epochs(), console::warn)) {
      if (Boolean.getBoolean("handspun.terminal")) {
        listeners.add(bar);
      }
      listeners.add(training.metrics());
      listeners.add(metrics);
      listeners.add(console);
      return new Trainer(run.plan(), run.data(), training, listeners).train(from);
    }
  }

  private static Meanwhile<Optional<String>> drawCurve(TrainingRun run, Trainer.Result result) {
    return Meanwhile.start("curve", () -> Curve.write(run.curve(), result.epochs()));
  }

  private int finish(
      TrainingRun run, Trainer.Result result, Meanwhile<Optional<String>> curve, PrintWriter out) {
    Evaluation test =
        Evaluation.of(
            result.network(),
            run.plan().get(Hyperparameters.COST),
            run.data().test(),
            Kernels.fastest());
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
      Location elsewhere =
          Location.of(
              Path.of(
                  System.getProperty("java.io.tmpdir"),
                  "handspun-" + run.folder().fileName() + "-" + Runs.MODEL));
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
