package handspun.serve;

import java.util.concurrent.Semaphore;

/** How many requests that cost something are computed at once. */
final class InFlight {
  private final Semaphore places;
  private final int most;

  InFlight(int most) {
    this.most = most;
    places = new Semaphore(most);
  }

  /** {@return the endpoint's answer, or that there is no room for it} */
  Answer answer(Endpoint endpoint, Request request) {
    if (!endpoint.methods().contains("POST")) {
      return RequestHandler.answer(endpoint, request);
    }
    if (!places.tryAcquire()) {
      return Reply.of(
          RefusedRequest.busy(
              "The server is with %d requests, which is all that it takes at once: try again in a second."
                  .formatted(most)));
    }
    try {
      return RequestHandler.answer(endpoint, request);
    } finally {
      places.release();
    }
  }
}
