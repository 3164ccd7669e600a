package handspun.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The fixed binary tree in which the sums of the lanes are combined.
 *
 * <p>A node of level {@code k} covers {@code 2^k} lanes from a multiple of {@code 2^k}, cut off at
 * the number of lanes; its sum is its left child's plus its right child's, or its left child's
 * alone where the right one would be empty. Since the tree depends on the number of lanes only,
 * every way of dividing the lanes among partitions gives the same bits.
 *
 * @param lanes number of leaves, at least 1
 */
public record LaneTree(int lanes) {

  /**
   * A node.
   *
   * @param from its first lane
   * @param level 0 for a leaf
   */
  public record Node(int from, int level) {
    /**
     * @return the first half of a node that is no leaf
     */
    public Node left() {
      return new Node(from, level - 1);
    }

    /**
     * @return the other half, which may be {@linkplain LaneTree#isEmpty empty}
     */
    public Node right() {
      return new Node(from + (1 << (level - 1)), level - 1);
    }
  }

  /**
   * One addition: {@code sums[to] += sums[from]}.
   *
   * @param to index of the left sum, which receives
   * @param from index of the right sum
   */
  public record Merge(int to, int from) {}

  /**
   * The largest nodes that lie wholly within a range of lanes: what a partition that owns these
   * lanes can add up by itself.
   *
   * @param from first lane
   * @param to one past the last
   * @return the nodes, in lane order
   */
  public List<Node> roots(int from, int to) {
    List<Node> roots = new ArrayList<>();
    collect(root(), from, to, roots);
    return roots;
  }

  /**
   * The additions that combine subtree sums into the sum of all lanes.
   *
   * @param roots nodes that together cover every lane once, in lane order
   * @return additions over indices into {@code roots}, to be done in this order; the result is then
   *     at index 0
   */
  public List<Merge> merges(List<Node> roots) {
    List<Merge> merges = new ArrayList<>();
    plan(root(), roots, merges);
    return merges;
  }

  /**
   * @param node of the tree
   * @return whether it covers no lane
   */
  public boolean isEmpty(Node node) {
    return node.from() >= lanes;
  }

  private Node root() {
    int level = 0;
    while (1 << level < lanes) {
      level++;
    }
    return new Node(0, level);
  }

  private int end(Node node) {
    return Math.min(lanes, node.from() + (1 << node.level()));
  }

  private void collect(Node node, int from, int to, List<Node> roots) {
    if (isEmpty(node) || end(node) <= from || node.from() >= to) {
      return;
    }
    if (from <= node.from() && end(node) <= to) {
      roots.add(node);
      return;
    }
    collect(node.left(), from, to, roots);
    collect(node.right(), from, to, roots);
  }

  private int plan(Node node, List<Node> roots, List<Merge> merges) {
    int known = roots.indexOf(node);
    if (known >= 0) {
      return known;
    }
    int left = plan(node.left(), roots, merges);
    if (!isEmpty(node.right())) {
      merges.add(new Merge(left, plan(node.right(), roots, merges)));
    }
    return left;
  }
}
