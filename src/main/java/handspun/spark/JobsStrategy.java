package handspun.spark;

import handspun.data.TrainingData;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.network.Layout;
import handspun.network.QuadraticCost;
import handspun.train.GradientWorker;
import handspun.train.LaneGradients;
import handspun.train.LaneTree;
import handspun.train.LaneTree.Merge;
import handspun.train.LaneTree.Node;
import handspun.train.MiniBatches;
import handspun.train.PartitionWork;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One Spark job a mini-batch (or a round of them, where lanes make steps of their own), the
 * textbook form: the parameters travel with the job, the parts are collected in partition order,
 * and the driver makes the update. For large mini-batches, for clusters whose executors may not
 * talk to each other, and as the form that the other must equal.
 */
final class JobsStrategy extends SparkStrategy {
  private final Blocks blocks;
  private final Partitioning partitioning;
  private final Layout layout;
  private final GradientWorker driver;

  /** Of a whole mini-batch; only with one lane. */
  private final Factors factors;

  private final List<Merge> merges;
  private volatile Progress progress = Progress.NONE;

  JobsStrategy(JavaSparkContext context, Plan plan, TrainingData data, int partitionCount) {
    super(context, plan, data);
    Deal deal = deal(partitionCount);
    blocks = Blocks.of(context, deal);
    partitioning = deal.partitioning(plan);
    layout = new Layout(plan.topology());
    driver = new GradientWorker(plan, layout, Kernels.fastest(), plan.miniBatch());
    factors = plan.lanes() == 1 ? new Factors(layout, plan.miniBatch()) : null;
    List<Node> roots = new ArrayList<>();
    for (int p = 0; p < partitionCount; p++) {
      roots.addAll(LaneGradients.roots(partitioning, p));
    }
    merges = plan.lanes() == 1 ? List.of() : new LaneTree(plan.lanes()).merges(roots);
  }

  @Override
  void begin() {
    context.setJobGroup(run, "Reading the examples", true);
    blocks.read();
  }

  @Override
  Outcome runEpoch(int epoch, float[] start) {
    long begin = System.nanoTime();
    String title = "Epoch " + epoch + " of " + plan.epochs();
    context.setJobGroup(run, title, true);
    // The stages' name on Spark's page.
    context.setCallSite("Training " + plan.topology());
    MiniBatches miniBatches = partitioning.miniBatches();
    int[] order = miniBatches.order(plan.seed(), epoch);
    float[] w = layout.toWorking(start);
    float[] parameters = start;
    long cost = 0;
    List<Integer> examplesSeen = new ArrayList<>(Collections.nCopies(partitioning.partitions(), 0));
    long[] computeNanos = new long[partitioning.partitions()];
    List<PartitionWork> before = progress.work();
    progress = new Progress(0, Optional.empty(), before);
    int next;
    for (int t = 0; t < miniBatches.count(); t = next) {
      next = (int) Math.min((long) t + plan.localSteps(), miniBatches.count());
      int[] examples = Arrays.copyOfRange(order, miniBatches.start(t), miniBatches.start(next));
      MiniBatchTask task = new MiniBatchTask(plan, partitioning, examples, parameters);
      context.sc().setJobDescription(title + ", " + name(t, next));
      List<MiniBatchPart> parts = blocks.rdd().map(task).collect();
      for (int p = 0; p < parts.size(); p++) {
        cost += parts.get(p).cost();
        computeNanos[p] += parts.get(p).nanos();
        examplesSeen.set(p, examplesSeen.get(p) + parts.get(p).examples());
      }
      if (plan.lanes() == 1) {
        addFactors(parts, examples, w);
      } else {
        addSums(parts, w);
      }
      layout.refreshTransposed(w, Share.WHOLE);
      parameters = layout.toParameters(w);
      List<PartitionWork> work = work(computeNanos, System.nanoTime() - begin);
      progress = new Progress(next, Optional.empty(), PartitionWork.sum(before, work));
    }
    context.sc().setJobDescription(title + ", validation");
    int correct = 0;
    List<ValidationTask.Part> parts =
        blocks.rdd().map(new ValidationTask(plan.topology(), parameters)).collect();
    for (int p = 0; p < parts.size(); p++) {
      correct += parts.get(p).correct();
      computeNanos[p] += parts.get(p).nanos();
    }
    List<PartitionWork> work = work(computeNanos, System.nanoTime() - begin);
    progress = new Progress(miniBatches.count(), Optional.empty(), PartitionWork.sum(before, work));
    return new Outcome(
        parameters,
        cost * QuadraticCost.UNIT / miniBatches.examples(),
        correct,
        examplesSeen,
        work);
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
  Progress progress() {
    return progress;
  }

  private void addFactors(List<MiniBatchPart> parts, int[] examples, float[] w) {
    int[] next = new int[parts.size()];
    driver.clear();
    for (int j = 0; j < examples.length; j++) {
      int owner = partitioning.owner(examples[j]);
      MiniBatchPart part = parts.get(owner);
      int position = next[owner]++;
      driver.take(part.inputs(), position, Share.WHOLE);
      factors.copy(part.factors(), position, j, layout);
    }
    driver.addGradient(factors, w, Share.WHOLE);
  }

  private void addSums(List<MiniBatchPart> parts, float[] w) {
    List<float[]> sums = new ArrayList<>();
    for (MiniBatchPart part : parts) {
      sums.addAll(Arrays.asList(part.sums()));
    }
    for (Merge merge : merges) {
      driver.add(sums.get(merge.from()), sums.get(merge.to()), Share.WHOLE);
    }
    driver.add(sums.get(0), w, Share.WHOLE);
  }
}
