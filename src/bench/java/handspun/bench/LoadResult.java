package handspun.bench;

import org.HdrHistogram.Histogram;

/**
 * What a client saw.
 *
 * @param seconds from the first request to the last answer
 * @param latencies in nanoseconds, of all requests that were answered
 */
record LoadResult(double seconds, Histogram latencies) {
  private static final int DIGITS = 3;
  private static final double MILLIS = 1e-6;

  /** {@return a place for latencies, which are kept with three digits} */
  static Histogram histogram() {
    return new Histogram(DIGITS);
  }

  /** {@return how many requests were answered} */
  long requests() {
    return latencies.getTotalCount();
  }

  /** {@return how many were answered in a second} */
  double rate() {
    return requests() / seconds;
  }

  /**
   * @param percent of the requests, such as 99.9
   * @return milliseconds within which they were answered
   */
  double millis(double percent) {
    return latencies.getValueAtPercentile(percent) * MILLIS;
  }
}
