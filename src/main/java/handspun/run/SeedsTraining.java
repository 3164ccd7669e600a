package handspun.run;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.report.PlanFile;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Runs;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Trainings of one plan with several seeds, one after the other, each with a folder of its own.
 * What one network reads is partly luck; mean and spread over seeds tell how good the plan is.
 */
public final class SeedsTraining implements Interruptible<SeedsResult> {
  private final Plan plan;
  private final int seeds;
  private final TrainingData data;
  private final SeedsFolder folder;
  private final Engine engine;
  private final Training.Options options;
  private final SeedsObserver observer;

  /** In order. */
  private volatile List<SeedFigures> done;

  /** The training that is under way. */
  private volatile Optional<Training> current = Optional.empty();

  /**
   * @param plan with the first seed; the others have the next ones
   * @param seeds how many, at least 1
   * @param folder where to; one that is opened again must be of the same plan, seeds and data
   * @throws UsageException if these do not go together, or all is done
   */
  public SeedsTraining(
      Plan plan,
      int seeds,
      TrainingData data,
      SeedsFolder folder,
      Engine engine,
      Training.Options options,
      SeedsObserver observer) {
    plan.requireFits(data);
    engine.check(plan, options.partitions());
    this.plan = plan;
    this.seeds = seeds;
    this.data = TaughtData.of(plan, data);
    this.folder = folder;
    this.engine = engine;
    this.options = options;
    this.observer = observer;
    done = folder.done();
    if (done.size() >= seeds) {
      throw new UsageException(
          "The run %s has trained all of its %d seeds; their figures are in %s."
              .formatted(folder.location(), done.size(), folder.table()));
    }
  }

  /**
   * @throws HandspunException also if the network of a seed has stopped learning: a mean over those
   *     that went well would be no mean over seeds
   */
  @Override
  public SeedsResult train(TrainingListener... first) {
    try (SharedEngine shared = new SharedEngine(engine)) {
      TrainingData identified = data;
      if (!done.isEmpty()) {
        identified = shared.start(observer::warned).withSums(data);
        requireSame(identified);
      }
      observer.began(folder, seeds, done.size());
      PlanFile.write(folder.location(), plan, seeds, identified);
      SeedsTable.write(folder.table(), done);
      while (done.size() < seeds) {
        train(plan.with(Hyperparameters.SEED, seed(done.size())), identified, shared, first);
      }
    }
    return new SeedsResult(plan, folder.location(), done);
  }

  private long seed(int number) {
    return plan.seed() + number;
  }

  private void train(
      Plan seeded, TrainingData identified, Engine shared, TrainingListener... first) {
    try (RunFolder part = folder.open(seeded.seed())) {
      Training training = new Training(seeded, identified, part, shared, options, observer);
      current = Optional.of(training);
      Trained trained = training.train(first);
      trained
          .failure()
          .ifPresent(
              failure -> {
                throw new HandspunException("With seed %d: %s".formatted(seeded.seed(), failure));
              });
      SeedFigures figures = SeedFigures.of(trained);
      List<SeedFigures> all = new ArrayList<>(done);
      all.add(figures);
      SeedsTable.write(folder.table(), all);
      done = List.copyOf(all);
      current = Optional.empty();
      observer.ended(figures);
    }
  }

  /** What is done must be of the same plan and data, or a mean would be of different things. */
  private void requireSame(TrainingData identified) {
    for (int s = 0; s < done.size(); s++) {
      Location file = folder.of(seed(s)).resolve(Runs.MODEL);
      Model model = ModelFile.read(file);
      Plan seeded = plan.with(Hyperparameters.SEED, seed(s));
      if (done.get(s).seed() != seed(s) || !model.plan().equals(Optional.of(seeded))) {
        throw new UsageException(
            "The run %s has trained seed %d with the plan \"%s\", but the plan is \"%s\" now: train anew in another folder."
                .formatted(
                    folder.location(),
                    done.get(s).seed(),
                    model.plan().map(Plan::words).orElse("unknown"),
                    seeded.words()));
      }
      if (!model.provenance().dataSha256().equals(identified.sha256())) {
        throw new UsageException(
            "The data in %s are not those that %s has learned from (%s): name the same data with --data."
                .formatted(identified.location(), file, model.provenance().data()));
      }
    }
  }

  @Override
  public String stopped() {
    return wayOn()
        .map(way -> "Stopped: " + way)
        .or(() -> current.map(Training::stopped))
        .orElse("Stopped before training began.");
  }

  @Override
  public Optional<String> wayOn() {
    String known = "%d of %d seeds are done; ".formatted(done.size(), seeds);
    return current
        .flatMap(Training::wayOn)
        .map(way -> known + "of the next one, " + way)
        .or(
            () ->
                done.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                        known
                            + "go on with: bin/handspun train --resume %s"
                                .formatted(folder.location())));
  }
}
