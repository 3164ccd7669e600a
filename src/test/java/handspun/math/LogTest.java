package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogTest {
  private static final double BOUND = 1e-12;

  @Test
  void staysWithinItsErrorBoundFromTheSmallestNormalNumberToTheLargest() {
    double worst = 0;
    for (int exponent = Double.MIN_EXPONENT; exponent <= Double.MAX_EXPONENT; exponent++) {
      for (double fraction = 1; fraction < 2; fraction += 0.0137) {
        double x = Math.scalb(fraction, exponent);
        worst = Math.max(worst, Math.abs(Log.log(x) - StrictMath.log(x)));
      }
    }
    assertThat(worst).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void staysWithinItsErrorBoundAroundOneAndWhereTheReductionSwitches() {
    double worst = 0;
    for (double x = 0.7; x < 1.5; x += 1e-6) {
      worst = Math.max(worst, Math.abs(Log.log(x) - StrictMath.log(x)));
    }
    assertThat(worst).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void isExactlyZeroAtOne() {
    assertThat(Log.log(1)).isEqualTo(0);
  }

  @Test
  void keepsNaN() {
    assertThat(Log.log(Double.NaN)).isNaN();
  }
}
