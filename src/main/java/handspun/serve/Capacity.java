package handspun.serve;

/**
 * How much the server does at once.
 *
 * @param threads for requests; one takes about 60 KB with its connection, so that all take less
 *     than a large picture
 * @param spareThreads of these: when fewer are left, somebody has to go, which takes a moment
 * @param bodyBytes of all bodies together that are in memory, and likewise of all answers
 */
record Capacity(int threads, int spareThreads, long bodyBytes) {
  /** The bytes are those of sixteen of the largest pictures, or two of the largest batches. */
  static final Capacity DEFAULT = new Capacity(1200, 100, 64L << 20);

  /**
   * {@return the same for fewer connections: who holds them makes room for others only where there
   * are fewer threads}
   */
  Capacity within(int connections) {
    int fewer = Math.min(threads, Math.max(1, connections * 3 / 4));
    return new Capacity(fewer, Math.min(spareThreads, Math.max(1, fewer / 4)), bodyBytes);
  }
}
