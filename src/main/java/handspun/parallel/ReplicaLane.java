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
 * <p>Where lanes make {@linkplain LocalSteps steps of their own}, this is about a round of
 * mini-batches, and what takes the place of a lane's gradient is how far its replica has come from
 * the parameters, divided by the number of lanes: the sum of all lanes then leads to the mean of
 * the replicas.
 *
 * <p>Not for several threads at once.
 */
public final class LaneGradients {

  /**
   * What is to be added up: one lane's examples or, where that is null, two such sums.
   *
   * @param lane its share of every mini-batch
   */
  private record Sum(Share lane, Sum left, Sum right) {
    private static Sum of(Node node, LaneTree tree) {
      if (node.level() == 0) {
        return new Sum(new Share(node.from(), tree.lanes()), null, null);
      }
      Sum left = of(node.left(), tree);
      return tree.isEmpty(node.right()) ? left : new Sum(null, left, of(node.right(), tree));
    }
  }

  private final int firstExample;
  private final Sum[] roots;
  private final float[][] sums;
  private final ArrayDeque<float[]> free = new ArrayDeque<>();
  private final Plan plan;
  private final Layout layout;
  private final GradientWorker worker;
  private final Runnable afterStep;
  private final Factors factors;

  /** The network of the lane that is being computed, a working vector; only with local steps. */
  private final float[] replica;

  /**
   * @param plan hyperparameters
   * @param partitioning who owns what
   * @param partition whose part this is
   * @param layout of the plan's network
   * @param worker does the computing; can take {@link #mostExamples} at a time
   * @param afterStep called whenever a lane has done its share of a mini-batch; what it throws ends
   *     the computing
   */
  public LaneGradients(
      Plan plan,
      Partitioning partitioning,
      int partition,
      Layout layout,
      GradientWorker worker,
      Runnable afterStep) {
    this.plan = plan;
    this.layout = layout;
    this.worker = worker;
    this.afterStep = afterStep;
    firstExample = partitioning.firstExample(partition);
    LaneTree tree = new LaneTree(plan.lanes());
    roots =
        roots(partitioning, partition).stream().map(root -> Sum.of(root, tree)).toArray(Sum[]::new);
    sums = new float[roots.length][];
    factors = new Factors(layout, mostExamples(plan));
    replica = plan.localSteps() == 1 ? null : layout.newWorking();
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
   * @param first where the mini-batch, or the round of mini-batches, starts in {@code order}
   * @param size examples in it
   * @return a gradient, times -eta / m, for every root, in lane order, or what takes its place;
   *     valid, and free to be changed, until the next call
   */
  public float[][] compute(float[] w, Examples examples, int[] order, int first, int size) {
    for (int r = 0; r < sums.length; r++) {
      if (sums[r] != null) {
        free.push(sums[r]);
      }
    }
    for (int r = 0; r < sums.length; r++) {
      sums[r] = compute(roots[r], w, examples, order, first, size);
    }
    return sums;
  }

  private float[] compute(Sum sum, float[] w, Examples examples, int[] order, int first, int size) {
    if (sum.lane != null) {
      return lane(sum.lane, w, examples, order, first, size);
    }
    float[] left = compute(sum.left, w, examples, order, first, size);
    float[] right = compute(sum.right, w, examples, order, first, size);
    worker.add(right, left, Share.WHOLE);
    free.push(right);
    return left;
  }

  private float[] lane(
      Share share, float[] w, Examples examples, int[] order, int first, int size) {
    float[] gradient = free.isEmpty() ? new float[layout.gradientLength()] : free.pop();
    if (replica == null) {
      take(share, examples, order, first, size);
      worker.compute(w, size, factors, 0);
      Arrays.fill(gradient, 0f);
      worker.addGradient(factors, gradient, Share.WHOLE);
      afterStep.run();
    } else {
      layout.copy(w, replica);
      learn(share, examples, order, first, first + size);
      float lanes = plan.lanes();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = (replica[i] - w[i]) / lanes;
      }
    }
    return gradient;
  }

  /** A lane's way through a round, as if it were alone. */
  private void learn(Share share, Examples examples, int[] order, int first, int end) {
    for (int start = first; start < end; ) {
      int size = Math.min(plan.miniBatch(), end - start);
      int own = take(share, examples, order, start, size);
      start += size;
      touch(share, examples, order, start, Math.min(plan.miniBatch(), end - start));
      // Of an epoch's last mini-batch there may be nothing for this lane.
      if (own > 0) {
        worker.compute(replica, own, factors, 0);
        worker.addGradient(factors, replica, Share.WHOLE);
        layout.refreshTransposed(replica, Share.WHOLE);
      }
      afterStep.run();
    }
  }

  private int take(Share share, Examples examples, int[] order, int start, int size) {
    worker.clear();
    for (int j = start + share.from(size); j < start + share.to(size); j++) {
      worker.take(examples, order[j] - firstExample);
    }
    return share.size(size);
  }

  private void touch(Share share, Examples examples, int[] order, int start, int size) {
    for (int j = start + share.from(size); j < start + share.to(size); j++) {
      worker.touch(examples, order[j] - firstExample);
    }
  }
}
