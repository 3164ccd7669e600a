package handspun.parallel;

import handspun.math.Kernels;
import handspun.math.Share;
import handspun.train.Optimizer;
import handspun.train.WorkingModel;
import handspun.wire.Contribution;
import handspun.wire.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The sum where there are several lanes: each thread computes the vectors of the lanes that its
 * partition owns and adds them up in the {@link LaneTree} as far as it can alone; what is left is
 * added up where the parts meet.
 *
 * <p>What a lane's vector is, the {@link Lane} says. In a frame are the sums of the largest
 * subtrees that the processes' lanes make up, in lane order, each added up as soon as both halves
 * are there.
 */
final class LaneSummation implements Summation, Contribution {
  private final Team team;
  private final LaneTree tree;
  private final LaneTree[] own;
  private final Lane lane;
  private final GradientWorker worker;
  private final Share share;
  private final int length;
  private final ArrayDeque<float[]> spare = new ArrayDeque<>();

  /** By the first process and one past the last one, once it has been asked for. */
  private final LaneTree[][][] roots;

  /** Known only since this mini-batch's exchange. */
  private final List<LaneTree> exchanged = new ArrayList<>();

  private LaneSummation(
      Team team, LaneTree tree, int partition, Kernels kernels, Runnable afterStep) {
    this.team = team;
    this.tree = tree;
    Partitioning partitioning = team.partitioning();
    own =
        tree.roots(partitioning.firstLane(partition), partitioning.firstLane(partition + 1))
            .toArray(LaneTree[]::new);
    worker =
        new GradientWorker(team.plan(), team.layout(), kernels, Lane.mostExamples(team.plan()));
    lane = Lane.of(team, worker, afterStep);
    share = team.placement().share(partition);
    length = lane.length();
    int executors = team.placement().executors();
    roots = new LaneTree[executors][executors + 1][];
  }

  static Factory among(Team team) {
    LaneTree tree = new LaneTree(team.plan().lanes());
    return (partition, kernels, afterStep) ->
        new LaneSummation(team, tree, partition, kernels, afterStep);
  }

  @Override
  public GradientWorker worker() {
    return worker;
  }

  @Override
  public void compute(int first, int end) {
    for (int i = 0; i < exchanged.size(); i++) {
      exchanged.get(i).forget();
    }
    exchanged.clear();
    for (int r = 0; r < own.length; r++) {
      compute(own[r], own[r].fill(length), first, end);
    }
  }

  private void compute(LaneTree node, float[] sum, int first, int end) {
    if (node.isLane()) {
      lane.compute(node.from(), first, end, sum);
      return;
    }
    compute(node.left(), sum, first, end);
    float[] right = spare.isEmpty() ? new float[length] : spare.pop();
    compute(node.right(), right, first, end);
    worker.add(right, sum, Share.WHOLE);
    spare.push(right);
  }

  @Override
  public void apply(Optimizer optimizer, WorkingModel model, long number, float rate) {
    lane.apply(tree.add(worker, share), share, optimizer, model, number, rate);
  }

  @Override
  public Contribution contribution() {
    return this;
  }

  private LaneTree[] roots(int from, int to) {
    if (roots[from][to] == null) {
      Placement placement = team.placement();
      Partitioning partitioning = team.partitioning();
      roots[from][to] =
          tree.roots(
                  partitioning.firstLane(placement.firstPartition(from)),
                  partitioning.firstLane(placement.firstPartition(to)))
              .toArray(LaneTree[]::new);
    }
    return roots[from][to];
  }

  @Override
  public int mostBytes(int from, int to) {
    return Math.toIntExact((long) roots(from, to).length * length * Float.BYTES);
  }

  @Override
  public void write(int from, int to, Frame frame) {
    for (LaneTree sent : roots(from, to)) {
      // What a thread has computed is known already, and is that thread's to forget.
      if (!sent.isKnown()) {
        exchanged.add(sent);
      }
      frame.put(sent.addUp(worker), 0, length);
    }
  }

  @Override
  public void read(int from, int to, Frame frame) {
    for (LaneTree taken : roots(from, to)) {
      frame.take(taken.fill(length), 0, length);
      exchanged.add(taken);
    }
  }
}
