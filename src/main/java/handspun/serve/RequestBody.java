package handspun.serve;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Reads a request's body, or passes over it.
 *
 * @param length what the sender says; -1 if nothing
 * @param isChunked whether it comes in chunks, whatever is said of its length
 */
record RequestBody(InputStream in, long length, boolean isChunked) {
  /** A video sent by mistake is told why, too. */
  private static final long MOST_DRAINED_BYTES = 256L << 20;

  /** The JDK's server throws anew for each few bytes of a body that is not sent as it should. */
  private static final int MOST_FAILURES = 5000;

  private static final int BUFFER_BYTES = 16 << 10;

  /** {@return the body of a request whose length, if it has one, the server has found a number} */
  static RequestBody of(InputStream in, Headers headers) {
    String length = headers.getFirst("Content-Length");
    return new RequestBody(
        in, length == null ? -1 : Long.parseLong(length), headers.containsKey("Transfer-Encoding"));
  }

  boolean isEmpty() {
    return !isChunked && length <= 0;
  }

  /**
   * {@return the whole body, of at most so many bytes; {@code received} is told how many arrive,
   * each time}
   */
  byte[] read(int most, IntConsumer received) {
    if (length > most) {
      throw RefusedRequest.tooLarge(most);
    }
    byte[] body;
    int[] size = new int[1];
    try {
      body =
          readAll(
              in,
              length,
              most,
              n -> {
                size[0] += n;
                received.accept(n);
              });
    } catch (IOException | IndexOutOfBoundsException e) {
      // A length that is negative, among others.
      throw new RefusedRequest(
          400,
          "The body ends early or is not sent as HTTP requires, after %d bytes (%s): send all of it."
              .formatted(size[0], e.getMessage()));
    }
    if (body.length < length) {
      throw new RefusedRequest(
          400,
          "The body ends after %d of %d bytes: send all of it.".formatted(body.length, length));
    }
    return body;
  }

  /**
   * {@return all that comes; only what arrives takes memory, and that once if it is told before}
   *
   * @param length how many bytes will come; not positive if that is not known
   * @param most refuses more
   * @param received is told how many bytes arrive, each time
   */
  static byte[] readAll(InputStream in, long length, int most, IntConsumer received)
      throws IOException {
    byte[] all = new byte[length > 0 ? (int) Math.min(length, BUFFER_BYTES) : BUFFER_BYTES];
    int size = 0;
    for (int n; (n = in.read(all, size, all.length - size)) >= 0; ) {
      size += n;
      if (size > most) {
        throw RefusedRequest.tooLarge(most);
      }
      received.accept(n);
      if (size == length) {
        // The JDK's server wants to see the end to keep the connection.
        int unused = in.read();
        return all;
      }
      if (size == all.length) {
        long room = 2L * size;
        all = Arrays.copyOf(all, (int) (length > size ? Math.min(room, length) : room));
      }
    }
    return Arrays.copyOf(all, size);
  }

  /** Reads on, up to a limit: to be cut off while it sends could keep a client from its answer. */
  void drain() {
    byte[] buffer = new byte[BUFFER_BYTES];
    int failures = 0;
    for (long drained = 0; drained < MOST_DRAINED_BYTES && failures < MOST_FAILURES; ) {
      try {
        int n = in.read(buffer);
        if (n < 0) {
          return;
        }
        drained += n;
      } catch (IOException | IndexOutOfBoundsException e) {
        failures++;
      }
    }
  }
}
