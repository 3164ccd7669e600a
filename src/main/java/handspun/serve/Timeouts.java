package handspun.serve;

import java.time.Duration;

/**
 * How long the server waits for a client. While it does, a thread waits, too, of which there are
 * many; whoever has waited longest makes room when there are few left ({@link RequestThreads}).
 *
 * @param head from a request's first byte to the end of its head, which is one packet
 * @param body for its body, however short; each {@value #BYTES_PER_SECOND} bytes that arrive add a
 *     second, so that slow lines are served and those who trickle are not
 * @param drain for the rest of a body that was refused: most clients send all before they listen
 * @param reply until the client has taken the answer
 * @param stop until all requests have ended when the server is stopped; at most half of it until a
 *     balancer has learned that it is ready no more
 */
record Timeouts(Duration head, Duration body, Duration drain, Duration reply, Duration stop) {
  static final int BYTES_PER_SECOND = 2048;

  static final Timeouts DEFAULT =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(15),
          Duration.ofSeconds(30),
          // The process is to end within five.
          Duration.ofSeconds(4));

  /** {@return how long a body of which so many bytes have arrived may have taken until now} */
  Duration body(long received) {
    return body.plusMillis(received * 1000 / BYTES_PER_SECOND);
  }
}
