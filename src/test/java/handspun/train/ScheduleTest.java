package handspun.train;

import static handspun.train.Hyperparameters.RATE_EPOCHS;
import static handspun.train.Hyperparameters.RATE_FACTOR;
import static handspun.train.Hyperparameters.SCHEDULE;
import static handspun.train.Hyperparameters.WARM_UP;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.network.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  private static Plan plan(Schedule schedule, int epochs, float rate) {
    return new Plan(new Topology(4, 2), epochs, 10, rate, 1, 1).with(SCHEDULE, schedule);
  }

  private static float rate(Plan plan, int inAnEpoch, long miniBatch) {
    return new LearningRate(plan, inAnEpoch).at(miniBatch, 0);
  }

  @Test
  void constantIsTheRateToTheBit() {
    for (long miniBatch : new long[] {0, 1, 149_999}) {
      assertThat(rate(plan(Schedule.CONSTANT, 30, 0.1f), 5000, miniBatch)).isEqualTo(0.1f);
    }
    assertThat(Schedule.CONSTANT.dependsOnEpochs()).isFalse();
  }

  /**
   * The cosine of 0, pi/3, pi/2, 2 pi/3 is 1, 1/2, 0, -1/2; rounded to floats, no digit is lost.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 2, 3, 4",
    "2, 2, 3, 3",
    "3, 2, 3, 2",
    "4, 3, 2, 1",
    "0, 1, 1, 4",
    "50000, 30, 5000, 3",
    "1000000000000000000, 2000000000, 1500000000, 3",
    // 2 (1 + cos(pi / 4)) = 2 + sqrt(2), 2 (1 + cos(5 pi / 6)) = 2 - sqrt(3)
    "1, 2, 2, 3.41421356237",
    "5, 3, 2, 0.26794919243"
  })
  void cosineGoesFromTheRateToZero(long miniBatch, int epochs, int inAnEpoch, float rate) {
    assertThat(rate(plan(Schedule.COSINE, epochs, 4), inAnEpoch, miniBatch)).isEqualTo(rate);
  }

  @Test
  void cosineNeverRisesAndNeverReachesZero() {
    float last = 3;
    for (int t = 0; t < 5000; t++) {
      float rate = rate(plan(Schedule.COSINE, 50, 3), 100, t);
      assertThat(rate).isPositive().isLessThanOrEqualTo(last);
      last = rate;
    }
    assertThat(last).isLessThan(1e-6f);
    assertThat(Schedule.COSINE.dependsOnEpochs()).isTrue();
  }

  /** Epochs of 4 mini-batches; a quarter of the rate is left after every 2 epochs. */
  @ParameterizedTest
  @CsvSource({
    "STEP, 0, 8",
    "STEP, 7, 8",
    "STEP, 8, 2",
    "STEP, 15, 2",
    "STEP, 16, 0.5",
    "EXPONENTIAL, 0, 8",
    "EXPONENTIAL, 4, 4",
    "EXPONENTIAL, 8, 2",
    "EXPONENTIAL, 12, 1"
  })
  void stepAndExponentialMultiplyByTheFactor(Schedule schedule, long miniBatch, float rate) {
    Plan plan = plan(schedule, 5, 8).with(RATE_FACTOR, 0.25f).with(RATE_EPOCHS, 2);
    assertThat(rate(plan, 4, miniBatch)).isEqualTo(rate);
    assertThat(schedule.dependsOnEpochs()).isFalse();
  }

  /** Epochs of 4 mini-batches. After 6 of them, the cosine begins at its top. */
  @ParameterizedTest
  @CsvSource({"0, 0.5", "1, 1", "5, 3", "6, 3", "13, 1.5"})
  void inTheWarmUpTheRateRisesInAStraightLine(long miniBatch, float rate) {
    Plan plan = plan(Schedule.COSINE, 5, 3).with(WARM_UP, 1.5f);
    assertThat(rate(plan, 4, miniBatch)).isEqualTo(rate);
  }

  @Test
  void plateauMultipliesByTheFactorAtEveryStall() {
    LearningRate rate = new LearningRate(plan(Schedule.PLATEAU, 5, 8).with(RATE_FACTOR, 0.25f), 4);
    assertThat(rate.at(17, 0)).isEqualTo(8);
    assertThat(rate.at(17, 1)).isEqualTo(2);
    assertThat(rate.at(17, 2)).isEqualTo(0.5f);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "'5', 0",
    "'5 5', 0",
    "'5 5 4', 1",
    "'5 5 4 3', 1",
    "'5 5 4 3 5', 2",
    // A better one begins anew.
    "'5 5 6 6', 0",
    "'5 5 5 6 5 6', 2"
  })
  void learningHasStalledWhenTwoEpochsWereNoBetter(String correct, int stalls) {
    List<EpochSummary> epochs = new ArrayList<>();
    for (String one : correct.isEmpty() ? new String[0] : correct.split(" ")) {
      epochs.add(new EpochSummary(epochs.size() + 1, 1, Integer.parseInt(one), 10, 1, List.of(30)));
    }
    Plan plan = plan(Schedule.PLATEAU, 9, 8).with(RATE_EPOCHS, 2);
    assertThat(LearningRate.stalls(plan, epochs)).isEqualTo(stalls);
    assertThat(LearningRate.stalls(plan.with(SCHEDULE, Schedule.STEP), epochs)).isZero();
  }
}
