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
}
