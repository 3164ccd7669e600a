package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import handspun.network.Inputs;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** What a server says to images that are sent to it one by one, as the page sends them. */
final class ServerOutputs {
  /** Requests under way: more wait for a connection, and those of the server are counted. */
  private static final int AT_ONCE = 8;

  private static final JsonFactory JSON = new JsonFactory();

  /** Brightness of a pixel of 0 to 255, in as many digits as tell it from the others. */
  private static final String[] BRIGHTNESS = new String[256];

  static {
    for (int pixel = 0; pixel < BRIGHTNESS.length; pixel++) {
      BigDecimal brightness = new BigDecimal(pixel / 255.0).setScale(3, RoundingMode.HALF_UP);
      BRIGHTNESS[pixel] = brightness.stripTrailingZeros().toPlainString();
    }
  }

  private ServerOutputs() {}

  /** {@return the outputs for all images, those of an image beside each other} */
  static float[] of(URI server, Inputs images) throws IOException {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    URI predict = server.resolve("api/predict");
    float[] outputs = new float[10 * images.count()];
    for (int from = 0; from < images.count(); from += AT_ONCE) {
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = from; i < Math.min(from + AT_ONCE, images.count()); i++) {
        HttpRequest request =
            HttpRequest.newBuilder(predict)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json(images.pixels(i))))
                .build();
        answers.add(client.sendAsync(request, BodyHandlers.ofString()));
      }
      for (int a = 0; a < answers.size(); a++) {
        HttpResponse<String> answer = answers.get(a).join();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        read(answer.body(), outputs, 10 * (from + a));
      }
    }
    return outputs;
  }

  /** Takes the ten outputs of an answer. */
  private static void read(String answer, float[] outputs, int at) throws IOException {
    try (JsonParser json = JSON.createParser(answer)) {
      while (!"outputs".equals(json.nextFieldName())) {
        assertThat(json.currentToken()).isNotNull();
      }
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_ARRAY);
      for (int output = 0; output < 10; output++) {
        json.nextToken();
        outputs[at + output] = (float) json.getDoubleValue();
      }
      assertThat(json.nextToken()).isEqualTo(JsonToken.END_ARRAY);
    }
  }

  private static String json(byte[] pixels) {
    StringJoiner json = new StringJoiner(",", "{\"pixels\":[", "]}");
    for (byte pixel : pixels) {
      json.add(BRIGHTNESS[Byte.toUnsignedInt(pixel)]);
    }
    return json.toString();
  }
}
