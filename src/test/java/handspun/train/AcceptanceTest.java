package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptanceTest {
  private static final Acceptance ACCEPTANCE = new Acceptance(0.5f, 0.25f);

  private static float[] outputs(float... outputs) {
    return outputs;
  }

  @Test
  void marginIsOfTheTwoLargestOutputs() {
    float[] outputs = outputs(0.125f, 0.75f, 0.25f, 0.5f);
    assertThat(Acceptance.margin(outputs)).isEqualTo(0.25f);
    assertThat(Acceptance.margin(outputs(0.75f, 0.125f, 0.25f))).isEqualTo(0.5f);
    assertThat(Acceptance.margin(outputs(0.25f, 0.125f, 0.75f))).isEqualTo(0.5f);
    assertThat(Acceptance.margin(outputs(0.7f, 0.1f, 0.7f))).isZero();
    assertThat(Acceptance.margin(outputs(0, 0, 0))).isZero();
    assertThat(Acceptance.margin(outputs(0.9f, 0.6f))).isCloseTo(0.3f, within(1e-6f));
  }

  @Test
  void aSingleOutputHasNothingToDecideBetween() {
    assertThat(Acceptance.margin(outputs(0.1f))).isEqualTo(1);
    assertThat(new Acceptance(0.1f, 1).verdict(0.1f, outputs(0.1f))).isEqualTo(Verdict.DIGIT);
    assertThat(new Acceptance(0.2f, 1).verdict(0.1f, outputs(0.1f))).isEqualTo(Verdict.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "0.75, 0.25, DIGIT",
    "0.75, 0.5, DIGIT",
    "0.75, 0.5625, UNSURE",
    "0.5, 0.25, DIGIT",
    "0.5, 0.5, UNSURE",
    "0.4375, 0.4375, NONE",
    "0.4375, 0, NONE",
    "0, 0, NONE",
    "NaN, 0.75, NONE",
    "0.75, NaN, NONE"
  })
  void whatHasTooLowAScoreIsNoneAndWhatHasTooLowAMarginIsUnsure(
      float one, float other, Verdict verdict) {
    float score = Math.max(one, other);
    assertThat(ACCEPTANCE.verdict(score, outputs(one, other, 0))).isEqualTo(verdict);
    assertThat(ACCEPTANCE.verdict(score, outputs(other, 0, one))).isEqualTo(verdict);
  }

  @Test
  void whatAcceptsAllIsNeverUnsure() {
    assertThat(new Acceptance(0, 0).verdict(0, outputs(0, 0))).isEqualTo(Verdict.DIGIT);
  }

  @ParameterizedTest
  @CsvSource({"-0.1, 0.5", "1.5, 0.5", "NaN, 0.5", "0.5, -1", "0.5, 1.1", "0.5, NaN"})
  void leastScoreAndLeastMarginAreSharesOfOne(float score, float margin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Acceptance(score, margin))
        .withMessage(
            "The least score is %s and the least margin %s, but each must be in 0..1."
                .formatted(score, margin));
  }
}
