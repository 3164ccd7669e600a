package handspun.image;

import java.util.Arrays;

/** A line of a {@link SkeletonGraph} between two of its nodes, or a ring, or a dot. */
final class SkeletonLine {
  /** No node, or no line. */
  static final int NONE = -1;

  /** How far along a line its direction is looked for. */
  private static final int DIRECTION = 2 * Skeleton.SCALE;

  private final int[] nodes = {NONE, NONE};
  private final int[] nextLine = {NONE, NONE};
  private final int[] nextEnd = {NONE, NONE};
  private double[] x = new double[64];
  private double[] y = new double[64];
  private int count;
  private boolean gone;

  void clear() {
    count = 0;
    gone = false;
    Arrays.fill(nodes, NONE);
    Arrays.fill(nextLine, NONE);
  }

  /** Adds a place, in pixels of the skeleton. */
  void add(double newX, double newY) {
    if (count == x.length) {
      x = Arrays.copyOf(x, 2 * count);
      y = Arrays.copyOf(y, 2 * count);
    }
    x[count] = newX;
    y[count++] = newY;
  }

  int count() {
    return count;
  }

  double x(int place) {
    return x[place];
  }

  double y(int place) {
    return y[place];
  }

  /** The node at its first (0) or last (1) place. */
  int node(int end) {
    return nodes[end];
  }

  void setNode(int end, int node) {
    nodes[end] = node;
  }

  /** Whether it does not count, or not any more. */
  boolean isGone() {
    return gone;
  }

  void remove() {
    gone = true;
  }

  /** The line that goes on from an end as the same stroke. */
  int nextLine(int end) {
    return nextLine[end];
  }

  /** With which of its ends that line begins. */
  int nextEnd(int end) {
    return nextEnd[end];
  }

  void goOn(int end, int otherLine, int otherEnd) {
    nextLine[end] = otherLine;
    nextEnd[end] = otherEnd;
  }

  /** How far right it leads away from one of its ends. */
  double right(int end) {
    return ahead(x, end);
  }

  /** How far down it does. */
  double down(int end) {
    return ahead(y, end);
  }

  private double ahead(double[] places, int end) {
    int step = Math.min(DIRECTION, count - 1);
    return end == 0 ? places[step] - places[0] : places[count - 1 - step] - places[count - 1];
  }

  /**
   * Replaces each place but those of its ends by the mean of itself, twice, and its neighbours.
   *
   * @param passes how often
   */
  void smooth(int passes) {
    for (int pass = 0; pass < passes; pass++) {
      BinomialFilter.smooth(x, 0, count);
      BinomialFilter.smooth(y, 0, count);
    }
  }
}
