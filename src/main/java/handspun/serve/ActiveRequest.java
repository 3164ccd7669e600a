package handspun.serve;

import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * One request, while a thread of the server is with it: what the thread waits for, since when, and
 * how to end that. A thread that waits for a client can be interrupted, which closes the
 * connection.
 *
 * <p>Safe for use by its own thread and by others.
 */
final class ActiveRequest {
  /** What a request's thread is doing. */
  enum Phase {
    HEAD,
    BODY,
    ANSWERING,
    REPLY,
    DRAIN,
    DONE
  }

  /** Answers in the place of a thread that waits for a body. */
  @FunctionalInterface
  interface RefusalSender {
    /** {@return whether it will be said, after which {@link #refusalSent()} is to be called} */
    boolean send(RefusedRequest refusal);
  }

  /** By the order in which they began. */
  static final Comparator<ActiveRequest> FIRST_BEGUN =
      (one, other) -> Long.signum(one.began - other.began);

  /** Of smaller ones, as many as there may be take no more memory than a few pictures. */
  static final int LARGE_REPLY_BYTES = 128 << 10;

  private final Thread thread = Thread.currentThread();
  private final Timeouts timeouts;
  private final CountDownLatch refused = new CountDownLatch(1);
  private final long began = System.nanoTime();
  private Phase phase = Phase.HEAD;
  private long since = began;
  private long bytes;
  private byte[] reply = {};
  private boolean makesRoom;
  private boolean isInterrupted;
  private RefusalSender sender = refusal -> false;

  ActiveRequest(Timeouts timeouts) {
    this.timeouts = timeouts;
  }

  /** The thread begins to wait for the body; {@code otherwise} answers if that is not to go on. */
  synchronized void beginBody(RefusalSender otherwise) {
    sender = otherwise;
    enter(Phase.BODY);
  }

  /** The thread begins to send an answer. */
  synchronized void beginReply(byte[] body) {
    reply = body;
    enter(Phase.REPLY);
  }

  /** {@return the answer that the client has not taken yet; an empty one if it is with none} */
  synchronized byte[] reply() {
    return phase == Phase.REPLY ? reply : new byte[0];
  }

  /** {@return whether a client has not taken an answer of some size} */
  synchronized boolean holdsALargeReply() {
    return phase == Phase.REPLY && reply.length >= LARGE_REPLY_BYTES && !makesRoom;
  }

  /** The thread goes on to something else than the body. */
  synchronized void enter(Phase next) {
    phase = next;
    since = System.nanoTime();
  }

  /**
   * No more of the body is wanted; returns false if another thread answers in place of this one.
   */
  synchronized boolean claimsAnswer() {
    if (phase == Phase.BODY) {
      enter(Phase.ANSWERING);
    }
    return phase == Phase.ANSWERING;
  }

  synchronized void received(int more) {
    bytes += more;
  }

  /** {@return bytes of the body that were received} */
  synchronized long bytes() {
    return bytes;
  }

  /** {@return bytes of the body that are held in memory} */
  synchronized long held() {
    return phase == Phase.BODY || phase == Phase.ANSWERING ? bytes : 0;
  }

  /** {@return whether the rest of a body is waited for} */
  synchronized boolean holdsPartOfABody() {
    return phase == Phase.BODY && bytes > 0;
  }

  /** {@return whether another thread answers in place of this one} */
  synchronized boolean isRefused() {
    return phase == Phase.DRAIN;
  }

  /** {@return whether this can make room for others} */
  synchronized boolean waitsForItsClient() {
    return phase != Phase.ANSWERING && phase != Phase.DONE && !makesRoom;
  }

  /** Ends what has taken too long. */
  synchronized void check() {
    Duration taken = Duration.ofNanos(System.nanoTime() - since);
    Duration most =
        switch (phase) {
          case HEAD -> timeouts.head();
          case BODY -> timeouts.body(bytes);
          case DRAIN -> timeouts.drain();
          case REPLY -> timeouts.reply();
          case ANSWERING, DONE -> taken;
        };
    if (taken.compareTo(most) <= 0) {
      return;
    }
    if (phase != Phase.BODY
        || !refuse(
            new RefusedRequest(
                408,
                "Only %d bytes of the body have arrived in %d s: send it faster, or less at once."
                    .formatted(bytes, taken.toSeconds())))) {
      interrupt();
    }
  }

  /**
   * Ends the wait for the client for the sake of others, with a word if it is a body that is waited
   * for.
   *
   * @param still whether there still is room to be made: another thread may have been faster, and
   *     to interrupt twice would cut off the answer
   * @param refusal the word
   */
  synchronized void makeRoom(Predicate<ActiveRequest> still, String refusal) {
    if (!still.test(this)) {
      return;
    }
    makesRoom = true;
    if (phase != Phase.BODY || !refuse(RefusedRequest.busy(refusal))) {
      interrupt();
    }
  }

  private void interrupt() {
    isInterrupted = true;
    thread.interrupt();
  }

  private boolean refuse(RefusedRequest refusal) {
    // What still comes is passed over meanwhile: unread, it would cut off the answer on its way.
    enter(Phase.DRAIN);
    return sender.send(refusal);
  }

  /** The answer that another thread gave has been sent, or cannot be. */
  synchronized void refusalSent() {
    refused.countDown();
    if (makesRoom && phase == Phase.DRAIN) {
      interrupt();
    }
  }

  /** Waits for {@link #refusalSent()}. */
  void awaitRefusal() throws InterruptedException {
    refused.await();
  }

  /**
   * The thread is with this request no more, and must not be interrupted on its behalf; returns
   * whether the wait for its head was ended.
   */
  synchronized boolean end() {
    boolean isCutOff = phase == Phase.HEAD && isInterrupted;
    phase = Phase.DONE;
    return isCutOff;
  }
}
