package handspun.train;

/**
 * How many virtual workers, the lanes, sum a mini-batch.
 *
 * <p>Floating-point addition is not associative, so a sum's bits depend on its order. The order is
 * therefore given to lanes, which belong to the plan, and not to partitions, which belong to the
 * machine: a lane sums its own examples in order, and lanes are combined in a {@link LaneTree}. One
 * lane sums like one thread does.
 */
public final class Lanes {
  /** Mini-batches of at least this many examples are summed by several lanes. */
  static final int LARGE_MINI_BATCH = 64;

  private static final int FOR_LARGE_MINI_BATCHES = 8;

  private Lanes() {}

  /**
   * @param miniBatch examples per update
   * @return the number of lanes of a plan that does not name it: 1 for a mini-batch below {@value
   *     #LARGE_MINI_BATCH}, else 8
   */
  public static int defaultFor(int miniBatch) {
    return miniBatch < LARGE_MINI_BATCH ? 1 : FOR_LARGE_MINI_BATCHES;
  }
}
