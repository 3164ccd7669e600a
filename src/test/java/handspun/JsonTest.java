package handspun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 256, 1000})
  void writesBytesAsNumbersFromZeroTo255(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (255 - i);
    }
    String numbers =
        IntStream.range(0, count)
            .mapToObj(i -> Integer.toString(bytes[i] & 0xff))
            .collect(Collectors.joining(","));
    byte[] json =
        Json.object(
            to -> {
              to.writeFieldName("bytes");
              Json.writeBytes(to, bytes);
              to.writeNumberField("after", 1);
            });
    assertThat(new String(json, UTF_8)).isEqualTo("{\"bytes\":[" + numbers + "],\"after\":1}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 9000, 100_000})
  void writesAllOfWhatIsLongerThanABuffer(int count) {
    byte[] json =
        Json.array(
            to -> {
              for (int i = 0; i < count; i++) {
                to.writeNumber(i % 10);
              }
            });
    assertThat(json).hasSize(2 * count + 1).endsWith(new byte[] {(byte) ']'});
  }
}
