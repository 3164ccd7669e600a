package handspun.spark;

import handspun.HandspunException;
import handspun.data.TrainingData;
import handspun.parallel.EpochPart;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochStart;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;

/**
 * A Spark job for many epochs: tasks that exchange the parts of every mini-batch among themselves,
 * and meet the driver after every epoch.
 *
 * <p>When the job fails, because an executor was lost or anything else went wrong, another one runs
 * the epoch again from its start, on what is left: the result does not depend on the number of
 * partitions. Spark itself would only try the same again, and wait for slots without an end. Before
 * an epoch executors that are about to go are left, and others that have come are taken in, again
 * by another job.
 */
final class ExchangeStrategy extends SparkTraining {
  /**
   * A job that has gone on for so long, and for so many times what it took to start, makes room for
   * another, so that Spark's page shows how far training is. That costs half a percent.
   */
  private static final double GROUP_SECONDS = 10;

  private static final double GROUP_STARTS = 200;

  /**
   * After a loss it takes Spark a moment to know that there is nobody who could forget anything.
   */
  private static final double SETTLED_SECONDS = 10;

  /** After the last epoch, nobody waits longer for an executor that has become silent. */
  private static final Duration SILENCE_AT_END = Duration.ofSeconds(10);

  private final WireSettings settings;
  private final Slots slots;
  private final Growth growth;
  private final Newcomers newcomers;
  private final KernelsNotice kernels;
  private Shards shards;
  private volatile TrainingJob job;
  private volatile List<PartitionWork> workBefore = List.of();
  private int jobs;
  private long jobBegan;
  private double secondsToStart;
  private boolean isAdvised;

  ExchangeStrategy(TrainingContext spark, Plan plan, TrainingData data, PartitionChoice choice) {
    super(spark, plan, data);
    settings = spark.settings();
    slots = spark.slots();
    growth = Growth.of(choice);
    newcomers = new Newcomers(context, run, plan, data.training());
    kernels = new KernelsNotice(spark::tell);
    shards = shards(choice.partitions());
  }

  @Override
  void begin() throws Exception {
    for (int failures = 1; job == null; failures++) {
      try {
        startJob("");
      } catch (ExecutionException e) {
        recover("Training", failures, e);
      } catch (HandspunException e) {
        dropJob();
        throw e;
      }
    }
  }

  /** Says before training on several executors what cannot pay. */
  private void advise() {
    int executors = Math.min(slots.executors(), shards.partitions());
    if (executors > 1 && !isAdvised) {
      isAdvised = true;
      new BreakEven(plan, executors).advice().ifPresent(spark::tell);
    }
  }

  @Override
  Outcome runEpoch(EpochStart start) throws Exception {
    int epoch = start.epoch();
    if (job != null) {
      leaveAndTakeIn(epoch);
    }
    for (int failures = 1; ; failures++) {
      try {
        if (job == null) {
          startJob(", from epoch %d on".formatted(epoch));
        }
        long began = System.nanoTime();
        List<EpochPart> parts = job.run(start);
        growth.took(secondsSince(began));
        return EpochPart.outcome(parts);
      } catch (ExecutionException e) {
        recover("Epoch " + epoch, failures, e);
      } catch (HandspunException e) {
        dropJob();
        throw e;
      }
    }
  }

  private void startJob(String from) throws ExecutionException, InterruptedException {
    advise();
    long began = System.nanoTime();
    String name = run + "/" + ++jobs;
    job =
        new TrainingJob(
            context,
            name,
            "Training %s for %d epochs%s".formatted(plan.topology(), plan.epochs(), from),
            new ExchangeTask(name, plan, shards, settings),
            slots);
    job.awaitTasks(settings.slotsLimit());
    jobBegan = System.nanoTime();
    secondsToStart = (jobBegan - began) / 1e9;
    kernels.tell(job.arrivals());
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  /** Before an epoch, when nothing can be lost. */
  private void leaveAndTakeIn(int epoch) throws InterruptedException {
    if (secondsSince(jobBegan) > SETTLED_SECONDS) {
      forgetOldShards();
    }
    Set<String> going = new TreeSet<>(job.executors());
    going.removeIf(slots::has);
    Optional<Growth.Change> change = going.isEmpty() ? grow(epoch) : Optional.empty();
    if (going.isEmpty() && change.isEmpty() && !isGroupOver()) {
      return;
    }
    Optional<String> failure = finish(settings.timeout());
    if (!going.isEmpty()) {
      goOn(epoch, fate(going, failure), failure.isPresent());
    } else if (failure.isPresent()) {
      goOn(epoch, "Spark's job failed at its end (%s)".formatted(failure.get()), true);
    } else if (change.isPresent()) {
      spark.tell(change.get().notice());
      share(change.get().partitions());
    }
  }

  private Optional<Growth.Change> grow(int epoch) {
    return growth.next(
        epoch,
        shards.partitions(),
        slots.count(),
        possible -> newcomers.areWarm(shards.partitions(), possible),
        System.nanoTime());
  }

  private boolean isGroupOver() {
    return secondsSince(jobBegan) > Math.max(GROUP_SECONDS, GROUP_STARTS * secondsToStart);
  }

  private static String fate(Set<String> going, Optional<String> failure) {
    boolean isOne = going.size() == 1;
    String fate =
        failure.isPresent()
            ? (isOne ? "was lost" : "were lost")
            : (isOne ? "is" : "are") + " about to be decommissioned";
    return "%s %s %s"
        .formatted(isOne ? "Executor" : "Executors", String.join(" and ", going), fate);
  }

  /** Shares the data out among what is left. */
  private void goOn(int epoch, String why, boolean isFailure) {
    int partitions = Math.min(growth.most(), slots.awaitAny());
    spark.tell(
        "%s: from epoch %d on there %s."
            .formatted(
                why,
                epoch,
                partitions == 1 ? "is 1 partition" : "are " + partitions + " partitions"));
    growth.changed();
    if (isFailure) {
      shareAnew(partitions);
    } else {
      share(partitions);
    }
  }

  /** For the next job, which needs all slots. */
  private void share(int partitions) {
    newcomers.end();
    if (partitions != shards.partitions()) {
      shards = shards(partitions);
    }
  }

  /** Executors fetch from each other what one of them has, and would ask one that is frozen. */
  private void shareAnew(int partitions) {
    newcomers.end();
    shards = shards(partitions);
  }

  private void dropJob() {
    if (job != null) {
      job.drop();
      job = null;
    }
  }

  /** Makes ready for another job, or gives up. */
  private void recover(String what, int failures, ExecutionException failure) throws Exception {
    if (context.sc().isStopped()) {
      dropJob();
      // As when the process ends: there is nothing left to run it on.
      throw new HandspunException(
          "%s failed because Spark was stopped: %s.".formatted(what, reason(failure)), failure);
    }
    if (failures >= settings.mostFailures()) {
      dropJob();
      String times = failures == 1 ? "once" : failures + " times";
      throw new HandspunException(
          "%s failed %s, at last because %s: see Spark's log, or set %s to more than %d."
              .formatted(what, times, reason(failure), WireSettings.FAILURES, failures),
          failure);
    }
    workBefore = progress().work();
    job.abandon();
    job = null;
    int partitions = Math.min(growth.most(), slots.awaitAny());
    spark.tell(
        "%s is run again on %d %s: %s."
            .formatted(
                what, partitions, partitions == 1 ? "partition" : "partitions", reason(failure)));
    growth.changed();
    shareAnew(partitions);
  }

  /** As a part of a sentence. */
  private static String reason(ExecutionException failure) {
    return failure.getMessage().lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }

  @Override
  public Progress progress() {
    TrainingJob running = job;
    if (running == null) {
      return new Progress(0, Optional.empty(), workBefore);
    }
    Progress now = running.progress();
    return new Progress(
        now.miniBatchesDone(), now.slowest(), PartitionWork.sum(workBefore, now.work()));
  }

  private Optional<String> finish(Duration silence) {
    workBefore = progress().work();
    Optional<String> failure = job.end(silence);
    job = null;
    return failure;
  }

  @Override
  void end() {
    newcomers.end();
    if (job != null) {
      finish(SILENCE_AT_END)
          .ifPresent(
              reason ->
                  spark.tell(
                      "Nothing of the training is lost, but Spark's job failed at its end: %s; Spark's log tells more."
                          .formatted(reason)));
    }
  }

  @Override
  void forget() {
    newcomers.forget();
  }
}
