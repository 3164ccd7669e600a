package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EpochSummaryTest {
  @Test
  void derivesAccuracyAndSpeed() {
    EpochSummary epoch = new EpochSummary(1, 0.1, 9, 12, 0.5, List.of(20, 30));
    assertThat(epoch.validationAccuracy()).isEqualTo(0.75);
    assertThat(epoch.examplesPerSecond()).isEqualTo(100);
  }

  @Test
  void hasNoAccuracyWithoutValidationExamples() {
    assertThat(new EpochSummary(1, 0.1, 0, 0, 1, List.of(1)).validationAccuracy()).isNaN();
  }

  @Test
  void addsUpMoreExamplesThanAnIntegerHolds() {
    EpochSummary epoch = new EpochSummary(1, 0.1, 0, 0, 1, List.of(2_000_000_000, 2_000_000_000));
    assertThat(epoch.examplesPerSecond()).isEqualTo(4e9);
  }
}
