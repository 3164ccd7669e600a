package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AdamTest {
  private final Adam adam = new Adam(0.5f, 0.75f);

  @Test
  void theFirstStepIsTheLearningRateHoweverLargeTheGradientIs() {
    assertThat(new SteppedModel(adam, 1, 2).step(0.25f, 1000, -0.001f))
        .containsExactly(new float[] {1.25f, 1.75f}, within(1e-5f));
  }

  @Test
  void laterStepsAreTheMeanGradientByTheRootOfItsMeanSquare() {
    SteppedModel model = new SteppedModel(adam, 0, 0);
    model.step(0.25f, 4, -4);
    float[] before = model.step(0, 0, 0);
    // m = 0.5 * 2 + 0 and v = 0.75 * 4 + 0 after the second step; then m = 0.5 * 1 + 0.5 * 2 = 1.5
    // and v = 0.75 * 3 + 0.25 * 4 = 3.25. Unbiased: 1.5 / (1 - 1/8), 3.25 / (1 - 27/64).
    float[] after = model.step(0.5f, 2, 2);
    assertThat(model.memory(0)[0]).isEqualTo(1.5f);
    assertThat(model.memory(1)[0]).isEqualTo(3.25f);
    double expected = 0.5 * (1.5 / 0.875) / Math.sqrt(3.25 / (1 - 27.0 / 64));
    assertThat(after[0] - before[0]).isCloseTo((float) expected, within(1e-6f));
    // m = 0.5 * -1 + 0.5 * 2
    assertThat(model.memory(0)[1]).isEqualTo(0.5f);
  }

  @Test
  void wantsGradientsWithoutTheLearningRate() {
    assertThat(adam.factor(3)).isEqualTo(-1);
  }

  @Test
  void whatHasNoGradientStays() {
    assertThat(new SteppedModel(adam, 1, 2).step(0.25f, 0, 0)).containsExactly(1, 2);
  }
}
