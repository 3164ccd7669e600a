package handspun.serve;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** How many requests took how long. Recording neither waits for others nor allocates. */
final class LatencyHistogram {
  /** From a health check to a large photograph that waits for its turn. */
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private static final long[] NANOS =
      Arrays.stream(SECONDS).mapToLong(s -> Math.round(s * TimeUnit.SECONDS.toNanos(1))).toArray();

  /** The last one has what is longer than all bounds. */
  private final LongAdder[] counts =
      Stream.generate(LongAdder::new).limit(NANOS.length + 1L).toArray(LongAdder[]::new);

  private final LongAdder sum = new LongAdder();

  void record(long nanos) {
    int bucket = 0;
    while (bucket < NANOS.length && nanos > NANOS[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(nanos);
  }

  /** Writes the samples of one route. */
  void write(PrometheusText text, String route) {
    long total = 0;
    for (int i = 0; i < counts.length; i++) {
      total += counts[i].sum();
      String bound =
          PrometheusText.number(i < SECONDS.length ? SECONDS[i] : Double.POSITIVE_INFINITY);
      text.sampleOf("_bucket", (double) total, "route", route, "le", bound);
    }
    text.sampleOf("_sum", sum.sum() / (double) TimeUnit.SECONDS.toNanos(1), "route", route);
    // Counted anew it could be more than the last bucket has.
    text.sampleOf("_count", (double) total, "route", route);
  }
}
