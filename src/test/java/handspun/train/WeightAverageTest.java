package handspun.train;

import static handspun.train.Hyperparameters.AVERAGE;
import static handspun.train.Hyperparameters.MOMENTUM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.network.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeightAverageTest {
  @Test
  void beginsWithTheFirstStepAndThenIsTheMeanOverItsSteps() {
    // Over two steps, half of each new one is taken.
    SteppedModel model = new SteppedModel(new WeightAverage(new GradientDescent(), 2), 0, 16);
    model.step(1, 8, 0);
    assertThat(model.memory(0)).containsExactly(8, 16);
    // In step 2 only 1/11 is kept.
    model.step(1, 11, 0);
    assertThat(model.memory(0)[0]).isCloseTo(8 + 11 * 10f / 11, within(1e-5f));
    for (int step = 3; step < 12; step++) {
      model.step(1, 0, 0);
    }
    float before = model.memory(0)[0];
    assertThat(before).isCloseTo(19, within(0.01f));
    assertThat(model.step(1, 4, 0)[0]).isEqualTo(23);
    assertThat(model.memory(0)[0]).isCloseTo((before + 23) / 2, within(1e-5f));
  }

  @Test
  void isTheLastOfTheVectorsAndTheNetworkOfThePlan() {
    Plan plan = new Plan(new Topology(1, 1), 1, 1, 1, 1, 1).with(MOMENTUM, 0.5f).with(AVERAGE, 1f);
    assertThat(Optimizer.of(plan, 8)).isEqualTo(new WeightAverage(new Momentum(0.5f), 8));
    assertThat(Optimizer.of(plan.with(AVERAGE, 0.01f), 8))
        .isEqualTo(new WeightAverage(new Momentum(0.5f), 1));
    ModelState state =
        new ModelState(new float[] {1, 2}, List.of(new float[] {3, 4}, new float[] {5, 6}));
    assertThat(plan.parameters(state)).containsExactly(5, 6);
    assertThat(plan.with(AVERAGE, 0f).parameters(state)).containsExactly(1, 2);
  }
}
