package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BrightnessTest {
  @Test
  void readsBytesAsUnsigned() {
    assertThat(Brightness.of((byte) 0)).isEqualTo(0f);
    assertThat(Brightness.of((byte) 255)).isEqualTo(1f);
    assertThat(Brightness.of((byte) 128)).isEqualTo(128 / 255f);
    assertThat(Brightness.of((byte) 51)).isEqualTo(0.2f);
  }

  @Test
  void growsWithEveryStep() {
    for (int v = 1; v < 256; v++) {
      assertThat(Brightness.of((byte) v)).isGreaterThan(Brightness.of((byte) (v - 1)));
    }
  }
}
