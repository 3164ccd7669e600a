package handspun.data;

import handspun.HandspunException;
import handspun.files.FileKind;
import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file, packed or not, whose first bytes have been looked at.
 *
 * @param path the file
 * @param kind what it is, unpacked
 */
public record PlainFile(Location path, FileKind kind) {
  private static final int MOST_BYTES = 1 << 30;

  /**
   * @param path a file
   * @return what it is
   * @throws HandspunException if it cannot be read
   */
  public static PlainFile of(Location path) {
    return new PlainFile(path, FileKind.of(new PackedFile(path).start()));
  }

  /**
   * @return all of it, unpacked
   * @throws HandspunException if it cannot be read, or is more than 1 GB
   */
  public byte[] bytes() {
    return bytes(new PackedFile(path));
  }

  static byte[] bytes(PackedFile file) {
    try (InputStream in = file.open()) {
      byte[] bytes = in.readNBytes(MOST_BYTES);
      if (in.read() >= 0) {
        throw new HandspunException(
            "%s holds more than %d bytes unpacked, which is too large for a file of this kind; a pickle takes less with protocol 2 or later."
                .formatted(file.path(), MOST_BYTES));
      }
      return bytes;
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }
}
