package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LogLikelihoodTest {
  private final Cost cost = new LogLikelihood();

  @Test
  void isMinusTheLogarithmOfTheOutputAtTheLabel() {
    float[] outputs = {9, 0.5f, 0.25f, 0.25f};
    assertThat(cost.of(new float[] {0, 1, 0}, 0, outputs, 1, 3))
        .isCloseTo(2 * 0.6931471805599453, within(1e-12));
    assertThat(cost.of(new float[] {1, 0, 0}, 0, outputs, 1, 3))
        .isCloseTo(0.6931471805599453, within(1e-12));
  }

  @Test
  void countsEveryOutputThatIsWanted() {
    float[] outputs = {0.5f, 0.25f, 0.25f};
    // 0.75 ln 2 + 0.25 ln 4
    assertThat(cost.of(new float[] {9, 0.75f, 0.25f, 0}, 1, outputs, 0, 3))
        .isCloseTo(1.25 * 0.6931471805599453, within(1e-12));
  }

  @Test
  void hasAnEndWhereAllIsWrongAndIsZeroWhereAllIsRight() {
    assertThat(cost.of(new float[] {1, 0}, 0, new float[] {0, 1}, 0, 2))
        .isCloseTo(17.328679513998632, within(1e-9));
    assertThat(cost.of(new float[] {0, 1}, 0, new float[] {0, 1}, 0, 2)).isZero();
  }

  @Test
  void isNaNWhereTheOutputIs() {
    assertThat(cost.of(new float[] {1, 0}, 0, new float[] {Float.NaN, 0}, 0, 2)).isNaN();
  }

  @Test
  void isOfSoftmaxOutputs() {
    assertThat(cost.outputs()).isEqualTo(Outputs.SOFTMAX);
  }
}
