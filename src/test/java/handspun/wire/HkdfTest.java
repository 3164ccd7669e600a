package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class HkdfTest {
  private static final HexFormat HEX = HexFormat.of();

  private static byte[] range(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = from; i < to; i++) {
      bytes[i - from] = (byte) i;
    }
    return bytes;
  }

  @Test
  void givesTheKeysOfRfc5869() {
    byte[] short22 = HEX.parseHex("0b".repeat(22));
    assertThat(HEX.formatHex(Hkdf.derive(short22, range(0, 13), range(0xf0, 0xfa), 42)))
        .isEqualTo(
            "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
    assertThat(
            HEX.formatHex(Hkdf.derive(range(0, 0x50), range(0x60, 0xb0), range(0xb0, 0x100), 82)))
        .isEqualTo(
            "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                + "cc30c58179ec3e87c14c01d5c1f3434f1d87");
  }

  @Test
  void hasNoLongerKeyThanTheStandardAllows() {
    assertThat(Hkdf.derive(range(0, 9), range(0, 9), range(0, 9), 255 * 32)).hasSize(8160);
    assertThatThrownBy(() -> Hkdf.derive(range(0, 9), range(0, 9), range(0, 9), 255 * 32 + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
