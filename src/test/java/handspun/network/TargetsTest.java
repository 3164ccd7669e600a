package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void wantsOneAtTheLabelAndOneHalfInThePadding() {
    float[] targets = Targets.rows(3);
    assertThat(targets).hasSize(48);
    for (int label = 0; label < 3; label++) {
      for (int o = 0; o < 16; o++) {
        float wanted = o < 3 ? (o == label ? 1 : 0) : 0.5f;
        assertThat(targets[label * 16 + o]).isEqualTo(wanted);
      }
    }
  }
}
