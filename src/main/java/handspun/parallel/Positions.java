package handspun.parallel;

import java.util.Arrays;

/**
 * Which executor has which example of a mini-batch, where there is one lane: the examples of a
 * mini-batch then come from anywhere. For one thread.
 */
final class Positions {
  private final Partitioning partitioning;
  private final int own;
  private final int[] executorOfPartition;
  private final int[] executors;
  private final int[] indices;
  private final int[] counts;
  private final int[] ownPositions;
  private int first;
  private int size;

  Positions(Partitioning partitioning, Placement placement) {
    this.partitioning = partitioning;
    own = placement.executor();
    executorOfPartition = new int[partitioning.partitions()];
    for (int e = 0; e < placement.executors(); e++) {
      Arrays.fill(
          executorOfPartition, placement.firstPartition(e), placement.firstPartition(e + 1), e);
    }
    int most = partitioning.miniBatches().size();
    executors = new int[most];
    indices = new int[most];
    ownPositions = new int[most];
    counts = new int[placement.executors()];
  }

  /**
   * Looks at a mini-batch.
   *
   * @param from where it starts in the order
   * @param to one past its last place there
   * @param order of an epoch's examples
   */
  void find(int from, int to, int[] order) {
    first = from;
    size = to - from;
    Arrays.fill(counts, 0);
    for (int j = 0; j < size; j++) {
      int executor = executorOfPartition[partitioning.owner(order[first + j])];
      executors[j] = executor;
      indices[j] = counts[executor]++;
      if (executor == own) {
        ownPositions[indices[j]] = j;
      }
    }
  }

  /** Where the mini-batch starts in the epoch's order. */
  int first() {
    return first;
  }

  /** Number of examples in the mini-batch. */
  int size() {
    return size;
  }

  /** The executor that has the example at a position of the mini-batch. */
  int executor(int position) {
    return executors[position];
  }

  /** Which of its executor's examples of this mini-batch it is, from 0. */
  int index(int position) {
    return indices[position];
  }

  boolean isOwn(int position) {
    return executors[position] == own;
  }

  /** How many examples of this mini-batch this executor has. */
  int ownCount() {
    return counts[own];
  }

  /** The position of one of them. */
  int ownPosition(int index) {
    return ownPositions[index];
  }
}
