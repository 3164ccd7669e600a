package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PowerTest {
  @Test
  void isTheBaseToTheExponent() {
    assertThat(Power.of(0.25, 0.5)).isCloseTo(0.5, within(1e-15));
    assertThat(Power.of(0.5, 3)).isCloseTo(0.125, within(1e-15));
    assertThat(Power.of(0.999, 100_000)).isCloseTo(Math.pow(0.999, 100_000), within(1e-55));
  }

  @Test
  void ofNothingIsNothingAndToNothingIsOne() {
    assertThat(Power.of(0, 7)).isZero();
    assertThat(Power.of(0.3, 0)).isEqualTo(1);
  }
}
