package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The lines of a text as bytes, one at a time, ended as on any system. */
final class CsvLines {
  private static final int MOST_BYTES = 1 << 20;
  private static final int BUFFER = 1 << 16;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Location path;
  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER];
  private byte[] line = new byte[BUFFER];
  private int at;
  private int limit;
  private int length;
  private int number;
  private boolean afterReturn;
  private boolean atEnd;

  CsvLines(Location path, InputStream in) {
    this.path = path;
    this.in = in;
  }

  /** Goes to the next line, or to the end. */
  void next() throws IOException {
    length = 0;
    number++;
    while (true) {
      if (at == limit) {
        limit = Math.max(0, in.read(buffer));
        at = 0;
        if (limit == 0) {
          atEnd = length == 0;
          return;
        }
      }
      if (afterReturn && buffer[at] == '\n') {
        at++;
      }
      afterReturn = false;
      int from = at;
      while (at < limit && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      append(from, at);
      if (at < limit) {
        afterReturn = buffer[at++] == '\r';
        return;
      }
    }
  }

  private void append(int from, int to) {
    int more = to - from;
    if (length + more > MOST_BYTES) {
      throw new HandspunException(
          "%s has a line of more than %d bytes, line %d, which is too long for the row of an image."
              .formatted(path, MOST_BYTES, number));
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.min(MOST_BYTES, 2 * (length + more)));
    }
    System.arraycopy(buffer, from, line, length, more);
    length += more;
  }

  boolean isAtEnd() {
    return atEnd;
  }

  boolean isBlank() {
    for (int i = 0; i < length; i++) {
      if (line[i] != ' ' && line[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  /** {@return the line, in its first {@link #length()} bytes} It changes with the next line. */
  byte[] bytes() {
    return line;
  }

  int length() {
    return length;
  }

  /** {@return the line's number, from 1} */
  int number() {
    return number;
  }

  /** {@return the line as a text, without a byte order mark} */
  String text() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bytes, 0, line, 0, bytes.length);
      length = bytes.length;
    }
    return text;
  }
}
