package handspun.spark;

import handspun.data.Examples;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.network.Layout;
import handspun.train.GradientWorker;
import handspun.train.LaneGradients;
import handspun.train.LaneTree;
import handspun.train.LaneTree.Merge;
import handspun.train.LaneTree.Node;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The memory in which the tasks of a training job, in one executor, meet: the parameters, and the
 * places where every task leaves its part of a mini-batch for the others.
 *
 * <p>What is written before a {@link #meet} may be read by all after it.
 */
final class Exchange {
  private final Plan plan;
  private final Layout layout;
  private final Partitioning partitioning;
  private final float[] parameters;
  private final Examples[] blocks;
  private int[] order;
  private int[] preparedOrder;
  private int preparedEpoch;

  /** The first training example of every block, and behind the last one the number of all. */
  private final int[] firstExamples;

  private final MemoryBarrier barrier;
  private final Factors factors;
  private final List<Merge> merges;
  private final int[] firstRoot;
  private final float[][] sums;
  private volatile int miniBatchesDone;

  /**
   * @param plan hyperparameters
   * @param partitioning who owns what
   */
  Exchange(Plan plan, Partitioning partitioning) {
    this.plan = plan;
    this.partitioning = partitioning;
    layout = new Layout(plan.topology());
    parameters = layout.newWorking();
    int partitions = partitioning.partitions();
    blocks = new Examples[partitions];
    firstExamples = IntStream.rangeClosed(0, partitions).map(partitioning::firstExample).toArray();
    barrier = new MemoryBarrier(partitions);
    firstRoot = new int[partitions];
    if (plan.lanes() == 1) {
      factors = new Factors(layout, plan.miniBatch());
      merges = List.of();
      sums = new float[0][];
    } else {
      factors = null;
      List<Node> roots = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        firstRoot[p] = roots.size();
        roots.addAll(LaneGradients.roots(partitioning, p));
      }
      merges = new LaneTree(plan.lanes()).merges(roots);
      sums = new float[roots.size()][];
    }
  }

  /**
   * Begins an epoch; for one task only, and the others may go on after the next {@link #meet}.
   *
   * @param epoch from 1
   * @param start the parameters to begin with; not changed
   */
  void begin(int epoch, float[] start) {
    prepare(epoch);
    order = preparedOrder;
    layout.toWorking(start, parameters);
    miniBatchesDone = 0;
  }

  /** Does in advance what can be done in advance of an epoch. */
  void prepare(int epoch) {
    if (preparedEpoch != epoch) {
      preparedOrder = partitioning.miniBatches().order(plan.seed(), epoch);
      preparedEpoch = epoch;
    }
  }

  Plan plan() {
    return plan;
  }

  Layout layout() {
    return layout;
  }

  Partitioning partitioning() {
    return partitioning;
  }

  /** The parameters, a working vector. */
  float[] parameters() {
    return parameters;
  }

  /** The epoch's order of the training examples. */
  int[] order() {
    return order;
  }

  /** The factors of the mini-batch, by position; only with one lane. */
  Factors factors() {
    return factors;
  }

  /** Mini-batches of the epoch that are done, for whoever looks on. */
  int miniBatchesDone() {
    return miniBatchesDone;
  }

  void setMiniBatchesDone(int count) {
    miniBatchesDone = count;
  }

  /** Shows a partition's examples to the others, from the next {@link #meet} on. */
  void publish(int partition, Examples block) {
    blocks[partition] = block;
  }

  /** Shows the sums of a partition's subtrees to the others, from the next {@link #meet} on. */
  void publish(int partition, float[][] subtreeSums) {
    System.arraycopy(subtreeSums, 0, sums, firstRoot[partition], subtreeSums.length);
  }

  /** A partition's examples. */
  Examples block(int partition) {
    return blocks[partition];
  }

  /** Has a worker take the examples at some places of the epoch's order. */
  void take(GradientWorker worker, int from, int to) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner], order[place] - firstExamples[owner]);
    }
  }

  /** Has a worker take what a share of the parameters needs of these examples. */
  void take(GradientWorker worker, int from, int to, Share share) {
    for (int place = from; place < to; place++) {
      int owner = owner(place);
      worker.take(blocks[owner].inputs(), order[place] - firstExamples[owner], share);
    }
  }

  /**
   * Has a worker touch the examples at some places of the epoch's order, as far as there are any.
   */
  void touch(GradientWorker worker, int from, int to) {
    for (int place = from; place < Math.min(to, order.length); place++) {
      int owner = owner(place);
      worker.touch(blocks[owner], order[place] - firstExamples[owner]);
    }
  }

  private int owner(int place) {
    int example = order[place];
    int owner = 0;
    while (example >= firstExamples[owner + 1]) {
      owner++;
    }
    return owner;
  }

  /** Adds all subtree sums to the parameters, over a share of the vector. */
  void addSums(GradientWorker worker, Share share) {
    for (int i = 0; i < merges.size(); i++) {
      Merge merge = merges.get(i);
      worker.add(sums[merge.from()], sums[merge.to()], share);
    }
    worker.add(sums[0], parameters, share);
  }

  /** Waits for all tasks of the epoch. */
  void meet(BooleanSupplier cancelled) {
    barrier.await(cancelled);
  }

  /** Tells the other tasks that this one has failed. */
  void breakUp(Throwable cause) {
    barrier.breakUp(cause);
  }
}
