package handspun.spark;

import handspun.data.TrainingData;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Cost;
import handspun.parallel.PartitionChoice;
import handspun.parallel.Partitioning;
import handspun.parallel.Placement;
import handspun.parallel.Summation;
import handspun.parallel.Team;
import handspun.train.EpochStart;
import handspun.train.MiniBatches;
import handspun.train.ModelState;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.Progress;
import handspun.wire.Frame;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One Spark job a mini-batch (or a round of them, where lanes make steps of their own), the
 * textbook form: the parameters are sent to all, the parts are collected in partition order, and
 * the driver makes the update. For large mini-batches, for clusters whose executors may not talk to
 * each other, and as the form that the other must equal.
 */
final class JobsStrategy extends SparkTraining {
  private final Growth growth;
  private Sharing sharing;

  /**
   * What was sent last, until something else is: Spark may stop after a job, or begin to. And
   * before it what executors were told to forget: were that garbage at once, Spark's cleaner might
   * tell them a second time, while they do.
   */
  private final Deque<JobInput> sent = new ArrayDeque<>();

  private volatile Progress progress = Progress.NONE;

  /**
   * How the examples are shared out, and what sums the parts up.
   *
   * @param team the driver's, who has no partition, but takes in the parts of all
   */
  private record Sharing(Blocks blocks, Partitioning partitioning, Team team, Summation summation) {

    int partitions() {
      return partitioning.partitions();
    }

    /** Of the largest partition's part. */
    int mostBytes() {
      return IntStream.range(0, partitions())
          .map(p -> summation.contribution().mostBytes(p, p + 1))
          .max()
          .orElseThrow();
    }
  }

  JobsStrategy(TrainingContext spark, Plan plan, TrainingData data, PartitionChoice choice) {
    super(spark, plan, data);
    growth = Growth.of(choice);
    sharing = share(choice.partitions());
  }

  private Sharing share(int partitions) {
    Shards shards = shards(partitions);
    Partitioning partitioning = shards.partitioning(plan);
    Team team = new Team(plan, partitioning, Placement.apart(partitions, partitions));
    return new Sharing(
        Blocks.of(context, shards),
        partitioning,
        team,
        team.summation(partitions, Kernels.fastest(), () -> {}));
  }

  @Override
  void begin() {
    MiniBatchPart.requireRoom(context.getConf(), sharing.mostBytes());
    read();
  }

  private void read() {
    context.setJobGroup(run, "Reading the examples", true);
    sharing.blocks.read();
  }

  /** Executors that have come get partitions; without the tasks of those that go Spark goes on. */
  private void takeIn(int epoch) {
    growth
        .next(epoch, sharing.partitions(), spark.slots().count(), slots -> true, System.nanoTime())
        .ifPresent(
            change -> {
              spark.tell(change.notice());
              sharing.blocks.forget();
              sharing = share(change.partitions());
              read();
              forgetOldShards();
            });
  }

  @Override
  Outcome runEpoch(EpochStart start) {
    int epoch = start.epoch();
    takeIn(epoch);
    Partitioning partitioning = sharing.partitioning;
    Summation summation = sharing.summation;
    Team team = sharing.team;
    long begin = System.nanoTime();
    String title = "Epoch " + epoch + " of " + plan.epochs();
    context.setJobGroup(run, title, true);
    // The stages' name on Spark's page.
    context.setCallSite("Training " + plan.topology());
    MiniBatches miniBatches = partitioning.miniBatches();
    int[] order = miniBatches.order(plan.seed(), epoch);
    team.begin(order, 0, start);
    ModelState state = start.model();
    long cost = 0;
    List<Integer> examplesSeen = new ArrayList<>(Collections.nCopies(partitioning.partitions(), 0));
    long[] computeNanos = new long[partitioning.partitions()];
    List<PartitionWork> workBefore = progress.work();
    progress = new Progress(0, Optional.empty(), workBefore);
    int next;
    for (int t = 0; t < miniBatches.count(); t = next) {
      next = (int) Math.min((long) t + plan.localSteps(), miniBatches.count());
      int first = miniBatches.start(t);
      int end = miniBatches.start(next);
      RoundStart round =
          RoundStart.of(plan, start.from(state), t, Arrays.copyOfRange(order, first, end));
      context.sc().setJobDescription(title + ", " + name(t, next, miniBatches.count()));
      List<MiniBatchPart> parts =
          collect(
              round,
              sent ->
                  new MiniBatchTask(plan, miniBatches.examples(), partitioning.partitions(), sent));
      summation.compute(first, end);
      for (int p = 0; p < parts.size(); p++) {
        MiniBatchPart part = parts.get(p);
        cost += part.cost();
        computeNanos[p] += part.nanos();
        examplesSeen.set(p, examplesSeen.get(p) + part.examples());
        summation.contribution().read(p, p + 1, Frame.of(part.contribution()));
      }
      team.apply(summation, first, Share.WHOLE);
      state = team.state();
      List<PartitionWork> work = work(computeNanos, System.nanoTime() - begin);
      progress = new Progress(next, Optional.empty(), PartitionWork.sum(workBefore, work));
    }
    context.sc().setJobDescription(title + ", validation");
    int correct = 0;
    List<ValidationTask.Part> parts =
        collect(plan.parameters(state), sent -> new ValidationTask(plan, sent));
    for (int p = 0; p < parts.size(); p++) {
      correct += parts.get(p).correct();
      computeNanos[p] += parts.get(p).nanos();
    }
    List<PartitionWork> work = work(computeNanos, System.nanoTime() - begin);
    progress =
        new Progress(miniBatches.count(), Optional.empty(), PartitionWork.sum(workBefore, work));
    growth.took((System.nanoTime() - begin) / 1e9);
    return new Outcome(
        state, cost * Cost.UNIT / miniBatches.examples(), correct, examplesSeen, work);
  }

  /**
   * Runs a job, with a task for each block.
   *
   * @param content for all tasks, forgotten when the next job has begun. As bytes, since Spark's
   *     Kryo writes floats one by one
   * @param task with it
   */
  private <T> List<T> collect(
      Serializable content,
      Function<JobInput, org.apache.spark.api.java.function.Function<Block, T>> task) {
    JobInput input = JobInput.of(context, Serialization.serialize(content));
    forgetLast();
    sent.addLast(input);
    if (sent.size() > 2) {
      sent.removeFirst();
    }
    return sharing.blocks.rdd().map(task.apply(input)).collect();
  }

  private void forgetLast() {
    if (!sent.isEmpty()) {
      sent.getLast().forget();
    }
  }

  private static String name(int from, int to, int count) {
    return to == from + 1
        ? String.format(Locale.ROOT, "mini-batch %,d of %,d", to, count)
        : String.format(Locale.ROOT, "mini-batches %,d to %,d of %,d", from + 1, to, count);
  }

  /** A partition that does not compute waits: for others, for the driver, or for Spark. */
  private static List<PartitionWork> work(long[] computeNanos, long nanos) {
    return Arrays.stream(computeNanos)
        .mapToObj(computed -> new PartitionWork(computed, Math.max(0, nanos - computed), 0))
        .toList();
  }

  @Override
  public Progress progress() {
    return progress;
  }

  /** Its jobs are over. */
  @Override
  void end() {}

  @Override
  void forget() {
    forgetLast();
    sharing.blocks.forget();
  }
}
