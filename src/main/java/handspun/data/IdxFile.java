package handspun.data;

import java.io.IOException;
import java.io.InputStream;

/** The images or labels of an IDX file, in pieces, so that they need not all be in memory. */
final class IdxFile {
  private static final int BYTES_AT_A_TIME = 1 << 20;

  /** Takes images or labels as they are stored. */
  @FunctionalInterface
  interface Items {
    /** Takes the next {@code count} of them, of which the first in the file is {@code first}. */
    void take(IdxHeader header, byte[] bytes, int first, int count);
  }

  private IdxFile() {}

  /** Reads the items {@code from..to} of a file of which the header has just been read. */
  static void read(IdxHeader header, InputStream in, int from, int to, Items items)
      throws IOException {
    int size = header.itemBytes();
    in.skipNBytes((long) from * size);
    int most = Math.max(1, Math.min(to - from, BYTES_AT_A_TIME / size));
    byte[] bytes = new byte[most * size];
    for (int done = from; done < to; ) {
      int now = Math.min(most, to - done);
      int read = in.readNBytes(bytes, 0, now * size);
      if (read < now * size) {
        long found = header.bytes().length + (long) done * size + read;
        throw header.tooShort("has only %d bytes".formatted(found));
      }
      items.take(header, bytes, done, now);
      done += now;
    }
    if (to == header.count() && in.read() >= 0) {
      throw header.tooLong();
    }
  }

  /**
   * @param pixels images, column by column, as EMNIST's are
   * @param storedRows how many rows an image seems to have, which are the picture's columns
   * @param storedColumns how many columns it seems to have, which are the picture's rows
   * @return the same, row by row
   */
  static byte[] upright(byte[] pixels, int storedRows, int storedColumns) {
    byte[] upright = new byte[pixels.length];
    int size = storedRows * storedColumns;
    for (int image = 0; image < pixels.length; image += size) {
      for (int x = 0; x < storedRows; x++) {
        for (int y = 0; y < storedColumns; y++) {
          upright[image + y * storedRows + x] = pixels[image + x * storedColumns + y];
        }
      }
    }
    return upright;
  }
}
