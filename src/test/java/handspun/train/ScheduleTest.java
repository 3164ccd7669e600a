package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  @Test
  void constantIsTheRateToTheBit() {
    for (long miniBatch : new long[] {0, 1, 149_999}) {
      assertThat(Schedule.CONSTANT.rate(0.1f, miniBatch, 150_000)).isEqualTo(0.1f);
    }
    assertThat(Schedule.CONSTANT.dependsOnEpochs()).isFalse();
  }

  /**
   * The cosine of 0, pi/3, pi/2, 2 pi/3 is 1, 1/2, 0, -1/2; rounded to floats, no digit is lost.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 6, 4",
    "2, 6, 3",
    "3, 6, 2",
    "4, 6, 1",
    "0, 1, 4",
    "50000, 150000, 3",
    "1000000000000000000, 3000000000000000000, 3",
    // 2 (1 + cos(pi / 4)) = 2 + sqrt(2), 2 (1 + cos(5 pi / 6)) = 2 - sqrt(3)
    "1, 4, 3.41421356237",
    "5, 6, 0.26794919243"
  })
  void cosineGoesFromTheRateToZero(long miniBatch, long miniBatches, float rate) {
    assertThat(Schedule.COSINE.rate(4, miniBatch, miniBatches)).isEqualTo(rate);
  }

  @Test
  void cosineNeverRisesAndNeverReachesZero() {
    float last = 3;
    for (int t = 0; t < 5000; t++) {
      float rate = Schedule.COSINE.rate(3, t, 5000);
      assertThat(rate).isPositive().isLessThanOrEqualTo(last);
      last = rate;
    }
    assertThat(last).isLessThan(1e-6f);
    assertThat(Schedule.COSINE.dependsOnEpochs()).isTrue();
  }
}
