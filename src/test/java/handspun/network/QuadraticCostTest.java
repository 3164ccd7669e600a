package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuadraticCostTest {
  @Test
  void isHalfTheSquaredDistanceFromTheWantedOutputs() {
    float[] outputs = {9, 0.5f, 0.25f, 1, 9};
    assertThat(QuadraticCost.of(2, outputs, 1, 3)).isEqualTo((0.25 + 0.0625) / 2);
    assertThat(QuadraticCost.of(0, outputs, 1, 3)).isEqualTo((0.25 + 0.0625 + 1) / 2);
  }

  @Test
  void isNaNWhereAnOutputIs() {
    assertThat(QuadraticCost.of(0, new float[] {0.5f, Float.NaN}, 0, 2)).isNaN();
  }

  @Test
  void wantsOneAtTheLabelAndOneHalfInThePadding() {
    float[] targets = QuadraticCost.targets(3, 16);
    assertThat(targets).hasSize(48);
    for (int label = 0; label < 3; label++) {
      for (int o = 0; o < 16; o++) {
        float wanted = o < 3 ? (o == label ? 1 : 0) : 0.5f;
        assertThat(targets[label * 16 + o]).isEqualTo(wanted);
      }
    }
  }
}
