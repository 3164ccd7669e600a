package handspun.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What the page of a standalone Master at {@code spark://host:port} says: how many workers are
 * alive, how many cores they have and lend, and how many applications run.
 */
public record MasterPage(String master, int workers, int cores, int coresUsed, int applications) {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** {@return what the page tells; empty if nobody answers, or somebody else} */
  static Optional<MasterPage> read(URI page) {
    HttpRequest request = HttpRequest.newBuilder(page.resolve("/json/")).timeout(TIMEOUT).build();
    try {
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(TIMEOUT)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      JsonNode json = new ObjectMapper().readTree(answer.body());
      if (!json.path("status").asText().equals("ALIVE")) {
        return Optional.empty();
      }
      return Optional.of(
          new MasterPage(
              json.path("url").asText(),
              json.path("aliveworkers").asInt(),
              json.path("cores").asInt(),
              json.path("coresused").asInt(),
              json.path("activeapps").size()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
