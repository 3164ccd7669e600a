package handspun.serve;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bodies to send. */
final class Bytes {
  private Bytes() {}

  static byte[] join(String before, byte[] middle, String after) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(before.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(middle);
    all.writeBytes(after.getBytes(StandardCharsets.ISO_8859_1));
    return all.toByteArray();
  }
}
