package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  private static final long MICROSECOND = 1000;

  @Test
  void percentilesAreMillisecondsWithinWhichSoManyWereAnswered() {
    Histogram latencies = LoadResult.histogram();
    // From 0.1 ms to 1000 ms, in no order.
    for (int i = 0; i < 10_000; i++) {
      latencies.recordValue((i * 7919L % 10_000 + 1) * 100 * MICROSECOND);
    }
    LoadResult result = new LoadResult(4, latencies);
    assertThat(result.requests()).isEqualTo(10_000);
    assertThat(result.rate()).isEqualTo(2500);
    assertThat(result.millis(50)).isCloseTo(500, within(1.0));
    assertThat(result.millis(99)).isCloseTo(990, within(1.0));
    assertThat(result.millis(99.9)).isCloseTo(999, within(1.0));
    assertThat(result.millis(100)).isCloseTo(1000, within(1.0));
  }

  @Test
  void aSingleSlowOneIsSeenAbove99Percent() {
    Histogram latencies = LoadResult.histogram();
    for (int i = 0; i < 999; i++) {
      latencies.recordValue(MICROSECOND);
    }
    latencies.recordValue(5_000_000 * MICROSECOND);
    LoadResult result = new LoadResult(1, latencies);
    assertThat(result.millis(99)).isCloseTo(0.001, within(0.0001));
    assertThat(result.millis(99.95)).isCloseTo(5_000_000 / 1000.0, within(5.0));
  }
}
