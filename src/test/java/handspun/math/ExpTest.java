package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExpTest {
  private static final double BOUND = 1e-7;

  @Test
  void staysWithinItsErrorBoundOverItsWholeRange() {
    double worst = 0;
    for (double x = Exp.LOWEST; x <= Exp.HIGHEST; x += 1e-4) {
      worst = Math.max(worst, relativeError((float) x));
    }
    assertThat(worst).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void staysWithinItsErrorBoundAroundZero() {
    double worst = 0;
    for (int exponent = -149; exponent <= 0; exponent++) {
      for (float fraction = 1f; fraction < 2f; fraction += 0.013f) {
        float x = Math.scalb(fraction, exponent);
        worst = Math.max(worst, Math.max(relativeError(x), relativeError(-x)));
      }
    }
    assertThat(worst).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void staysWithinItsErrorBoundWhereTheReductionSwitchesToTheNextPowerOfTwo() {
    double worst = 0;
    for (int n = -125; n <= 126; n++) {
      float x = (float) ((n + 0.5) * StrictMath.log(2));
      for (int step = 0; step < 20; step++) {
        worst = Math.max(worst, relativeError(x));
        x = Math.nextUp(x);
      }
    }
    assertThat(worst).isLessThanOrEqualTo(BOUND);
  }

  @Test
  void isExactlyOneAtBothZeros() {
    assertThat(Exp.exp(0f)).isEqualTo(1f);
    assertThat(Exp.exp(-0f)).isEqualTo(1f);
  }

  @Test
  void keepsNaN() {
    assertThat(Exp.exp(Float.NaN)).isNaN();
  }

  @Test
  void clampsWhatWouldOverflow() {
    float most = Exp.exp(Exp.HIGHEST);
    assertThat(most).isFinite().isGreaterThan(1e38f);
    assertThat(Exp.exp(Float.POSITIVE_INFINITY)).isEqualTo(most);
    assertThat(Exp.exp(1e30f)).isEqualTo(most);
    assertThat(Exp.exp(Math.nextUp(Exp.HIGHEST))).isEqualTo(most);
  }

  @Test
  void clampsWhatWouldUnderflowToANormalNumber() {
    float least = Exp.exp(Exp.LOWEST);
    assertThat(least).isBetween(Float.MIN_NORMAL, 1.3e-38f);
    assertThat(Exp.exp(Float.NEGATIVE_INFINITY)).isEqualTo(least);
    assertThat(Exp.exp(-1e30f)).isEqualTo(least);
    assertThat(Exp.exp(Math.nextDown(Exp.LOWEST))).isEqualTo(least);
  }

  private static double relativeError(float x) {
    double exact = StrictMath.exp(x);
    return Math.abs(Exp.exp(x) - exact) / exact;
  }
}
