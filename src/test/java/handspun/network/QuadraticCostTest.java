package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuadraticCostTest {
  @Test
  void isHalfTheSquaredDistanceFromTheWantedOutputs() {
    float[] outputs = {9, 0.5f, 0.25f, 1, 9};
    assertThat(new QuadraticCost().of(2, outputs, 1, 3)).isEqualTo((0.25 + 0.0625) / 2);
    assertThat(new QuadraticCost().of(0, outputs, 1, 3)).isEqualTo((0.25 + 0.0625 + 1) / 2);
  }

  @Test
  void isNaNWhereAnOutputIs() {
    assertThat(new QuadraticCost().of(0, new float[] {0.5f, Float.NaN}, 0, 2)).isNaN();
  }
}
