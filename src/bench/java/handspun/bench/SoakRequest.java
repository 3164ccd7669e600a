package handspun.bench;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request of a soak, and what must become of it.
 *
 * @param kind by which errors are counted
 * @param bytes whole, or as much as is sent
 * @param status that must be answered
 * @param way how it is sent
 * @param answer that must be given; empty if it is another each time
 */
record SoakRequest(String kind, byte[] bytes, int status, Way way, Optional<byte[]> answer) {
  /** How a request is sent. */
  enum Way {
    /** Over the client's connection, which stays. */
    KEEP_ALIVE,
    /** Likewise, but the answer tells of the moment at which it is given. */
    CHANGING,
    /** Over a connection of its own. */
    ONE_SHOT,
    /** The client goes away and does not wait for an answer. */
    LEAVE
  }

  static SoakRequest of(String kind, byte[] bytes, int status, Way way) {
    return new SoakRequest(kind, bytes, status, way, Optional.empty());
  }

  /**
   * {@return the same, which must be answered so from now on, if it is answered the same at all}
   */
  SoakRequest expecting(BlockingClient.Answer first) {
    return way == Way.CHANGING
        ? this
        : new SoakRequest(kind, bytes, status, way, Optional.of(first.body()));
  }

  /**
   * Sends it, and waits for the answer.
   *
   * @throws IOException if none comes
   */
  BlockingClient.Answer send(BlockingClient client) throws IOException {
    if (way != Way.ONE_SHOT) {
      return client.ask(bytes);
    }
    client.close();
    BlockingClient.Answer given = client.ask(bytes);
    // The server closes the connection as it was asked to, and does not say so.
    client.close();
    return given;
  }

  /** {@return what is wrong with an answer, for people; empty if nothing is} */
  Optional<String> wrong(BlockingClient.Answer given) {
    if (given.status() != status) {
      return Optional.of("status %d instead of %d".formatted(given.status(), status));
    }
    boolean differs = answer.isPresent() && !Arrays.equals(answer.get(), given.body());
    return differs ? Optional.of("another answer than the first time") : Optional.empty();
  }
}
