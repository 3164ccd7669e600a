package handspun.serve;

import handspun.Json;
import handspun.JsonSchema;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells whether requests should be sent here, which ends before the server does: so a balancer
 * before it can send them elsewhere in time.
 */
final class Readiness implements Endpoint {
  /** What it means when it is not ready. */
  static final String OVER = "The server is being stopped.";

  static final Description DESCRIPTION =
      Description.of(
              "Whether requests should be sent here",
              JsonSchema.object().with("status", JsonSchema.text()).named("Readiness"))
          .refuses(503, OVER);

  private final CountDownLatch told = new CountDownLatch(1);
  private volatile boolean isAsked;
  private volatile boolean isOver;

  @Override
  public Reply answer(Request request) {
    return answer(json -> json.writeStringField("status", "ready"));
  }

  /** {@return the same in words of its own, as long as it is ready} */
  Reply answer(Json.Fields ready) {
    isAsked = true;
    if (isOver) {
      told.countDown();
      throw RefusedRequest.busy("The server is being stopped: send requests elsewhere.");
    }
    return Reply.json(ready);
  }

  /**
   * Is ready no more. If somebody has ever asked, waits until somebody has been told, for a limited
   * time; a person who stops a server that nothing watches need not wait.
   */
  void end(Duration most) throws InterruptedException {
    isOver = true;
    if (isAsked) {
      boolean unused = told.await(most.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}
