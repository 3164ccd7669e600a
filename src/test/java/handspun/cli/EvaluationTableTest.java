package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.network.QuadraticCost;
import handspun.train.Calibration;
import handspun.train.Evaluation;
import handspun.train.OneLitPixel;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class EvaluationTableTest {
  private static Evaluation evaluation(int classes, int[]... outcomes) {
    return Evaluation.of(
        OneLitPixel.network(classes),
        new QuadraticCost(),
        OneLitPixel.examples(classes, outcomes),
        Kernels.fastest());
  }

  private final Evaluation evaluation =
      evaluation(4, new int[][] {{0, 0}, {0, 0}, {0, 1}, {1, 1}, {2, 1}});

  @Test
  void saysAccuracyInPerCentAndAsAFraction() {
    assertThat(EvaluationTable.accuracy(evaluation)).isEqualTo("60.00 % (3 of 5)");
  }

  @Test
  void saysHowSureTheNetworkIs() {
    Calibration calibration =
        new Calibration(
            List.of(
                new Calibration.Bin(0, 0.5, 1, 1, 0.5), new Calibration.Bin(0.5, 1, 3, 2, 0.9)));
    assertThat(EvaluationTable.confidence(calibration))
        .isEqualTo("80.00 % on average; expected calibration error 30.00 %");
  }

  @Test
  void listsEveryClassWithDashesForWhatIsNotDefined() {
    assertThat(EvaluationTable.classes(evaluation))
        .isEqualTo(
            """
            label  precision   recall       F1  examples
                0     100.00    66.67    80.00         3
                1      33.33   100.00    50.00         1
                2          -     0.00     0.00         1
                3          -        -        -         0
            """);
  }

  @Test
  void showsTheConfusionMatrixWithDotsForNone() {
    assertThat(EvaluationTable.confusion(evaluation))
        .isEqualTo(
            """
            label  0  1  2  3  <- read as
                0  2  1  .  .
                1  .  1  .  .
                2  .  1  .  .
                3  .  .  .  .
            """);
  }

  @Test
  void alignsColumnsWhenLabelsAreWiderThanCounts() {
    String matrix = EvaluationTable.confusion(evaluation(12, new int[][] {{11, 10}}));
    assertThat(matrix.lines().skip(1)).allMatch(line -> line.length() == 5 + 12 * 4);
    assertThat(matrix).contains("   11   .").contains("  10  11  <- read as");
  }

  @Test
  void hasPointsInEveryLocale() {
    Locale kept = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(EvaluationTable.accuracy(evaluation)).isEqualTo("60.00 % (3 of 5)");
      assertThat(EvaluationTable.classes(evaluation)).contains("66.67");
    } finally {
      Locale.setDefault(kept);
    }
  }
}
