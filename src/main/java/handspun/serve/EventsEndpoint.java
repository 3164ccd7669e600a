package handspun.serve;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Tells of the epochs of a training that runs in this process. */
final class EventsEndpoint implements Endpoint {
  /** Each client that listens holds a thread. */
  static final int MOST_CLIENTS = 16;

  static final Description DESCRIPTION =
      Description.of("The epochs of a training that runs in this process, as they end")
          .gives("text/event-stream")
          .refuses(404, "No training runs in this process.");

  private final Optional<LiveTraining> training;
  private final Duration pause;
  private final Semaphore places = new Semaphore(MOST_CLIENTS);

  /** {@code pause}: so long nothing may be sent. */
  EventsEndpoint(Optional<LiveTraining> training, Duration pause) {
    this.training = training;
    this.pause = pause;
  }

  @Override
  public Answer answer(Request request) {
    LiveTraining live =
        training.orElseThrow(
            () ->
                new RefusedRequest(
                    404,
                    "No training runs in this process: start one with bin/handspun train --watch."));
    if (!places.tryAcquire()) {
      throw RefusedRequest.busy(
          "%d clients listen to this training already, and no more can: close a page, or ask /healthz and /api/epochs."
              .formatted(MOST_CLIENTS));
    }
    return new EventStream(live, places, pause);
  }
}
