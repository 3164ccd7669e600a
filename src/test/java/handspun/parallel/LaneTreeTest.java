package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.train.LaneTree.Merge;
import handspun.train.LaneTree.Node;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTreeTest {

  @Test
  void fiveLanesAreAddedAsTheTreeSays() {
    // ((0 1) (2 3)) 4, all leaves apart
    LaneTree tree = new LaneTree(5);
    List<Node> leaves = new ArrayList<>();
    for (int lane = 0; lane < 5; lane++) {
      leaves.add(new Node(lane, 0));
    }
    assertThat(tree.merges(leaves))
        .containsExactly(new Merge(0, 1), new Merge(2, 3), new Merge(0, 2), new Merge(0, 4));
  }

  @Test
  void aPartitionAddsUpTheLargestSubtreesThatItOwns() {
    LaneTree tree = new LaneTree(8);
    assertThat(tree.roots(0, 8)).containsExactly(new Node(0, 3));
    assertThat(tree.roots(0, 4)).containsExactly(new Node(0, 2));
    assertThat(tree.roots(2, 5)).containsExactly(new Node(2, 1), new Node(4, 0));
    assertThat(tree.roots(5, 8)).containsExactly(new Node(5, 0), new Node(6, 1));
  }

  @Test
  void everyDivisionOfTheLanesGivesTheSameExpression() {
    for (int lanes = 1; lanes <= 21; lanes++) {
      String whole = expression(lanes, 1);
      for (int partitions = 2; partitions <= lanes; partitions++) {
        assertThat(expression(lanes, partitions))
            .as("%d lanes on %d partitions", lanes, partitions)
            .isEqualTo(whole);
      }
    }
  }

  /** The sum of all lanes, written with brackets. */
  private static String expression(int lanes, int partitions) {
    LaneTree tree = new LaneTree(lanes);
    Partitioning partitioning =
        new Partitioning(new MiniBatches(10 * lanes, lanes, lanes), partitions);
    List<Node> roots = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      roots.addAll(LaneGradients.roots(partitioning, p));
    }
    List<String> sums =
        new ArrayList<>(roots.stream().map(root -> expression(tree, root)).toList());
    for (Merge merge : tree.merges(roots)) {
      sums.set(merge.to(), "(" + sums.get(merge.to()) + " " + sums.get(merge.from()) + ")");
    }
    return sums.get(0);
  }

  private static String expression(LaneTree tree, Node node) {
    if (node.level() == 0) {
      return String.valueOf(node.from());
    }
    String left = expression(tree, node.left());
    return tree.isEmpty(node.right())
        ? left
        : "(" + left + " " + expression(tree, node.right()) + ")";
  }
}
