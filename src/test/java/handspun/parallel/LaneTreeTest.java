package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Layout;
import handspun.network.Topology;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LaneTreeTest {
  private static final Topology TOPOLOGY = new Topology(1, 2);

  private final Layout layout = new Layout(TOPOLOGY);
  private final GradientWorker worker =
      new GradientWorker(new Plan(TOPOLOGY, 1, 1, 1f, 1, 1), layout, Kernels.fastest(), 1);

  private static String ranges(List<LaneTree> nodes) {
    return String.join(" ", nodes.stream().map(node -> node.from() + "-" + node.to()).toList());
  }

  private static String expression(LaneTree node) {
    return node.isLane()
        ? String.valueOf(node.from())
        : "(" + expression(node.left()) + " " + expression(node.right()) + ")";
  }

  @Test
  void lanesAreAddedInHalvesOfPowersOfTwo() {
    assertThat(expression(new LaneTree(1))).isEqualTo("0");
    assertThat(expression(new LaneTree(5))).isEqualTo("(((0 1) (2 3)) 4)");
    assertThat(expression(new LaneTree(6))).isEqualTo("(((0 1) (2 3)) (4 5))");
    assertThat(expression(new LaneTree(7))).isEqualTo("(((0 1) (2 3)) ((4 5) 6))");
  }

  @Test
  void aPartitionAddsUpTheLargestSubtreesThatItOwns() {
    LaneTree tree = new LaneTree(8);
    assertThat(ranges(tree.roots(0, 8))).isEqualTo("0-8");
    assertThat(ranges(tree.roots(0, 4))).isEqualTo("0-4");
    assertThat(ranges(tree.roots(2, 5))).isEqualTo("2-4 4-5");
    assertThat(ranges(tree.roots(5, 8))).isEqualTo("5-6 6-8");
    assertThat(tree.roots(8, 8)).isEmpty();
  }

  /** The vector of a lane: numbers of which sums in another order have other bits. */
  private float[] vector(int lane) {
    float[] parameters = new float[TOPOLOGY.parameterCount()];
    Random random = new Random(lane);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = (float) (random.nextGaussian() * Math.pow(10, i));
    }
    return layout.toWorking(parameters);
  }

  private float[] sum(int lanes) {
    return sum(new LaneTree(lanes), 0, lanes);
  }

  /** Adds lanes up, each of which is known, in a tree that knows no others. */
  private float[] sum(LaneTree tree, int from, int to) {
    for (int lane = from; lane < to; lane++) {
      fill(tree.roots(lane, lane + 1).get(0), vector(lane));
    }
    return tree.roots(from, to).get(0).addUp(worker);
  }

  private void fill(LaneTree node, float[] vector) {
    System.arraycopy(vector, 0, node.fill(layout.gradientLength()), 0, layout.gradientLength());
  }

  @Test
  void everyDivisionOfTheLanesGivesTheSameBits() {
    for (int lanes = 1; lanes <= 21; lanes++) {
      float[] whole = layout.toParameters(sum(lanes));
      for (int partitions = 1; partitions <= lanes; partitions++) {
        LaneTree tree = new LaneTree(lanes);
        Partitioning partitioning =
            new Partitioning(new MiniBatches(10 * lanes, lanes, lanes), partitions);
        for (int p = 0; p < partitions; p++) {
          for (LaneTree root :
              tree.roots(partitioning.firstLane(p), partitioning.firstLane(p + 1))) {
            fill(root, sum(new LaneTree(lanes), root.from(), root.to()));
          }
        }
        assertThat(layout.toParameters(tree.add(worker, Share.WHOLE)))
            .as("%d lanes on %d partitions", lanes, partitions)
            .isEqualTo(whole);
      }
    }
  }

  @Test
  void aNodeIsAddedUpAnewWhenItHasBeenForgotten() {
    LaneTree tree = new LaneTree(2);
    float[] first = layout.toParameters(sum(tree, 0, 2));
    tree.forget();
    fill(tree.left(), vector(5));
    fill(tree.right(), vector(6));
    float[] second = layout.toParameters(tree.add(worker, Share.WHOLE));
    LaneTree other = new LaneTree(2);
    fill(other.left(), vector(5));
    fill(other.right(), vector(6));
    assertThat(second).isEqualTo(layout.toParameters(other.addUp(worker))).isNotEqualTo(first);
  }
}
