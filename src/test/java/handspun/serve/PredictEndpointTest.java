package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.image.Mnist;
import handspun.network.Inputs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Strokes and batches over real HTTP; {@code ExactIT} compares strokes with the page's picture. */
class PredictEndpointTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final String ONE =
      "{\"strokes\": [[[0.53, 0.15], [0.52, 0.3], [0.51, 0.5], [0.5, 0.7], [0.49, 0.85]]]}";

  private static final String SEVEN =
      "{\"strokes\": [[[0.28, 0.22], [0.4, 0.21], [0.7, 0.2], [0.62, 0.4], [0.46, 0.85]]]}";

  private static DigitServer server;

  @BeforeAll
  static void start() {
    server = ServedNetwork.learned().serve();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> post(String json) throws Exception {
    URI address = server.address().resolve("/api/predict");
    return CLIENT.send(
        HttpRequest.newBuilder(address)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonNode predicted(String json) throws Exception {
    HttpResponse<String> response = post(json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  @Test
  void readsStrokes() throws Exception {
    assertThat(predicted(ONE).get("digit").asInt()).isEqualTo(1);
    assertThat(predicted(SEVEN).get("digit").asInt()).isEqualTo(7);
  }

  @Test
  void readsStrokesTheSameWhereverAndHoweverLargeTheyAre() throws Exception {
    String small = "{\"strokes\": [[[0.75, 0.25], [0.75, 0.5]]]}";
    String large = "{\"strokes\": [[[0.5, 0], [0.5, 1]]]}";
    assertThat(predicted(small)).isEqualTo(predicted(large));
  }

  @Test
  void readsATouchOfThePenAsADot() throws Exception {
    JsonNode dot = predicted("{\"strokes\": [[[0.9, 0.1]]]}");
    assertThat(dot.get("input").get(14 * 28 + 14).asInt()).isPositive();
    assertThat(dot.get("input").get(0).asInt()).isZero();
  }

  @Test
  void readsABatchAsItReadsEachOfIt() throws Exception {
    List<String> instances = new ArrayList<>(List.of(ONE, SEVEN));
    Inputs images = Mnist.data().test().inputs();
    for (int i = 0; i < 100; i++) {
      byte[] image = images.pixels(i);
      instances.add(
          IntStream.range(0, image.length)
              .mapToObj(p -> String.valueOf((image[p] & 0xff) / 255.0))
              .collect(Collectors.joining(",", "{\"pixels\": [", "]}")));
    }
    JsonNode all = predicted("{\"instances\": [" + String.join(",", instances) + "]}");
    assertThat(all.get("predictions")).hasSize(instances.size());
    for (int i = 0; i < instances.size(); i++) {
      assertThat(all.get("predictions").get(i)).isEqualTo(predicted(instances.get(i)));
    }
  }

  @Test
  void refusesABatchThatIsTooLargeForABody() throws Exception {
    HttpResponse<String> response = post(ONE + " ".repeat(PictureUploads.MOST_BODY_BYTES));
    assertThat(response.statusCode()).isEqualTo(413);
  }
}
