package handspun.spark;

import handspun.math.Share;
import handspun.train.GradientWorker;
import handspun.train.LaneTree;
import handspun.train.LaneTree.Node;
import handspun.train.Partitioning;
import handspun.wire.Cargo;
import handspun.wire.Frame;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sums of lanes of a mini-batch, as executors exchange them where there are several lanes: in a
 * frame, the vectors of the largest subtrees of the {@link LaneTree} that the executors' lanes make
 * up, in lane order. Sums are added up as soon as both halves are there.
 */
final class SumCargo implements Cargo {

  /** A node of the tree, with its sum in this mini-batch, once it is known. */
  private static final class Sum {
    private final Sum left;
    private final Sum right;
    private float[] vector;

    /** For a sum that comes from elsewhere; made when it is first needed. */
    private float[] room;

    private int miniBatch = -1;

    private Sum(Sum left, Sum right) {
      this.left = left;
      this.right = right;
    }
  }

  private final Placement placement;
  private final Partitioning partitioning;
  private final LaneTree tree;
  private final int gradientLength;
  private final Map<Node, Sum> sums = new HashMap<>();
  private final Sum[][][] roots;
  private final Sum[][] ownRoots;
  private GradientWorker worker;
  private int miniBatch;
  private float[] total;

  /**
   * @param partitioning who owns what
   * @param placement of the partitions
   * @param gradientLength of a vector
   */
  SumCargo(Partitioning partitioning, Placement placement, int gradientLength) {
    this.partitioning = partitioning;
    this.placement = placement;
    this.gradientLength = gradientLength;
    tree = new LaneTree(partitioning.miniBatches().lanes());
    int executors = placement.executors();
    roots = new Sum[executors][executors + 1][];
    ownRoots = new Sum[placement.partitions()][];
    for (int p = 0; p < ownRoots.length; p++) {
      int partition = placement.firstPartition() + p;
      ownRoots[p] =
          rootsOfLanes(partitioning.firstLane(partition), partitioning.firstLane(partition + 1));
    }
  }

  private Sum[] roots(int from, int to) {
    if (roots[from][to] == null) {
      roots[from][to] =
          rootsOfLanes(
              partitioning.firstLane(placement.firstPartition(from)),
              partitioning.firstLane(placement.firstPartition(to)));
    }
    return roots[from][to];
  }

  private Sum[] rootsOfLanes(int from, int to) {
    List<Node> nodes = tree.roots(from, to);
    return nodes.stream().map(this::sum).toArray(Sum[]::new);
  }

  private Sum sum(Node node) {
    Sum known = sums.get(node);
    if (known == null) {
      known =
          node.level() == 0
              ? new Sum(null, null)
              : new Sum(sum(node.left()), tree.isEmpty(node.right()) ? null : sum(node.right()));
      sums.put(node, known);
    }
    return known;
  }

  /**
   * Says that another mini-batch has begun.
   *
   * @param by whom additions are made
   */
  void begin(GradientWorker by) {
    worker = by;
    miniBatch++;
  }

  /** Takes the sums of one of this executor's own partitions, which are changed. */
  void take(int partition, float[][] own, int first) {
    Sum[] to = ownRoots[partition - placement.firstPartition()];
    for (int r = 0; r < to.length; r++) {
      set(to[r], own[first + r]);
    }
  }

  private void set(Sum sum, float[] vector) {
    sum.vector = vector;
    sum.miniBatch = miniBatch;
  }

  /** Adds up what is not added up yet, when all is there. */
  void addUp() {
    total = vector(roots(0, placement.executors())[0]);
  }

  /** The sum of all lanes. */
  float[] total() {
    return total;
  }

  private float[] vector(Sum sum) {
    if (sum.miniBatch != miniBatch) {
      if (sum.left == null) {
        throw new IllegalStateException("The sum of a lane is missing.");
      }
      float[] left = vector(sum.left);
      if (sum.right != null) {
        worker.add(vector(sum.right), left, Share.WHOLE);
      }
      set(sum, left);
    }
    return sum.vector;
  }

  @Override
  public int mostBytes(int from, int to) {
    return Math.toIntExact((long) roots(from, to).length * gradientLength * Float.BYTES);
  }

  @Override
  public void write(int from, int to, Frame frame) {
    Sum[] sent = roots(from, to);
    for (int r = 0; r < sent.length; r++) {
      frame.put(vector(sent[r]), 0, gradientLength);
    }
  }

  @Override
  public void read(int from, int to, Frame frame) {
    Sum[] taken = roots(from, to);
    for (int r = 0; r < taken.length; r++) {
      if (taken[r].room == null) {
        taken[r].room = new float[gradientLength];
      }
      frame.take(taken[r].room, 0, gradientLength);
      set(taken[r], taken[r].room);
    }
  }
}
