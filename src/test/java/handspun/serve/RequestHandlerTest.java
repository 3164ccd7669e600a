package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Request REQUEST = new Request("", "", new byte[0]);

  private static void assertFailure(Endpoint endpoint) {
    Reply reply = Router.answer(endpoint, REQUEST);
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
        Router.answer(
            request -> {
              throw RefusedRequest.busy("Too many.");
            },
            REQUEST);
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.headers()).containsEntry("Retry-After", "1");
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .isEqualTo("{\"error\":\"Too many.\"}");
  }
}
