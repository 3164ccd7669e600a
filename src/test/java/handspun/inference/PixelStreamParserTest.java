package handspun.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PixelStreamParserTest {
  private static PixelStreamParser in(String array) throws IOException {
    byte[] text = ("{\"a\":" + array + ",\"b\":7}").getBytes(UTF_8);
    PixelStreamParser json = PixelStreamParser.of(text, 0, text.length);
    assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
    assertThat(json.nextToken()).isEqualTo(JsonToken.FIELD_NAME);
    assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
    return json;
  }

  private static int[] pixels(Datatype datatype, String array) throws IOException {
    byte[] pixels = new byte[array.length()];
    try (PixelStreamParser json = in(array)) {
      int count = json.pixels(datatype, pixels, 0);
      assertThat(count).as(array).isPositive();
      assertThat(json.currentToken()).isEqualTo(JsonToken.END_ARRAY);
      assertThat(json.nextFieldName()).isEqualTo("b");
      assertThat(json.nextIntValue(0)).isEqualTo(7);
      int[] numbers = new int[count];
      Arrays.setAll(numbers, i -> pixels[i] & 0xff);
      return numbers;
    }
  }

  /** As it is done one by one. */
  private static int expected(String number) {
    return (int) Math.round(255 * Double.parseDouble(number));
  }

  private static void assertReadAsOneByOne(String... numbers) throws IOException {
    int[] expected = Arrays.stream(numbers).mapToInt(PixelStreamParserTest::expected).toArray();
    assertThat(pixels(Datatype.FP32, "[" + String.join(",", numbers) + "]")).isEqualTo(expected);
  }

  @Test
  void readsEveryBrightnessOfAByteHoweverManyDigitsItHas() throws IOException {
    for (int digits = 1; digits <= 18; digits++) {
      String format = "%." + digits + "f";
      String[] numbers = new String[256];
      Arrays.setAll(numbers, i -> format.formatted(i / 255.0));
      assertReadAsOneByOne(numbers);
    }
    String[] shortest = new String[256];
    Arrays.setAll(shortest, i -> new BigDecimal(Double.toString(i / 255.0)).toPlainString());
    assertReadAsOneByOne(shortest);
    String[] singles = new String[256];
    Arrays.setAll(
        singles, i -> new BigDecimal(i / 255f).setScale(18, RoundingMode.HALF_UP).toPlainString());
    assertReadAsOneByOne(singles);
  }

  @Test
  void readsRandomNumbersOfAnyLength() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      String[] numbers = new String[100];
      Arrays.setAll(
          numbers,
          i ->
              "0."
                  + random
                      .ints(1 + random.nextInt(18), 0, 10)
                      .mapToObj(Integer::toString)
                      .collect(Collectors.joining()));
      assertReadAsOneByOne(numbers);
    }
  }

  @Test
  void roundsNumbersAroundTheMiddleBetweenTwoPixelsAsTheyAreRoundedOneByOne() throws IOException {
    for (int pixel = 0; pixel < 255; pixel++) {
      BigDecimal middle = new BigDecimal((pixel + 0.5) / 255).setScale(18, RoundingMode.HALF_UP);
      String[] numbers = new String[41];
      Arrays.setAll(numbers, i -> middle.add(BigDecimal.valueOf(i - 20, 18)).toPlainString());
      assertReadAsOneByOne(numbers);
      assertReadAsOneByOne("0.1", "0.3", "0.5", "0.7", "0.9");
    }
  }

  @Test
  void passesOverBlanks() throws IOException {
    assertThat(pixels(Datatype.FP32, "[ 0 ,\t1.0\r\n,0.0 , 1 ]")).containsExactly(0, 255, 0, 255);
    assertThat(pixels(Datatype.UINT8, "[\n  0,\n  10,\n  255\n]")).containsExactly(0, 10, 255);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[[0]]",
        "[0,[0]]",
        "[0,]",
        "[0 0]",
        "[,0]",
        "[-0]",
        "[00]",
        "[01]",
        "[.5]",
        "[0.]",
        "[+0]",
        "[0x1]",
        "[1e0]",
        "[0.5e0]",
        "[0.5E-1]",
        "[1.5]",
        "[1.000000000000000001]",
        "[2]",
        "[0.0000000000000000001]",
        "[null]",
        "[true]",
        "[\"0\"]",
        "[NaN]",
        "[0,0,0,0]",
        "[0;0]"
      })
  void leavesToJacksonWhatIsNotPlain(String array) throws IOException {
    byte[] pixels = new byte[3];
    try (PixelStreamParser json = in(array)) {
      assertThat(json.pixels(Datatype.FP32, pixels, 0)).isEqualTo(-1);
      assertThat(json.currentToken()).isEqualTo(JsonToken.START_ARRAY);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[256]", "[1000]", "[99999999999]", "[1.0]", "[0.5]", "[-1]", "[007]"})
  void takesWholeNumbersOfAByteOnlyForBytes(String array) throws IOException {
    try (PixelStreamParser json = in(array)) {
      assertThat(json.pixels(Datatype.UINT8, new byte[9], 0)).isEqualTo(-1);
    }
  }

  @Test
  void goesOnAtTheSameElementIfTheLastIsNotPlain() throws IOException {
    try (PixelStreamParser json = in("[0, 1, 1e0]")) {
      assertThat(json.pixels(Datatype.FP32, new byte[9], 0)).isEqualTo(-1);
      assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
      assertThat(json.getDoubleValue()).isZero();
      assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_INT);
      assertThat(json.nextToken()).isEqualTo(JsonToken.VALUE_NUMBER_FLOAT);
      assertThat(json.nextToken()).isEqualTo(JsonToken.END_ARRAY);
    }
  }

  @Test
  void neverReadsBehindTheTextThatItIsGiven() throws IOException {
    byte[] text = "[0,0.5,1]".getBytes(UTF_8);
    for (int length = 1; length < text.length; length++) {
      try (PixelStreamParser json = PixelStreamParser.of(text, 0, length)) {
        json.nextToken();
        assertThat(json.pixels(Datatype.FP32, new byte[9], 0)).isEqualTo(-1);
      }
    }
  }

  @Test
  void refusesANameThatComesTwice() throws IOException {
    byte[] text = "{\"a\":1,\"a\":2}".getBytes(UTF_8);
    try (PixelStreamParser json = PixelStreamParser.of(text, 0, text.length)) {
      json.nextToken();
      json.nextToken();
      json.nextToken();
      assertThatThrownBy(json::nextToken)
          .isInstanceOf(JsonParseException.class)
          .hasMessageContaining("Duplicate field 'a'");
    }
  }
}
