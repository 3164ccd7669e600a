package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.network.Inputs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;

/** What a server says to images that are sent to it one by one, as the page sends them. */
final class ServerOutputs {
  /** Requests under way: more wait for a connection, and those of the server are counted. */
  private static final int AT_ONCE = 8;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Brightness of a pixel of 0 to 255, in as many digits as tell it from the others. */
  private static final String[] BRIGHTNESS = new String[256];

  static {
    for (int pixel = 0; pixel < BRIGHTNESS.length; pixel++) {
      BRIGHTNESS[pixel] = String.format(Locale.ROOT, "%.3f", pixel / 255.0);
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
        JsonNode told = JSON.readTree(answer.body()).get("outputs");
        assertThat(told).hasSize(10);
        for (int output = 0; output < 10; output++) {
          outputs[10 * (from + a) + output] = (float) told.get(output).doubleValue();
        }
      }
    }
    return outputs;
  }

  private static String json(byte[] pixels) {
    StringJoiner json = new StringJoiner(",", "{\"pixels\":[", "]}");
    for (byte pixel : pixels) {
      json.add(BRIGHTNESS[Byte.toUnsignedInt(pixel)]);
    }
    return json.toString();
  }
}
