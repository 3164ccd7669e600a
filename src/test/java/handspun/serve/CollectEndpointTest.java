package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.math.Kernels;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drawings that visitors say what they are, over real HTTP. */
class CollectEndpointTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private Path folder;

  private DigitServer server;

  private static DigitServer start(Optional<Path> collect) {
    Content content = Content.of("m", RunFiles.model(1)).collecting(collect);
    return DigitServer.start(content, Kernels.fastest(), "127.0.0.1", 0);
  }

  @BeforeEach
  void start() {
    server = start(Optional.of(folder));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> post(Optional<String> origin, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve("/api/collect"))
            .POST(BodyPublishers.ofString(body));
    origin.ifPresent(from -> request.header("Origin", from));
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String drawing(String pixel, String label) {
    return "{\"pixels\":[%s],\"label\":%s}"
        .formatted(String.join(",", Collections.nCopies(784, pixel)), label);
  }

  private String own() {
    return "http://127.0.0.1:" + server.address().getPort();
  }

  private String about() throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(server.address().resolve("/api/model")).build(),
            BodyHandlers.ofString())
        .body();
  }

  @Test
  void storesDrawingsForTraining() throws Exception {
    assertThat(about()).contains("\"collect\":true");
    assertThat(post(Optional.of(own()), drawing("255", "3")).body()).isEqualTo("{\"count\":1}");
    for (int i = 2; i <= 8; i++) {
      HttpResponse<String> response = post(Optional.empty(), drawing("7", "9"));
      assertThat(response.body()).isEqualTo("{\"count\":" + i + "}");
    }
    Dataset data = DatasetReader.read(folder, 0);
    assertThat(data.training().label(0)).isEqualTo(3);
    assertThat(data.training().inputs().pixels(0)).containsOnly((byte) 255);
    assertThat(data.training().label(1)).isEqualTo(9);
    assertThat(data.training().inputs().pixels(1)).containsOnly((byte) 7);
  }

  @Test
  void storesAllThatComeAtOnce() {
    assertThat(
            IntStream.range(0, 40)
                .parallel()
                .map(
                    i -> {
                      try {
                        return post(Optional.empty(), drawing("9", "1")).statusCode();
                      } catch (Exception e) {
                        throw new IllegalStateException(e);
                      }
                    }))
        .containsOnly(200);
    Dataset data = DatasetReader.read(folder, 0);
    assertThat(data.training().count() + data.test().count()).isEqualTo(40);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "http://127.0.0.1",
        "http://127.0.0.1:1",
        "https://evil.example:8501",
        "null",
        "",
        "http://",
        "127.0.0.1",
        "not a uri"
      })
  void refusesPagesOfOtherSites(String origin) throws Exception {
    HttpResponse<String> response = post(Optional.of(origin), drawing("1", "1"));
    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).contains("only from this server's own");
    assertThat(folder.resolve("train-images-idx3-ubyte")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 10, is 10.0",
    "1, -1, is -1.0",
    "1, 1.5, not a whole number",
    "1, null, not a whole number",
    "256, 1, Pixel 0 is 256"
  })
  void refusesWhatIsNoDrawingOfADigit(String pixel, String label, String words) throws Exception {
    HttpResponse<String> response = post(Optional.empty(), drawing(pixel, label));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(words, "a label from 0 to 9");
  }

  @Test
  void refusesADrawingThatIsNotSaidToBeAnything() throws Exception {
    String body = drawing("1", "1").replace("\"label\"", "\"digit\"");
    assertThat(post(Optional.empty(), body).body()).contains("has no \\\"label\\\"");
    assertThat(post(Optional.empty(), "{\"label\":1}").body()).contains("has no \\\"pixels\\\"");
    assertThat(post(Optional.empty(), " ".repeat(PixelsJson.MOST_BYTES + 1)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void collectsNothingWhereNobodyAskedForIt() throws Exception {
    server.close();
    server = start(Optional.empty());
    HttpResponse<String> response = post(Optional.empty(), drawing("1", "1"));
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("--collect DIR");
    assertThat(about()).contains("\"collect\":false");
  }
}
