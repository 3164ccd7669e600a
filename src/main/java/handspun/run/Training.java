package handspun.run;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.math.FusedMultiplyAdd;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.parallel.PartitionChoice;
import handspun.parallel.WarmUp;
import handspun.report.ConfusionChart;
import handspun.report.Curve;
import handspun.report.PlanFile;
import handspun.store.CheckpointWriter;
import handspun.store.KeptEpochs;
import handspun.store.KeptEpochsWriter;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.store.Runs;
import handspun.train.Acceptance;
import handspun.train.AcceptanceChoice;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Hyperparameters;
import handspun.train.ImagePreparation;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One training, from its plan to its files: the plan, checkpoints, the networks of its epochs and
 * {@code metrics.csv} on the way, in the end the tested network, the learning curve and the
 * confusion matrix.
 */
public final class Training implements Interruptible<Trained> {
  private final Plan plan;
  private final TrainingData data;
  private final RunFolder folder;
  private final Engine engine;
  private final Options options;
  private final TrainingObserver observer;
  private final KeptEpochsWriter keptEpochs;
  private final CheckpointWriter checkpoints;
  private final EarlyEnd early;

  /**
   * What the result does not depend on.
   *
   * @param partitions how many share a mini-batch; empty for the fastest number
   * @param checkpointEvery so many epochs, and at the end, a checkpoint is written; 0 for never
   * @param keepEpochs megabytes that the networks of the epochs may take, as {@link KeptEpochs}
   *     reads them; 0 to keep none
   */
  public record Options(OptionalInt partitions, int checkpointEvery, int keepEpochs) {
    /** Megabytes that the networks of the epochs may take. */
    public static final int KEEP_EPOCHS = 64;

    /** The fastest number of partitions, a checkpoint after every epoch, and its network kept. */
    public static final Options DEFAULT = new Options(OptionalInt.empty(), 1);

    /** With as much kept of the epochs as by default. */
    public Options(OptionalInt partitions, int checkpointEvery) {
      this(partitions, checkpointEvery, KEEP_EPOCHS);
    }
  }

  /**
   * @param data what is learned
   * @param folder where to; that of a run that goes on must have the same plan, but for its number
   *     of epochs
   * @throws UsageException if these do not go together
   */
  public Training(Plan plan, TrainingData data, RunFolder folder, Engine engine) {
    this(plan, data, folder, engine, Options.DEFAULT, TrainingObserver.NONE);
  }

  /**
   * @param data what is learned
   * @param folder where to; that of a run that goes on must have the same plan, but for its number
   *     of epochs
   * @throws UsageException if these do not go together
   */
  public Training(
      Plan plan,
      TrainingData data,
      RunFolder folder,
      Engine engine,
      Options options,
      TrainingObserver observer) {
    plan.requireFits(data);
    engine.check(plan, options.partitions());
    folder.resumption().ifPresent(before -> before.requireSame(plan));
    this.plan = plan;
    this.data = TaughtData.of(plan, data);
    this.folder = folder;
    this.engine = engine;
    this.options = options;
    this.observer = observer;
    Location place = folder.location();
    keptEpochs = new KeptEpochsWriter(place, plan, options.keepEpochs(), observer::warned);
    checkpoints =
        new CheckpointWriter(
            place, plan, this.data, options.checkpointEvery(), keptEpochs, observer::warned);
    early = new EarlyEnd(checkpoints, plan, folder.location(), folder.whole(), resumed());
  }

  private Optional<TrainingState> resumed() {
    return folder.resumption().map(Resumption::state);
  }

  @Override
  public Trained train(TrainingListener... first) {
    FusedMultiplyAdd.warning().ifPresent(observer::warned);
    try (checkpoints) {
      TrainingRun run;
      Trainer.Result result;
      Meanwhile<Optional<String>> curve;
      Optional<WarmUp> warmUp =
          engine.computesHere()
              ? Optional.of(WarmUp.begin(plan, data, options.partitions()))
              : Optional.empty();
      try (Engine.Session session = engine.start(observer::warned)) {
        run = begin(session, warmUp);
        result = compute(run, session, List.of(first));
        // While Spark stops and the network is tested and saved.
        curve = drawCurve(run, result);
      } catch (RuntimeException e) {
        throw early.failed(e);
      } finally {
        warmUp.ifPresent(WarmUp::end);
      }
      try (curve) {
        Trained trained =
            new Trained(run, result, test(run, result), acceptance(run, result.network()));
        save(trained);
        Optional<String> confusion = ConfusionChart.write(run.confusion(), trained.test());
        curve.result().ifPresent(observer::warned);
        confusion.ifPresent(observer::warned);
        return trained;
      }
    }
  }

  private TrainingRun begin(Engine.Session session, Optional<WarmUp> warmUp) {
    PartitionChoice choice = session.choose(plan, options.partitions(), warmUp);
    TrainingData identified = session.withSums(data);
    folder.resumption().ifPresent(before -> before.requireSame(identified));
    checkpoints.identify(identified);
    OptionalInt resumedAfter =
        resumed().map(state -> OptionalInt.of(state.epochsDone())).orElseGet(OptionalInt::empty);
    return new TrainingRun(
        plan, identified, session.description(), choice, folder.location(), resumedAfter);
  }

  private Trainer.Result compute(
      TrainingRun run, Engine.Session session, List<TrainingListener> first) {
    TrainingState from = resumed().orElseGet(() -> TrainingState.initial(plan));
    Engine.Computation computation = session.begin(plan, run.data(), run.partitions());
    List<TrainingListener> listeners = new ArrayList<>(first);
    listeners.addAll(observer.began(run, computation.progress()));
    if (run.resumedAfter().isPresent()) {
      PlanFile.resume(run.folder(), plan, run.data(), from.epochsDone());
    } else {
      PlanFile.write(run.folder(), plan, run.data());
    }
    listeners.add(keptEpochs);
    listeners.add(checkpoints);
    listeners.addAll(computation.listeners());
    listeners.add(new MetricsListener(run.metrics(), from.epochs(), observer::warned));
    return new Trainer(plan, run.data(), computation.runner(), listeners).train(from);
  }

  private static Meanwhile<Optional<String>> drawCurve(TrainingRun run, Trainer.Result result) {
    return Meanwhile.start("curve", () -> Curve.write(run.curve(), result.epochs()));
  }

  private static Evaluation test(TrainingRun run, Trainer.Result result) {
    return Evaluation.of(
        result.network(),
        run.plan().get(Hyperparameters.COST),
        ImagePreparation.of(run.plan()).read(run.data().test()),
        Kernels.fastest());
  }

  /** What was trained is not lost if validation images cannot be read once more. */
  private Optional<Acceptance> acceptance(TrainingRun run, Network network) {
    try {
      return AcceptanceChoice.by(run.plan(), network, run.data().validation(), Kernels.fastest());
    } catch (HandspunException e) {
      observer.warned(
          "%s So no threshold was chosen, and the model takes everything for a digit."
              .formatted(e.getMessage()));
      return Optional.empty();
    }
  }

  /** Saves the model in the run's folder; what was trained is not lost if that is full. */
  private static void save(Trained trained) {
    TrainingRun run = trained.run();
    Model model =
        new Model(
            trained.network(), Optional.of(run.plan()), provenance(trained), trained.acceptance());
    try {
      ModelFile.write(run.model(), model);
    } catch (HandspunException e) {
      Location elsewhere =
          Location.of(
              Path.of(
                  System.getProperty("java.io.tmpdir"),
                  "handspun-%s-%s".formatted(run.folder().fileName(), Runs.MODEL)));
      ModelFile.write(elsewhere, model);
      throw new HandspunException(
          "%s The trained model was saved as %s instead.".formatted(e.getMessage(), elsewhere), e);
    }
  }

  private static Provenance provenance(Trained trained) {
    Map<String, String> versions = Versions.all();
    versions.putAll(trained.run().engine().versions());
    Trainer.Result result = trained.result();
    return new Provenance(
        trained.run().data().location(),
        trained.run().data().sha256(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        versions,
        result.goodEpochs(),
        result.lastGoodEpoch().map(EpochSummary::validationAccuracy).orElse(Double.NaN),
        trained.test().accuracy());
  }

  @Override
  public String stopped() {
    return early.stopped();
  }

  @Override
  public Optional<String> wayOn() {
    return early.wayOn();
  }
}
