package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WeightDecayTest {
  @Test
  void shrinksWeightsBeforeTheStepAndNoBias() {
    Optimizer optimizer = new WeightDecay(new GradientDescent(), 0.5f);
    // 1 - 0.25 * 0.5 of the weight is left.
    assertThat(new SteppedModel(optimizer, 8, 8).step(0.25f, 1, 1)).containsExactly(7 + 1, 8 + 1);
  }

  @Test
  void isDecoupledFromWhatTheOptimizerRemembers() {
    SteppedModel model = new SteppedModel(new WeightDecay(new Momentum(0.5f), 0.5f), 8, 8);
    assertThat(model.step(1, 2, 2)).containsExactly(4 + 2, 8 + 2);
    assertThat(model.memory(0)).containsExactly(2, 2);
    assertThat(model.step(1, 0, 0)).containsExactly(3 + 1, 10 + 1);
    assertThat(new SteppedModel(new WeightDecay(new Adam(0, 0), 0.5f), 8, 8).step(1, 0, 0))
        .containsExactly(4, 8);
  }
}
