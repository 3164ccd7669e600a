package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuadraticCostTest {
  private final Cost cost = new QuadraticCost();

  @Test
  void isHalfTheSquaredDistanceFromTheWantedOutputs() {
    float[] outputs = {9, 0.5f, 0.25f, 1, 9};
    float[] targets = {7, 0, 0, 1, 1, 0, 0};
    assertThat(cost.of(targets, 1, outputs, 1, 3)).isEqualTo((0.25 + 0.0625) / 2);
    assertThat(cost.of(targets, 4, outputs, 1, 3)).isEqualTo((0.25 + 0.0625 + 1) / 2);
  }

  @Test
  void isNaNWhereAnOutputIs() {
    assertThat(cost.of(new float[] {1, 0}, 0, new float[] {0.5f, Float.NaN}, 0, 2)).isNaN();
  }
}
