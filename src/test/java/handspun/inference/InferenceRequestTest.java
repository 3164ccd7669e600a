package handspun.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceRequestTest {
  /** Two images that differ in every pixel. */
  private static final int[] TWO = IntStream.range(0, 2 * 784).map(i -> (i * 7) % 256).toArray();

  private static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  private static String input(String shape, String datatype, String data) {
    return "{\"inputs\":[{\"name\":\"pixels\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}]}"
        .formatted(shape, datatype, data);
  }

  private static InferenceRequest read(String json) {
    return InferenceRequest.read(bytes(json));
  }

  private static String array(List<String> elements) {
    return elements.stream().collect(Collectors.joining(",", "[", "]"));
  }

  private static List<String> numbers() {
    return Arrays.stream(TWO).mapToObj(Integer::toString).toList();
  }

  /** Arrays of so many of the elements each. */
  private static List<String> nested(List<String> elements, int each) {
    return IntStream.range(0, elements.size() / each)
        .mapToObj(i -> array(elements.subList(i * each, (i + 1) * each)))
        .toList();
  }

  private static String many(int count, String each) {
    return array(Collections.nCopies(count, each));
  }

  private static int[] pixels(ImageTensor images) {
    byte[] all = new byte[784 * images.count()];
    for (int i = 0; i < images.count(); i++) {
      images.copyPixels(i, all, 784 * i);
    }
    return IntStream.range(0, all.length).map(i -> all[i] & 0xff).toArray();
  }

  private static void assertRefused(String json, String message) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedRequest.class).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[2,784]", "[2,28,28]", "[2,28,28,1]"})
  void dataMayBeFlatOrNestedInEveryShape(String shape) {
    List<String> images = nested(numbers(), 784);
    List<String> rows = nested(nested(numbers(), 28), 28);
    List<String> pixels = nested(nested(nested(numbers(), 1), 28), 28);
    for (List<String> data : List.of(numbers(), images, rows, pixels)) {
      assertThat(pixels(read(input(shape, "UINT8", array(data))).images())).isEqualTo(TWO);
    }
  }

  @Test
  void brightnessBecomesTheNearestOf256() {
    List<String> brightness =
        Arrays.stream(TWO).mapToObj(pixel -> Float.toString(pixel / 255f)).toList();
    assertThat(pixels(read(input("[2,784]", "FP32", array(brightness))).images())).isEqualTo(TWO);
  }

  @Test
  void fieldsMayComeInAnyOrder() {
    String json =
        "{\"outputs\":[],\"inputs\":[{\"data\":%s,\"parameters\":{},\"datatype\":\"UINT8\",\"shape\":[2,784],\"name\":\"pixels\"}],\"id\":\"a\"}"
            .formatted(array(nested(numbers(), 784)));
    InferenceRequest request = read(json);
    assertThat(pixels(request.images())).isEqualTo(TWO);
    assertThat(request.id()).contains("a");
  }

  @Test
  void whatMeansNothingIsPassedOver() {
    String json =
        "{\"model_name\":\"x\",\"parameters\":{\"a\":{\"b\":[1]},\"c\":null,\"priority\":3},\"inputs\":[{\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"FP32\",\"parameters\":{\"content_type\":\"np\"},\"data\":%s,\"more\":[{}]}]}"
            .formatted(many(784, "0"));
    assertThat(read(json).images().count()).isEqualTo(1);
  }

  @Test
  void whatIsNullIsTakenForMissing() {
    String json =
        "{\"id\":null,\"parameters\":null,\"outputs\":null,\"inputs\":[{\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"FP32\",\"parameters\":null,\"data\":%s}]}"
            .formatted(many(784, "0"));
    assertThat(read(json).id()).isEmpty();
    assertThat(read(json).outputs()).hasSize(3);
    assertRefused(
        "{\"inputs\":null}",
        "The request has no \"inputs\": send one, {\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"FP32\",\"data\":[...]}.");
  }

  @Test
  void aBodyWithoutJsonIsBrightnessAndAllOutputsAreBinary() {
    ByteBuffer two = ByteBuffer.allocate(2 * 784 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int pixel : TWO) {
      two.putFloat(pixel / 255f);
    }
    InferenceRequest request = InferenceRequest.read(two.array(), "0");
    assertThat(pixels(request.images())).isEqualTo(TWO);
    assertThat(request.outputs()).hasSize(3).allMatch(InferenceRequest.RequestedOutput::isBinary);
    for (int size : new int[] {0, 1, 784, 3135, 10_001 * 3136}) {
      assertThatThrownBy(() -> InferenceRequest.read(new byte[size], "0"))
          .isInstanceOf(MalformedRequest.class)
          .hasMessageStartingWith("The body has %d bytes and", size);
    }
  }

  @Test
  void allOutputsAreAnsweredUnlessSomeAreAskedFor() {
    String all = input("[1,784]", "FP32", many(784, "1"));
    assertThat(read(all).outputs())
        .extracting(one -> one.output().tensor() + " " + one.isBinary())
        .containsExactly("outputs false", "digit false", "score false");
    String some =
        all.replace(
            "{\"inputs\"",
            "{\"outputs\":[{\"name\":\"score\"},{\"name\":\"digit\",\"parameters\":{\"binary_data\":true}}],\"inputs\"");
    assertThat(read(some).outputs())
        .extracting(one -> one.output().tensor() + " " + one.isBinary())
        .containsExactly("score false", "digit true");
    String binary =
        all.replace(
            "{\"inputs\"",
            "{\"parameters\":{\"binary_data_output\":true},\"outputs\":[{\"name\":\"score\"},{\"name\":\"digit\",\"parameters\":{\"binary_data\":false}}],\"inputs\"");
    assertThat(read(binary).outputs())
        .extracting(one -> one.output().tensor() + " " + one.isBinary())
        .containsExactly("score true", "digit false");
  }

  private static byte[] binary(String json, byte[] data) {
    byte[] body = Arrays.copyOf(bytes(json), bytes(json).length + data.length);
    System.arraycopy(data, 0, body, bytes(json).length, data.length);
    return body;
  }

  private static String binaryInput(String datatype, long size) {
    return "{\"inputs\":[{\"name\":\"pixels\",\"shape\":[2,784],\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%d}}]}"
        .formatted(datatype, size);
  }

  private static ImageTensor readBinary(String json, byte[] data) {
    return InferenceRequest.read(binary(json, data), Integer.toString(json.length())).images();
  }

  @Test
  void binaryDataFollowTheJson() {
    byte[] bytes = new byte[TWO.length];
    ByteBuffer singles = ByteBuffer.allocate(4 * TWO.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < TWO.length; i++) {
      bytes[i] = (byte) TWO[i];
      singles.putFloat(TWO[i] / 255f);
    }
    assertThat(pixels(readBinary(binaryInput("UINT8", bytes.length), bytes))).isEqualTo(TWO);
    assertThat(pixels(readBinary(binaryInput("FP32", singles.capacity()), singles.array())))
        .isEqualTo(TWO);
  }

  @Test
  void everyBrightnessIsRoundedAsFromJson() {
    ByteBuffer singles = ByteBuffer.allocate(4 * TWO.length).order(ByteOrder.LITTLE_ENDIAN);
    int[] wanted = new int[TWO.length];
    for (int i = 0; i < TWO.length; i++) {
      // Around each border between two pixels, and at the smallest numbers.
      int below = i / 6;
      float brightness = i == 0 ? Float.MIN_VALUE : (float) ((below + 0.5) / 255);
      for (int up = i % 6 - 3; up > 0; up--) {
        brightness = Math.nextUp(brightness);
      }
      for (int down = 3 - i % 6; down > 0; down--) {
        brightness = Math.nextDown(brightness);
      }
      brightness = Math.max(0, Math.min(1, brightness));
      singles.putFloat(brightness);
      wanted[i] = (int) Math.round(255 * (double) brightness);
    }
    assertThat(pixels(readBinary(binaryInput("FP32", singles.capacity()), singles.array())))
        .isEqualTo(wanted);
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1.0001f, Float.NaN, Float.POSITIVE_INFINITY, 253})
  void refusesBrightnessThatIsNone(float brightness) {
    ByteBuffer singles = ByteBuffer.allocate(4 * TWO.length).order(ByteOrder.LITTLE_ENDIAN);
    singles.putFloat(4 * (784 + 3), brightness);
    ImageTensor images = readBinary(binaryInput("FP32", singles.capacity()), singles.array());
    assertThatThrownBy(() -> pixels(images))
        .isInstanceOf(MalformedRequest.class)
        .hasMessage(
            "Pixel 3 of image 1 is %s: send numbers from 0 to 1, or UINT8 from 0 to 255."
                .formatted(brightness));
  }

  @Test
  void refusesBinaryDataOfAnotherSize() {
    assertThatThrownBy(() -> readBinary(binaryInput("UINT8", 1568), new byte[1567]))
        .hasMessage("1567 bytes follow the JSON, but \"binary_data_size\" is 1568.");
    assertThatThrownBy(() -> readBinary(binaryInput("UINT8", 1567), new byte[1567]))
        .hasMessage("\"binary_data_size\" is 1567, but UINT8 of shape [2, 784] take 1568 bytes.");
    assertRefused(
        binaryInput("UINT8", 1568),
        "The input has binary data, but no header Inference-Header-Content-Length says where they begin: send it.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "", "x", "9999999999", "200", "1e1"})
  void refusesALengthThatIsNone(String length) {
    assertThatThrownBy(() -> InferenceRequest.read(new byte[100], length))
        .isInstanceOf(MalformedRequest.class)
        .hasMessageStartingWith("Inference-Header-Content-Length is \"%s\"".formatted(length))
        .hasMessageEndingWith("up to the body's 100.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[784]",
        "[1,783]",
        "[0,784]",
        "[-1,784]",
        "[10001,784]",
        "[1,28,27]",
        "[1,28,28,3]",
        "[1,28]",
        "[1,1,784]",
        "[9223372036854775807,784]"
      })
  void refusesOtherShapes(String shape) {
    assertRefused(
        input(shape, "FP32", many(784, "0")),
        "The input's shape is %s, but must be [n,784], [n,28,28] or [n,28,28,1] with n from 1 to 10000."
            .formatted(shape.replace(",", ", ")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,\"x\"] | The input's \"shape\" has x: send whole numbers, as [1,784].",
        "[1.5,784] | The input's \"shape\" has 1.5: send whole numbers, as [1,784].",
        "[99999999999999999999,784] | The input's \"shape\" has 99999999999999999999: send whole numbers, as [1,784].",
        "[1,1,1,1,1,1] | The input's \"shape\" has too many: send whole numbers, as [1,784].",
        "784 | \"shape\" begins with 784, but must be an array."
      })
  void refusesWhatIsNoShape(String shape, String message) {
    assertRefused(input(shape, "FP32", many(784, "0")), message);
  }

  @Test
  void refusesDataThatAreNotOfTheShape() {
    assertRefused(
        input("[1,784]", "FP32", many(783, "0")),
        "The data have 783 numbers: send 784 of each image.");
    assertRefused(
        input("[1,784]", "FP32", many(2 * 784, "0")),
        "The input's shape is [1, 784], but its data have 1568 numbers: send 784.");
    assertRefused(
        input("[2,784]", "FP32", "[%s,%s]".formatted(many(785, "0"), many(783, "0"))),
        "Image 0 has 785 numbers in 0 arrays: send 784 numbers, all in arrays of one length or none.");
    assertRefused(
        input("[1,784]", "FP32", "[0,%s]".formatted(many(783, "0"))),
        "The data have an array after 1 numbers: send only numbers, or an array for each image.");
    assertRefused(
        input("[1,28,28]", "FP32", "[%s]".formatted(many(28, many(28, many(1, many(1, "0")))))),
        "Pixel 0 of image 0 is no number ([): send numbers from 0 to 1, or UINT8 from 0 to 255.");
    assertRefused(
        input("[10000,784]", "UINT8", many(7_840_001, "0")),
        "The data have more than 10000 images: send them in several requests.");
  }

  @ParameterizedTest
  @CsvSource({
    "FP32, 1.5, 1.5",
    "FP32, -1, -1.0",
    "FP32, 255, 255.0",
    "FP32, 1e999, Infinity",
    "FP32, true, no number (true)",
    "FP32, null, no number (null)",
    "UINT8, 0.5, 0.5",
    "UINT8, 256, 256.0",
    "UINT8, -1, -1.0"
  })
  void refusesPixelsThatAreNone(String datatype, String pixel, String found) {
    String data = "[[%s,%s]]".formatted(many(783, "0").replaceAll("[\\[\\]]", ""), pixel);
    assertThatThrownBy(() -> read(input("[1,784]", datatype, data)))
        .isInstanceOf(MalformedRequest.class)
        .hasMessageStartingWith("Pixel 783 of image 0 is %s: send ".formatted(found));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | The body is not a JSON object: send one.",
        "{} | The request has no \"inputs\": send one, {\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"FP32\",\"data\":[...]}.",
        "{\"inputs\":[]} | \"inputs\" has 0 tensors: send one, {\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"FP32\",\"data\":[...]}.",
        "{\"inputs\":{}} | \"inputs\" begins with {, but must be an array.",
        "{\"inputs\":[3]} | An element begins with 3, but must be an object, as {\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"FP32\",\"data\":[...]}.",
        "{\"inputs\":[{}]} | The input is named \"\", but must be named \"pixels\".",
        "{\"inputs\":[{\"name\":\"x\"}]} | The input is named \"x\", but must be named \"pixels\".",
        "{\"inputs\":[{\"name\":\"pixels\"}]} | The input has no \"datatype\": send FP32 or UINT8.",
        "{\"inputs\":[{\"datatype\":\"FP64\"}]} | The input's datatype is \"FP64\", but must be FP32 or UINT8.",
        "{\"inputs\":[{\"name\":\"pixels\",\"datatype\":\"FP32\",\"shape\":[1,784]}]} | The input has neither \"data\" nor the parameter \"binary_data_size\": send one of them.",
        "{\"inputs\":[{\"parameters\":{\"binary_data_size\":\"x\"}}]} | The parameter \"binary_data_size\" is x, but must be a whole number.",
        "{\"id\":7} | \"id\" begins with 7, but must be a text.",
        "{\"parameters\":[]} | \"parameters\" begins with [, but must be an object.",
        "{\"parameters\":{\"binary_data_output\":1}} | The parameter \"binary_data_output\" is 1, but must be true or false.",
        "{\"outputs\":[{\"name\":\"x\"}]} | The model has no output \"x\": ask for \"outputs\", \"digit\", \"score\".",
        "{\"outputs\":[{}]} | A requested output has no \"name\".",
        "{\"outputs\":[{\"name\":\"digit\"},{\"name\":\"digit\"}]} | The output \"digit\" is asked for twice: ask once.",
        "{\"outputs\":[{\"name\":\"digit\",\"parameters\":{\"classification\":3}}]} | \"classification\" is 3 of the output \"digit\": ask for some classes of \"outputs\".",
        "{\"outputs\":[{\"name\":\"outputs\",\"parameters\":{\"classification\":-1}}]} | \"classification\" is -1 of the output \"outputs\": ask for some classes of \"outputs\".",
        "{\"outputs\":[{\"name\":\"outputs\",\"parameters\":{\"shared_memory_region\":\"r\"}}]} | Outputs are not written to shared memory: ask for them in the answer."
      })
  void saysWhatIsWrong(String json, String message) {
    assertRefused(json, message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"inputs\":[",
        "{\"inputs\":[{\"data\":[",
        "{\"id\":\"a\",\"id\":\"b\"}",
        "{\"a\":NaN}",
        "{} {}",
        "\u0000"
      })
  void refusesWhatIsNoJsonObject(String json) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedRequest.class);
  }
}
