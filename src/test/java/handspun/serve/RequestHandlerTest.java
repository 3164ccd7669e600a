package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.HandspunException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestHandlerTest {
  private static final Request REQUEST =
      new Request("/", Map.of(), Query.NONE, "", "", Optional.empty(), new byte[0]);

  private static Reply reply(Endpoint endpoint) {
    return (Reply) RequestHandler.answer(endpoint, REQUEST);
  }

  private static void assertFailure(Endpoint endpoint) {
    Reply reply = reply(endpoint);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.headers()).containsEntry("Content-Type", "application/json");
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .contains("\"error\"", "log")
        .doesNotContain("secret");
  }

  @Test
  void answersWhenAnEndpointThrows() {
    assertFailure(
        request -> {
          throw new IllegalStateException("secret");
        });
    assertFailure(
        request -> {
          throw new StackOverflowError("secret");
        });
  }

  @Test
  void tellsWhyARequestIsRefusedAndWhenToTryAgain() {
    Reply reply =
        reply(
            request -> {
              throw RefusedRequest.busy("Too many.");
            });
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"error\":\"Too many.\"}");
  }

  @Test
  void handsOnWhatIsSaidToPeople() {
    Reply reply =
        reply(
            request -> {
              throw new HandspunException("The model cannot read this.");
            });
    assertThat(reply.status()).isEqualTo(500);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"error\":\"The model cannot read this.\"}");
  }
}
