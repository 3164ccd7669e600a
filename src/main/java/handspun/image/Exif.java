package handspun.image;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads how a picture is turned from the data of cameras (Exif 2.32, section 4.6.4), which has the
 * structure of a TIFF file. What is broken says nothing, as in viewers; other tags are passed over.
 */
final class Exif {
  private static final int ORIENTATION = 0x0112;
  private static final int UNSIGNED_SHORT = 3;
  private static final int ENTRY_BYTES = 12;
  private static final int TIFF = 42;

  private Exif() {}

  /**
   * {@return the orientation that Exif data state, if they do; from the mark of the byte order on}
   */
  static Optional<Orientation> orientation(ByteBuffer tiff) {
    try {
      ByteBuffer data = tiff.slice();
      char mark = data.getChar();
      if (mark != 0x4949 && mark != 0x4d4d) {
        return Optional.empty();
      }
      data.order(mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      int directory = data.getChar() == TIFF ? data.getInt() : -1;
      return directory < 0 || directory > data.limit()
          ? Optional.empty()
          : find(data.position(directory));
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  private static Optional<Orientation> find(ByteBuffer directory) {
    int entries = directory.getChar();
    int first = directory.position();
    for (int e = 0; e < entries; e++) {
      if (directory.limit() - first < (e + 1) * ENTRY_BYTES) {
        break;
      }
      directory.position(first + e * ENTRY_BYTES);
      if (directory.getChar() == ORIENTATION) {
        boolean oneNumber = directory.getChar() == UNSIGNED_SHORT && directory.getInt() == 1;
        int value = directory.getChar();
        return oneNumber && value >= 1 && value <= 8
            ? Optional.of(Orientation.of(value))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
