package handspun.inference;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.Json;
import handspun.read.Readings;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ClassificationTest {
  /** Of two images, with outputs of four classes. */
  private static final Readings READINGS =
      new Readings(
          4, new float[] {0.25f, 0.5f, 0.5f, 1e-10f, 0, 0, 0, 1}, new int[2], new float[2]);

  private static String json(int most) {
    byte[] json = Json.array(to -> new Classification(most).write(READINGS, to));
    return new String(json, StandardCharsets.UTF_8);
  }

  @Test
  void theLargestComesFirstAndOfEqualsTheSmallerClass() {
    assertThat(json(2)).isEqualTo("[\"0.5:1\",\"0.5:2\",\"1.0:3\",\"0.0:0\"]");
  }

  @Test
  void aSmallValueHasAllItsDigitsAndNoExponent() {
    assertThat(json(4)).contains("\"0.00000000010:3\"");
  }

  @Test
  void itsBinaryDataAreTextsBehindTheirLengths() {
    Classification first = new Classification(1);
    assertThat(first.shape(2, 4)).containsExactly(2, 1);
    assertThat(first.bytes(READINGS)).isEqualTo(2 * (4 + 5));
    ByteBuffer data = ByteBuffer.allocate(first.bytes(READINGS)).order(ByteOrder.LITTLE_ENDIAN);
    first.write(READINGS, data);
    assertThat(new String(data.array(), StandardCharsets.ISO_8859_1))
        .isEqualTo("\5\0\0\0000.5:1\5\0\0\0001.0:3");
  }
}
