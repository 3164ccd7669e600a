package handspun.serve;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** Reads a request's body, or passes over it. */
record RequestBody(InputStream in, Headers headers) {
  /** A video sent by mistake is told why, too. */
  private static final long MOST_DRAINED_BYTES = 256L << 20;

  /** The JDK's server throws anew for each few bytes of a body that is not sent as it should. */
  private static final int MOST_FAILURES = 5000;

  private static final int BUFFER_BYTES = 16 << 10;

  boolean isEmpty() {
    return !headers.containsKey("Transfer-Encoding") && length() <= 0;
  }

  /** {@return what the sender says, which the server has found to be a number; -1 if nothing} */
  private long length() {
    String length = headers.getFirst("Content-Length");
    return length == null ? -1 : Long.parseLong(length);
  }

  /**
   * {@return the whole body, of at most so many bytes; {@code received} is told how many arrive,
   * each time}
   */
  byte[] read(int most, IntConsumer received) {
    if (length() > most) {
      throw RefusedRequest.tooLarge(most);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int n; (n = in.read(buffer)) >= 0; ) {
        if (body.size() + n > most) {
          throw RefusedRequest.tooLarge(most);
        }
        body.write(buffer, 0, n);
        received.accept(n);
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      // A length that is negative, among others.
      throw new RefusedRequest(
          400,
          "The body ends early or is not sent as HTTP requires, after %d bytes (%s): send all of it."
              .formatted(body.size(), e.getMessage()));
    }
    if (body.size() < length()) {
      throw new RefusedRequest(
          400,
          "The body ends after %d of %d bytes: send all of it.".formatted(body.size(), length()));
    }
    return body.toByteArray();
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
