package handspun.spark;

/**
 * How often executors ask a driver that may not make them wait for its answer: at once at first,
 * then ever less often, so that nobody waits for more than a tenth longer than it takes, and all
 * together ten thousand times a second at most.
 */
final class AskingPace {
  private static final int ASKED_PER_MILLISECOND = 10;
  private static final int SHARE = 10;
  private static final long MOST_MILLIS = 100;

  private final long leastMillis;
  private final long start = System.nanoTime();

  private AskingPace(long leastMillis) {
    this.leastMillis = leastMillis;
  }

  /** {@return the pace of each of so many executors} */
  static AskingPace of(int executors) {
    return new AskingPace(Math.max(1, executors / ASKED_PER_MILLISECOND));
  }

  /** {@return how long to wait before the driver is asked again} */
  long nextMillis() {
    return nextMillis((System.nanoTime() - start) / 1_000_000);
  }

  /**
   * {@return the same}
   *
   * @param waitedMillis how long the answer has been waited for
   */
  long nextMillis(long waitedMillis) {
    return Math.max(leastMillis, Math.min(MOST_MILLIS, waitedMillis / SHARE));
  }
}
