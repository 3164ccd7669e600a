package handspun.train;

import static handspun.train.Hyperparameters.MOMENTUM;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Share;
import handspun.network.Layout;
import handspun.network.Topology;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentumTest {
  private final Layout layout = new Layout(new Topology(1, 1));
  private final Momentum momentum = new Momentum(0.5f);

  @Test
  void keepsAPartOfEveryStep() {
    // One weight and one bias.
    float[] w = layout.toWorking(new float[] {1, 2});
    float[][] memory = {new float[layout.gradientLength()]};
    assertThat(step(w, memory, 4, -8)).containsExactly(1 + 4, 2 - 8);
    // v = 0.5 * 4 + 1 and 0.5 * -8 + 0
    assertThat(step(w, memory, 1, 0)).containsExactly(5 + 3, -6 - 4);
    assertThat(step(w, memory, 0, 0)).containsExactly(8 + 1.5f, -10 - 2);
    assertThat(layout.toParameters(memory[0])).containsExactly(1.5f, -2);
  }

  private static WorkingModel model(float[] w, float[][] memory) {
    return new WorkingModel(w, memory, new float[0]);
  }

  private float[] step(float[] w, float[][] memory, float... sum) {
    float[] target = momentum.prepare(model(w, memory), layout, Share.WHOLE, 1, 1);
    assertThat(target).isSameAs(memory[0]);
    float[] gradient = new float[layout.gradientLength()];
    layout.toGradient(sum, gradient);
    for (int t = 0; t < gradient.length; t++) {
      target[t] += gradient[t];
    }
    momentum.step(model(w, memory), layout, Share.WHOLE, 1, 1);
    return layout.toParameters(w);
  }

  @Test
  void sharesMakeUpTheWhole() {
    Layout wide = new Layout(new Topology(5, 3, 2));
    float[] w = wide.newWorking();
    float[][] memory = {new float[wide.gradientLength()]};
    float[] ones = new float[wide.topology().parameterCount()];
    Arrays.fill(ones, 1);
    wide.toGradient(ones, memory[0]);
    for (int part = 0; part < 3; part++) {
      Share share = new Share(part, 3);
      momentum.prepare(model(w, memory), wide, share, 1, 1);
      momentum.step(model(w, memory), wide, share, 1, 1);
    }
    assertThat(wide.toParameters(w)).containsOnly(0.5f);
    assertThat(wide.toParameters(memory[0])).containsOnly(0.5f);
  }

  @Test
  void aPlanWithoutMomentumHasNoMemory() {
    Plan plan = new Plan(new Topology(784, 16, 16, 10), 30, 10, 3, 1, 1);
    assertThat(Optimizer.of(plan, 1)).isEqualTo(new GradientDescent());
    assertThat(TrainingState.initial(plan).model().memory()).isEmpty();
    Plan with = plan.with(MOMENTUM, 0.9f);
    assertThat(Optimizer.of(with, 1)).isEqualTo(new Momentum(0.9f));
    List<float[]> memory = TrainingState.initial(with).model().memory();
    assertThat(memory).singleElement().isEqualTo(new float[13_002]);
  }
}
