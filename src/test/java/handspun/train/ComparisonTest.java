package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import handspun.math.Kernels;
import handspun.network.QuadraticCost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  /** Of examples that have the label 0, what each is taken for. */
  private static Evaluation evaluation(int... answers) {
    int[][] outcomes = new int[answers.length][];
    for (int i = 0; i < answers.length; i++) {
      outcomes[i] = new int[] {0, answers[i]};
    }
    return Evaluation.of(
        OneLitPixel.network(3),
        new QuadraticCost(),
        OneLitPixel.examples(3, outcomes),
        Kernels.fastest());
  }

  @Test
  void countsWhoIsCorrectExampleByExample() {
    Comparison comparison =
        Comparison.of(evaluation(0, 0, 0, 0, 0, 1, 1, 1, 2), evaluation(0, 0, 0, 0, 1, 0, 0, 1, 1));
    assertThat(comparison).isEqualTo(new Comparison(4, 1, 2, 2));
    assertThat(comparison.total()).isEqualTo(9);
    assertThat(comparison.difference()).isEqualTo(1.0 / 9);
  }

  @Test
  void needsTheSameExamples() {
    assertThatThrownBy(() -> Comparison.of(evaluation(0), evaluation(0, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** 2 (1 + 10) / 2^10; the sum of binomial coefficients, 2 * 190,051 / 2^24; certainty. */
  @ParameterizedTest
  @CsvSource({
    "1, 9, 0.021484375",
    "9, 1, 0.021484375",
    "6, 18, 0.022655844688415527",
    "0, 5, 0.0625",
    "0, 6, 0.03125",
    "5, 5, 1",
    "1, 0, 1",
    "0, 0, 1"
  })
  void isExactWhereOnlyOneIsCorrectOfFewExamples(int first, int second, double p) {
    Comparison comparison = new Comparison(100, first, second, 7);
    assertThat(comparison.isExact()).isTrue();
    assertThat(comparison.pValue()).isCloseTo(p, within(1e-12));
    assertThat(comparison.isSignificant()).isEqualTo(p < 0.05);
  }

  /** (|b - c| - 1)^2 / (b + c), and the tail of chi-squared with one degree of freedom. */
  @ParameterizedTest
  @CsvSource({
    "10, 15, 0.64, 0.4237107971667934",
    "10, 25, 5.6, 0.017960477526078766",
    "25, 10, 5.6, 0.017960477526078766",
    "129, 220, 23.20916905444126, 1.4530288571604857e-6",
    "20, 20, 0, 1"
  })
  void isChiSquaredWithContinuityCorrectionElse(int first, int second, double x, double p) {
    Comparison comparison = new Comparison(9000, first, second, 600);
    assertThat(comparison.isExact()).isFalse();
    assertThat(comparison.chiSquared()).isCloseTo(x, within(1e-12));
    assertThat(comparison.pValue()).isCloseTo(p, within(1e-12));
    assertThat(comparison.isSignificant()).isEqualTo(p < 0.05);
  }

  @Test
  void theTestChangesAtTwentyFive() {
    assertThat(new Comparison(0, 12, 12, 0).isExact()).isTrue();
    assertThat(new Comparison(0, 12, 13, 0).isExact()).isFalse();
  }
}
