package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Examples;
import handspun.network.Cost;
import handspun.network.CrossEntropy;
import handspun.network.Inputs;
import handspun.network.QuadraticCost;
import handspun.network.Topology;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LearningCheckTest {
  /** Ten labels, each as frequent as any other. */
  private static final Examples TEN =
      new Examples(
          1, 1, Inputs.ofPixels(1, new byte[10]), new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});

  /** The verdict on a network whose cost stays as it is for so many epochs. */
  private static Optional<String> verdict(Cost measure, double cost, int epochs) {
    Plan plan = new Plan(new Topology(1, 10), 9, 5, 1f, 1, 1).with(Hyperparameters.COST, measure);
    LearningCheck check = new LearningCheck(plan, TEN, List.of());
    Optional<String> verdict = Optional.empty();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      verdict = check.verdict(new EpochSummary(epoch, cost, 0, 0, 1, List.of(10)), 1f);
    }
    return verdict;
  }

  @Test
  void whoIsNoBetterThanANetworkThatIgnoresItsInputIsStuck() {
    // 10 x 0.1 x 0.9 / 2, and -10 (0.1 ln 0.1 + 0.9 ln 0.9).
    assertThat(verdict(new QuadraticCost(), 0.46, 4).orElseThrow()).contains("0.4600", "0.4500");
    assertThat(verdict(new CrossEntropy(), 3.26, 4).orElseThrow()).contains("3.2600", "3.2508");
    assertThat(verdict(new QuadraticCost(), 0.46, 3)).isEmpty();
  }

  @Test
  void whoIsBetterMayStayWhereItIs() {
    assertThat(verdict(new QuadraticCost(), 0.44, 9)).isEmpty();
    // More than the quadratic cost of ignorance, and a good network all the same.
    assertThat(verdict(new CrossEntropy(), 0.6, 9)).isEmpty();
    assertThat(verdict(new CrossEntropy(), 3.24, 9)).isEmpty();
  }
}
