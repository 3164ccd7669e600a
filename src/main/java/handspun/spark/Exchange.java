package handspun.spark;

import handspun.data.Examples;
import handspun.math.Share;
import handspun.train.Factors;
import handspun.train.GradientWorker;
import handspun.train.LaneGradients;
import handspun.train.LaneTree;
import handspun.train.LaneTree.Merge;
import handspun.train.LaneTree.Node;
import handspun.train.Partitioning;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * The memory in which the tasks of one epoch, in one executor, meet: the places where every task
 * leaves its part of a mini-batch for the others, and with several lanes the one copy of the
 * parameters.
 *
 * <p>What is written before a {@link #meet} may be read by all after it.
 */
final class Exchange {
  private final Partitioning partitioning;
  private final int[] order;

  /** Of every place of the order: who owns its example, and where in that block it is. */
  private final int[] owners;

  private final int[] indices;
  private final Examples[] blocks;
  private final MemoryBarrier barrier;

  /** Two places, used in turn: while one mini-batch is read, the next may be written. */
  private final Factors[] factors;

  private final float[] parameters;
  private final List<Merge> merges;
  private final int[] firstRoot;
  private final float[][] sums;
  private volatile int miniBatchesDone;

  /**
   * @param plan hyperparameters
   * @param partitioning who owns what
   * @param epoch from 1
   * @param start the parameters to begin with; copied
   */
  Exchange(Plan plan, Partitioning partitioning, int epoch, float[] start) {
    this.partitioning = partitioning;
    int partitions = partitioning.partitions();
    order = partitioning.miniBatches().order(plan.seed(), epoch);
    owners = IntStream.of(order).map(partitioning::owner).toArray();
    indices = new int[order.length];
    Arrays.setAll(indices, i -> order[i] - partitioning.firstExample(owners[i]));
    blocks = new Examples[partitions];
    barrier = new MemoryBarrier(partitions);
    firstRoot = new int[partitions];
    if (plan.lanes() == 1) {
      factors =
          new Factors[] {
            new Factors(plan.topology(), plan.miniBatch()),
            new Factors(plan.topology(), plan.miniBatch())
          };
      parameters = null;
      merges = List.of();
      sums = new float[0][];
    } else {
      factors = new Factors[0];
      parameters = start.clone();
      List<Node> roots = new ArrayList<>();
      for (int p = 0; p < partitions; p++) {
        firstRoot[p] = roots.size();
        roots.addAll(LaneGradients.roots(partitioning, p));
      }
      merges = new LaneTree(plan.lanes()).merges(roots);
      sums = new float[roots.size()][];
    }
  }

  Partitioning partitioning() {
    return partitioning;
  }

  /** The epoch's order of the training examples. */
  int[] order() {
    return order;
  }

  /** The block that holds the example at a place of the epoch's order. */
  Examples blockAt(int place) {
    return blocks[owners[place]];
  }

  /** The index, within its block, of the example at a place of the epoch's order. */
  int exampleAt(int place) {
    return indices[place];
  }

  /** The factors of a mini-batch, by position; only with one lane. */
  Factors factors(int miniBatch) {
    return factors[miniBatch & 1];
  }

  /** The parameters; only with several lanes. */
  float[] parameters() {
    return parameters;
  }

  /** Mini-batches of the running epoch that are done, for whoever looks on. */
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

  /**
   * Combines all subtree sums over a share of the vector.
   *
   * @return the array that then holds the gradient in that share
   */
  float[] combine(GradientWorker worker, Share share) {
    for (int i = 0; i < merges.size(); i++) {
      Merge merge = merges.get(i);
      worker.add(sums[merge.from()], sums[merge.to()], share);
    }
    return sums[0];
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
