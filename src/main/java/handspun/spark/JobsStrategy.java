package handspun.spark;

import handspun.data.TrainingData;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Cost;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One Spark job a mini-batch (or a round of them, where lanes make steps of their own), the
 * textbook form: the parameters travel with the job, the parts are collected in partition order,
 * and the driver makes the update. For large mini-batches, for clusters whose executors may not
 * talk to each other, and as the form that the other must equal.
 */
final class JobsStrategy extends SparkTraining {
  private final Blocks blocks;
  private final Partitioning partitioning;

  /** The driver's, who has no partition, but takes in the parts of all. */
  private final Team team;

  private final Summation summation;
  private volatile Progress progress = Progress.NONE;

  JobsStrategy(TrainingContext spark, Plan plan, TrainingData data, int partitionCount) {
    super(spark, plan, data, partitionCount);
    Shards shards = shards(partitionCount);
    blocks = Blocks.of(context, shards);
    partitioning = shards.partitioning(plan);
    team = new Team(plan, partitioning, Placement.apart(partitionCount, partitionCount));
    summation = team.summation(partitionCount, Kernels.fastest(), () -> {});
  }

  @Override
  void begin() {
    context.setJobGroup(run, "Reading the examples", true);
    blocks.read();
  }

  @Override
  Outcome runEpoch(EpochStart start) {
    int epoch = start.epoch();
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
      MiniBatchTask task =
          new MiniBatchTask(
              plan,
              miniBatches.examples(),
              partitioning.partitions(),
              Arrays.copyOfRange(order, first, end),
              t,
              start.from(state));
      context.sc().setJobDescription(title + ", " + name(t, next));
      List<MiniBatchPart> parts = blocks.rdd().map(task).collect();
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
        blocks.rdd().map(new ValidationTask(plan, plan.parameters(state))).collect();
    for (int p = 0; p < parts.size(); p++) {
      correct += parts.get(p).correct();
      computeNanos[p] += parts.get(p).nanos();
    }
    List<PartitionWork> work = work(computeNanos, System.nanoTime() - begin);
    progress =
        new Progress(miniBatches.count(), Optional.empty(), PartitionWork.sum(workBefore, work));
    return new Outcome(
        state, cost * Cost.UNIT / miniBatches.examples(), correct, examplesSeen, work);
  }

  private String name(int from, int to) {
    int count = partitioning.miniBatches().count();
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

  @Override
  public void close() {
    // Its jobs are over.
  }
}
