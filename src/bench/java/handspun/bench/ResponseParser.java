package handspun.bench;

import handspun.HandspunException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Finds the end of each answer of an HTTP/1.1 server in what arrives, however it is split, and of
 * its head only the status and the length: a client that measures must cost little.
 */
final class ResponseParser {
  private static final int MOST_HEAD_BYTES = 16 << 10;
  private static final int STATUS_AT = "HTTP/1.1 ".length();
  private static final int STATUS_DIGITS = 3;
  private static final int OK = 200;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;
  private static final String LENGTH = "content-length:";

  /** Of an error, enough to say what it was. */
  private static final int ERROR_BYTES = 1000;

  private final boolean keepsBodies;
  private final byte[] head = new byte[MOST_HEAD_BYTES];
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private int headLength;
  private boolean isInBody;
  private boolean isWhole;
  private int status;
  private long left;

  /**
   * @param keepsBodies whether {@link #body()} is wanted of all answers; else it is there of errors
   *     alone, and cut off
   */
  ResponseParser(boolean keepsBodies) {
    this.keepsBodies = keepsBodies;
  }

  /**
   * Takes what has arrived.
   *
   * @param bytes all of which are taken
   * @return whether an answer is whole with them; the next bytes begin another
   * @throws HandspunException if they are no answer, or more than one
   */
  boolean take(ByteBuffer bytes) {
    if (isWhole) {
      isWhole = false;
      headLength = 0;
      body.reset();
    }
    if (!isInBody) {
      takeHead(bytes);
    }
    if (!isInBody) {
      return false;
    }
    takeBody(bytes);
    if (left > 0) {
      return false;
    }
    isInBody = false;
    isWhole = true;
    if (bytes.hasRemaining()) {
      throw new HandspunException(
          "The server sent %d bytes more than it had announced.".formatted(bytes.remaining()));
    }
    return true;
  }

  private void takeHead(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !isInBody) {
      if (headLength == MOST_HEAD_BYTES) {
        throw new HandspunException(
            "The head of an answer has more than %d bytes.".formatted(MOST_HEAD_BYTES));
      }
      byte next = bytes.get();
      head[headLength++] = next;
      if (next == '\n' && endsHead()) {
        readHead();
        isInBody = true;
      }
    }
  }

  private boolean endsHead() {
    return headLength >= 4
        && head[headLength - 2] == '\r'
        && head[headLength - 3] == '\n'
        && head[headLength - 4] == '\r';
  }

  private void readHead() {
    status = (int) number(STATUS_AT, STATUS_AT + STATUS_DIGITS);
    left = status == NO_CONTENT || status == NOT_MODIFIED ? 0 : -1;
    for (int at = 0; left < 0 && at < headLength; at++) {
      if (head[at] == '\n' && isLength(at + 1)) {
        int from = at + 1 + LENGTH.length();
        while (head[from] == ' ') {
          from++;
        }
        int to = from;
        while (head[to] != '\r' && head[to] != ' ') {
          to++;
        }
        left = number(from, to);
      }
    }
    if (left < 0) {
      throw unexpected();
    }
  }

  private boolean isLength(int at) {
    for (int i = 0; i < LENGTH.length(); i++) {
      byte letter = head[at + i];
      int small = letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter;
      if (small != LENGTH.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private long number(int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      if (head[i] < '0' || head[i] > '9') {
        throw unexpected();
      }
      number = 10 * number + head[i] - '0';
    }
    return number;
  }

  private HandspunException unexpected() {
    return new HandspunException(
        "The server answered with a head that is not understood: %s".formatted(head()));
  }

  private void takeBody(ByteBuffer bytes) {
    int now = (int) Math.min(left, bytes.remaining());
    left -= now;
    int kept = keepsBodies ? now : status == OK ? 0 : Math.min(now, ERROR_BYTES - body.size());
    for (int i = 0; i < kept; i++) {
      body.write(bytes.get(bytes.position() + i));
    }
    bytes.position(bytes.position() + now);
  }

  /** {@return the status of the last answer} */
  int status() {
    return status;
  }

  /** {@return its body, as far as it is kept} */
  byte[] body() {
    return body.toByteArray();
  }

  /** {@return its body as text, as far as it is kept} */
  String text() {
    return body.toString(StandardCharsets.UTF_8);
  }

  /** {@return whether the server closes the connection after the last answer} */
  boolean isLast() {
    return head().toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
  }

  private String head() {
    return new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
  }
}
