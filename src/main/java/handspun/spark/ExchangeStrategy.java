package handspun.spark;

import handspun.HandspunException;
import handspun.data.TrainingData;
import handspun.parallel.EpochPart;
import handspun.train.EpochStart;
import handspun.train.Plan;
import handspun.train.Progress;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * One Spark job for all epochs: tasks that exchange the parts of every mini-batch among themselves,
 * and meet the driver after every epoch.
 *
 * <p>When the job fails, because an executor was lost or anything else went wrong, another one runs
 * the epoch again from its start, on what is left: the result does not depend on the number of
 * partitions. Spark itself would only try the same again, and wait for slots without an end. When
 * it has replaced what was lost, the next epoch is shared as before.
 */
final class ExchangeStrategy extends SparkTraining {
  private final WireSettings settings;
  private final Slots slots;
  private final int requested;
  private Shards shards;
  private volatile TrainingJob job;
  private int jobs;

  ExchangeStrategy(TrainingContext spark, Plan plan, TrainingData data, int partitions) {
    super(spark, plan, data, partitions);
    settings = spark.settings();
    slots = spark.slots();
    requested = partitions;
    shards = shards(partitions);
  }

  @Override
  void begin() throws Exception {
    advise();
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

  /** Says before training what cannot pay. */
  private void advise() {
    int executors = Math.min(slots.executors(), requested);
    if (executors > 1) {
      new BreakEven(plan, executors).advice().ifPresent(spark::tell);
    }
  }

  @Override
  Outcome runEpoch(EpochStart start) throws Exception {
    int epoch = start.epoch();
    useNewSlots(epoch);
    for (int failures = 1; ; failures++) {
      try {
        if (job == null) {
          startJob();
        }
        return EpochPart.outcome(job.run(start));
      } catch (ExecutionException e) {
        recover("Epoch " + epoch, failures, e);
      } catch (HandspunException e) {
        abandonJob();
        throw e;
      }
    }
  }

  private void startJob() throws ExecutionException, InterruptedException {
    job = new TrainingJob(context, run + "/" + ++jobs, plan, shards, settings);
    job.awaitTasks(settings.slotsLimit());
  }

  private void abandonJob() {
    if (job != null) {
      job.abandon();
      job = null;
    }
  }

  /** After slots were lost, others may have come. */
  private void useNewSlots(int epoch) {
    if (job == null || shards.partitions() >= requested) {
      return;
    }
    int partitions = Math.min(requested, slots.count());
    if (partitions > shards.partitions()) {
      endJob();
      spark.tell("From epoch " + epoch + " on there are " + partitions + " partitions again.");
      share(partitions);
    }
  }

  private void share(int partitions) {
    shards = shards(partitions);
  }

  /** Makes ready for another job, or gives up. */
  private void recover(String what, int failures, ExecutionException failure) throws Exception {
    abandonJob();
    if (context.sc().isStopped()) {
      // As when the process ends: there is nothing left to run it on.
      throw new HandspunException(
          "%s failed because Spark was stopped: %s.".formatted(what, reason(failure)), failure);
    }
    if (failures >= settings.mostFailures()) {
      String times = failures == 1 ? "once" : failures + " times";
      throw new HandspunException(
          "%s failed %s, at last because %s: see Spark's log, or set %s to more than %d."
              .formatted(what, times, reason(failure), WireSettings.FAILURES, failures),
          failure);
    }
    slots.clear();
    int partitions = Math.min(requested, slots.await(requested));
    spark.tell(
        "%s is run again on %d %s: %s."
            .formatted(
                what, partitions, partitions == 1 ? "partition" : "partitions", reason(failure)));
    if (partitions != shards.partitions()) {
      share(partitions);
    }
  }

  /** As a part of a sentence. */
  private static String reason(ExecutionException failure) {
    return failure.getMessage().lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }

  @Override
  public Progress progress() {
    TrainingJob running = job;
    return running == null ? Progress.NONE : running.progress();
  }

  /** Whatever happens at its end, all epochs that were asked for are done. */
  private void endJob() {
    Optional<String> failure = job.end();
    job = null;
    failure.ifPresent(
        reason ->
            spark.tell(
                "Nothing of the training is lost, but Spark's job failed at its end: %s; Spark's log tells more."
                    .formatted(reason)));
  }

  @Override
  void end() {
    if (job != null) {
      endJob();
    }
  }
}
