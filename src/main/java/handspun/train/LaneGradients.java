package handspun.train;

import handspun.data.Examples;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.network.Layout;
import handspun.train.LaneTree.Node;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;

/**
 * A partition's part of the gradient of a mini-batch, where there are several lanes: each of its
 * lanes' gradient, added up in the {@link LaneTree} as far as the partition can by itself.
 *
 * <p>Not for several threads at once.
 */
public final class LaneGradients {
  private final Partitioning partitioning;
  private final int lanes;
  private final int partition;
  private final LaneTree tree;
  private final List<Node> roots;
  private final float[][] sums;
  private final ArrayDeque<float[]> free = new ArrayDeque<>();
  private final GradientWorker worker;
  private final Factors factors;
  private final int gradientLength;

  /**
   * @param plan hyperparameters
   * @param partitioning who owns what
   * @param partition whose part this is
   * @param layout of the plan's network
   * @param worker does the computing; can take {@link #mostExamples} at a time
   */
  public LaneGradients(
      Plan plan, Partitioning partitioning, int partition, Layout layout, GradientWorker worker) {
    this.partitioning = partitioning;
    this.partition = partition;
    this.worker = worker;
    lanes = plan.lanes();
    tree = new LaneTree(lanes);
    roots = roots(partitioning, partition);
    sums = new float[roots.size()][];
    factors = new Factors(layout, mostExamples(plan));
    gradientLength = layout.gradientLength();
  }

  /**
   * @param partitioning who owns what
   * @param partition from 0
   * @return the subtrees that the partition adds up by itself, in lane order
   */
  public static List<Node> roots(Partitioning partitioning, int partition) {
    return new LaneTree(partitioning.miniBatches().lanes())
        .roots(partitioning.firstLane(partition), partitioning.firstLane(partition + 1));
  }

  /**
   * @param plan hyperparameters
   * @return the most examples of a mini-batch that a lane has
   */
  public static int mostExamples(Plan plan) {
    return (plan.miniBatch() + plan.lanes() - 1) / plan.lanes();
  }

  /**
   * Computes the sums of this partition's subtrees.
   *
   * @param w the parameters, a working vector
   * @param examples the partition's own examples
   * @param order indices of training examples
   * @param first where the mini-batch starts in {@code order}
   * @param size examples in this mini-batch
   * @return a gradient, times -eta / m, for every root, in lane order; valid, and free to be
   *     changed, until the next call
   */
  public float[][] compute(float[] w, Examples examples, int[] order, int first, int size) {
    for (int r = 0; r < sums.length; r++) {
      if (sums[r] != null) {
        free.push(sums[r]);
      }
    }
    for (int r = 0; r < sums.length; r++) {
      sums[r] = sum(roots.get(r), w, examples, order, first, size);
    }
    return sums;
  }

  private float[] sum(Node node, float[] w, Examples examples, int[] order, int first, int size) {
    if (node.level() == 0) {
      return lane(node.from(), w, examples, order, first, size);
    }
    float[] left = sum(node.left(), w, examples, order, first, size);
    if (!tree.isEmpty(node.right())) {
      float[] right = sum(node.right(), w, examples, order, first, size);
      worker.add(right, left, Share.WHOLE);
      free.push(right);
    }
    return left;
  }

  private float[] lane(int lane, float[] w, Examples examples, int[] order, int first, int size) {
    worker.clear();
    int owned = partitioning.firstExample(partition);
    Share share = new Share(lane, lanes);
    for (int j = first + share.from(size); j < first + share.to(size); j++) {
      worker.take(examples, order[j] - owned);
    }
    worker.compute(w, size, factors, 0);
    float[] gradient = free.isEmpty() ? new float[gradientLength] : free.pop();
    Arrays.fill(gradient, 0f);
    worker.addGradient(factors, gradient, Share.WHOLE);
    return gradient;
  }
}
