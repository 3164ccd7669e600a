package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.image.PaperDrawing;
import handspun.serve.PredictJson.Drawing;
import handspun.serve.PredictJson.Pixels;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PredictJsonTest {
  private static PredictJson parse(String json) {
    return PredictJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static String repeated(int count, String each) {
    return "[" + String.join(",", Collections.nCopies(count, each)) + "]";
  }

  @Test
  void hasStrokesAndThePensWidth() {
    PredictJson asked =
        parse("{\"pen\": 1.5, \"strokes\": [[[0, 0.25], [1, 0.5]], [[0.75, 1e-3]]]}");
    assertThat(asked.isBatch()).isFalse();
    PaperDrawing drawing = ((Drawing) asked.instances().get(0)).drawing();
    assertThat(drawing.strokes()).isDeepEqualTo(new double[][] {{0, 0.25, 1, 0.5}, {0.75, 0.001}});
    assertThat(drawing.pen()).isEqualTo(1.5);
  }

  @Test
  void hasAUsualPenIfNoneIsNamedAndPassesOverOtherFields() {
    PredictJson asked = parse("{\"about\": {\"strokes\": 3}, \"strokes\": [[[0.5, 0.5]]]}");
    assertThat(((Drawing) asked.instances().get(0)).drawing().pen()).isEqualTo(1);
  }

  @Test
  void hasInstancesOfBothKindsInTheirOrder() {
    PredictJson asked =
        parse(
            "{\"instances\": [{\"strokes\": [[[0, 0]]]}, {\"pixels\": "
                + repeated(784, "1")
                + "}, {\"strokes\": [[], [[1, 1]]]}]}");
    assertThat(asked.isBatch()).isTrue();
    assertThat(asked.instances())
        .hasExactlyElementsOfTypes(Drawing.class, Pixels.class, Drawing.class);
    assertThat(((Pixels) asked.instances().get(1)).pixels()).containsOnly(255);
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of("{\"strokes\": 1}", "\"strokes\" is not an array"),
        Arguments.of("{\"strokes\": []}", "\"strokes\" has no points"),
        Arguments.of("{\"strokes\": [[]]}", "\"strokes\" has no points"),
        Arguments.of("{\"strokes\": [[[0, 0]], 7]}", "Stroke 1 is not an array"),
        Arguments.of("{\"strokes\": [[[0, 0], 0.5]]}", "Point 1 of stroke 0 is not an array"),
        Arguments.of("{\"strokes\": [[[0]]]}", "Point 0 of stroke 0 is not two numbers"),
        Arguments.of("{\"strokes\": [[[0, \"1\"]]]}", "Point 0 of stroke 0 is not two numbers"),
        Arguments.of(
            "{\"strokes\": [[[0, 0, 0]]]}", "Point 0 of stroke 0 has more than two numbers"),
        Arguments.of("{\"strokes\": [[[0, 140]]]}", "Point 0 of stroke 0 has 140.0, but"),
        Arguments.of("{\"strokes\": [[[-0.1, 0]]]}", "Point 0 of stroke 0 has -0.1, but"),
        Arguments.of("{\"strokes\": [[[1e999, 0]]]}", "Point 0 of stroke 0 has Infinity, but"),
        Arguments.of(
            "{\"strokes\": [" + repeated(PredictJson.MOST_POINTS + 1, "[0,0]") + "]}",
            "\"strokes\" has more than 10000 points"),
        Arguments.of("{\"strokes\": [[[0, 0]]], \"pen\": 0}", "\"pen\" is 0.0, but"),
        Arguments.of("{\"strokes\": [[[0, 0]]], \"pen\": 9}", "\"pen\" is 9.0, but"),
        Arguments.of("{\"strokes\": [[[0, 0]]], \"pen\": []}", "\"pen\" is not a number, but"),
        Arguments.of(
            "{\"strokes\": [[[0, 0]]], \"pixels\": " + repeated(784, "0") + "}",
            "more than one of"),
        Arguments.of("{\"instances\": {}}", "\"instances\" is not an array"),
        Arguments.of("{\"instances\": []}", "\"instances\" is empty"),
        Arguments.of("{\"instances\": [[]]}", "Instance 0 is not a JSON object"),
        Arguments.of("{\"instances\": [{}]}", "none of \"pixels\", \"strokes\""),
        Arguments.of("{\"instances\": [{\"instances\": []}]}", "An instance has instances"),
        Arguments.of(
            "{\"instances\": " + repeated(1001, "{\"strokes\":[[[0,0]]]}") + "}",
            "\"instances\" has more than 1000"),
        Arguments.of("{\"strokes\": [[[0, 0", "not valid JSON"),
        Arguments.of("{\"instances\": [{\"strokes\": [[[0,0]]]}", "not valid JSON"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void saysWhatIsWrongAndWhatToSend(String body, String problem) {
    assertThatThrownBy(() -> parse(body))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("{\"strokes\": [[[x, y], ...], ...]}");
  }
}
