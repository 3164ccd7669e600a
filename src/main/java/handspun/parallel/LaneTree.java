package handspun.parallel;

import handspun.math.Share;
import java.util.List;
import java.util.stream.Stream;

/**
 * The fixed binary tree in which the vectors of the lanes are added up: a node, with its sum in
 * this mini-batch once that is known.
 *
 * <p>A node covers a range of lanes. Its left half has the largest power of two that leaves
 * something for the right half, and its sum is the left half's plus the right half's. Since the
 * tree depends on the number of lanes only, every way of dividing the lanes among partitions gives
 * the same bits.
 */
final class LaneTree {
  private static final float[] NONE = {};

  private final int from;
  private final int to;

  /** Both halves; none of a single lane. */
  private final List<LaneTree> halves;

  /** Memory of its own; made when it is first needed. */
  private float[] room = NONE;

  private float[] sum = NONE;
  private boolean known;

  /**
   * @param lanes how many there are, at least 1
   */
  LaneTree(int lanes) {
    this(0, lanes);
  }

  private LaneTree(int from, int to) {
    this.from = from;
    this.to = to;
    int middle = from + Integer.highestOneBit(to - from - 1);
    halves =
        to - from == 1 ? List.of() : List.of(new LaneTree(from, middle), new LaneTree(middle, to));
  }

  /**
   * The largest nodes that lie wholly within a range of lanes: what somebody who has these lanes
   * can add up alone.
   *
   * @return the nodes, in lane order
   */
  List<LaneTree> roots(int first, int end) {
    if (to <= first || end <= from) {
      return List.of();
    }
    return first <= from && to <= end
        ? List.of(this)
        : Stream.concat(left().roots(first, end).stream(), right().roots(first, end).stream())
            .toList();
  }

  /** Its first lane. */
  int from() {
    return from;
  }

  /** One past its last lane. */
  int to() {
    return to;
  }

  /** Whether it is a single lane. */
  boolean isLane() {
    return halves.isEmpty();
  }

  /** The left half of a node that is no single lane. */
  LaneTree left() {
    return halves.get(0);
  }

  /** The right half of a node that is no single lane. */
  LaneTree right() {
    return halves.get(1);
  }

  /**
   * Has a vector of its own for its sum, which is known from now on.
   *
   * @return the vector, to be filled
   */
  float[] fill(int length) {
    if (room.length < length) {
      room = new float[length];
    }
    return know(room);
  }

  private float[] know(float[] vector) {
    sum = vector;
    known = true;
    return vector;
  }

  /** Whether its sum is known. */
  boolean isKnown() {
    return known;
  }

  /** Another mini-batch begins. */
  void forget() {
    known = false;
  }

  /**
   * Adds up what is not added up yet, into the left halves' vectors.
   *
   * @param share of the vectors' rows that is added up
   * @return the sum
   */
  float[] add(GradientWorker worker, Share share) {
    if (known) {
      return sum;
    }
    float[] left = left().add(worker, share);
    worker.add(right().add(worker, share), left, share);
    return left;
  }

  /**
   * Adds it up as a whole; it is known then.
   *
   * @return the sum
   */
  float[] addUp(GradientWorker worker) {
    return know(add(worker, Share.WHOLE));
  }
}
