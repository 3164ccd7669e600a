package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class InFlightTest {
  private static final Request REQUEST =
      new Request("/", Map.of(), Query.NONE, "", "", Optional.empty(), new byte[0]);
  private static final Reply DONE = new Reply(200, Map.of(), Json.object(json -> {}));

  /** One that is sent what it computes with. */
  private record Costly(Endpoint work) implements Endpoint {
    @Override
    public Answer answer(Request request) {
      return work.answer(request);
    }

    @Override
    public List<String> methods() {
      return List.of("POST");
    }
  }

  @Test
  void tellsWhoFindsNoPlaceToComeAgain() throws Exception {
    InFlight inFlight = new InFlight(1);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Endpoint slow =
        new Costly(
            request -> {
              begun.countDown();
              try {
                end.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              return DONE;
            });
    CompletableFuture<Answer> first =
        CompletableFuture.supplyAsync(() -> inFlight.answer(slow, REQUEST));
    begun.await();
    Reply refused = (Reply) inFlight.answer(new Costly(DONE.always()), REQUEST);
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.headers()).containsEntry("Retry-After", "1");
    assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("is with 1 requests");
    assertThat(inFlight.answer(DONE.always(), REQUEST)).isSameAs(DONE);
    end.countDown();
    assertThat(first.get()).isSameAs(DONE);
    assertThat(inFlight.answer(new Costly(DONE.always()), REQUEST)).isSameAs(DONE);
  }
}
