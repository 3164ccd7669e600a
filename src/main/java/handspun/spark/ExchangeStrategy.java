package handspun.spark;

import handspun.HandspunException;
import handspun.data.TrainingData;
import handspun.network.QuadraticCost;
import handspun.train.Plan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One Spark job for all epochs: tasks that exchange the parts of every mini-batch among themselves,
 * and meet the driver after every epoch.
 *
 * <p>When the job fails, because an executor was lost or anything else went wrong, another one runs
 * the epoch again from its start, on what is left: the result does not depend on the number of
 * partitions. Spark itself would only try the same again, and wait for slots without an end. When
 * it has replaced what was lost, the next epoch is shared as before.
 */
final class ExchangeStrategy extends SparkStrategy {
  private final WireSettings settings;
  private final Slots slots;
  private final Consumer<String> notices;
  private final int wished;
  private Deal deal;
  private volatile TrainingJob job;
  private int jobs;

  /**
   * @param context Spark
   * @param plan hyperparameters
   * @param data what is to be learned
   * @param partitions how many to share the work between
   * @param settings how executors talk to each other
   * @param slots where tasks can run; null with a local master, which never loses one
   * @param notices what a waiting person is told
   */
  ExchangeStrategy(
      JavaSparkContext context,
      Plan plan,
      TrainingData data,
      int partitions,
      WireSettings settings,
      Slots slots,
      Consumer<String> notices) {
    super(context, plan, data);
    this.settings = settings;
    this.slots = slots;
    this.notices = notices;
    wished = partitions;
    deal = deal(partitions);
  }

  @Override
  void begin() throws Exception {
    for (int failures = 1; job == null; failures++) {
      try {
        startJob();
      } catch (ExecutionException e) {
        recover("Training", failures, e);
      } catch (HandspunException e) {
        abandonJob();
        throw e;
      }
    }
  }

  @Override
  Outcome runEpoch(int epoch, float[] start) throws Exception {
    takeInWhoHasCome(epoch);
    for (int failures = 1; ; failures++) {
      try {
        if (job == null) {
          startJob();
        }
        return outcome(job.run(epoch, start));
      } catch (ExecutionException e) {
        recover("Epoch " + epoch, failures, e);
      } catch (HandspunException e) {
        abandonJob();
        throw e;
      }
    }
  }

  private void startJob() throws ExecutionException, InterruptedException {
    job = new TrainingJob(context, run + "/" + ++jobs, plan, deal, settings);
    job.awaitTasks(settings.slotsLimit());
  }

  private void abandonJob() {
    if (job != null) {
      job.abandon();
      job = null;
    }
  }

  private void takeInWhoHasCome(int epoch) {
    if (slots == null || job == null || deal.partitions() >= wished) {
      return;
    }
    int partitions = Math.min(wished, slots.count());
    if (partitions > deal.partitions()) {
      endJob();
      notices.accept("From epoch " + epoch + " on there are " + partitions + " partitions again.");
      share(partitions);
    }
  }

  private void share(int partitions) {
    deal.discard();
    deal = deal(partitions);
  }

  /** Makes ready for another job, or gives up. */
  private void recover(String what, int failures, ExecutionException failure) throws Exception {
    abandonJob();
    if (failures >= settings.mostFailures()) {
      String times = failures == 1 ? "once" : failures + " times";
      throw new HandspunException(
          what
              + " failed "
              + times
              + ", at last because "
              + reason(failure)
              + ": see Spark's log, or set "
              + WireSettings.FAILURES
              + " to more than "
              + failures
              + ".",
          failure);
    }
    int partitions = deal.partitions();
    if (slots != null) {
      slots.clear();
      partitions = Math.min(wished, slots.await(wished));
    }
    notices.accept(
        what
            + " is run again on "
            + partitions
            + (partitions == 1 ? " partition: " : " partitions: ")
            + reason(failure)
            + ".");
    if (partitions != deal.partitions()) {
      share(partitions);
    }
  }

  /** As a part of a sentence. */
  private static String reason(ExecutionException failure) {
    return failure.getMessage().lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }

  private Outcome outcome(List<EpochPart> parts) {
    long cost = 0;
    int correct = 0;
    for (EpochPart part : parts) {
      cost += part.cost();
      correct += part.validationCorrect();
    }
    return new Outcome(
        parts.get(0).parameters(),
        cost * QuadraticCost.UNIT / deal.partitioning(plan).miniBatches().examples(),
        correct,
        parts.stream().map(EpochPart::examples).toList(),
        parts.stream().map(EpochPart::work).toList());
  }

  @Override
  Progress progress() {
    TrainingJob running = job;
    return running == null ? Progress.NONE : running.progress();
  }

  /** Whatever happens at its end, all epochs that were asked for are done. */
  private void endJob() {
    Optional<String> failure = job.end();
    job = null;
    failure.ifPresent(
        reason ->
            notices.accept(
                "Nothing of the training is lost, but Spark's job failed at its end: "
                    + reason
                    + "; Spark's log tells more."));
  }

  @Override
  public void close() {
    if (job != null) {
      endJob();
    }
  }
}
