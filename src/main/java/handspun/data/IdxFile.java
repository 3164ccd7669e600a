package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One file in the IDX format of MNIST, read as a whole.
 *
 * @param header what it says about itself
 * @param elements one unsigned byte each; not to be changed
 */
record IdxFile(IdxHeader header, byte[] elements) {
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  /**
   * @param path a file on this machine
   * @param dimensions how many it must have: 3 for images, 1 for labels
   * @return what it holds
   * @throws HandspunException if it cannot be read or is not such a file
   */
  static IdxFile read(Path path, int dimensions) {
    return read(Location.of(path), dimensions);
  }

  /**
   * @param path a file, packed with gzip if its name ends in {@code .gz}
   * @param dimensions how many it must have: 3 for images, 1 for labels
   * @return what it holds
   * @throws HandspunException if it cannot be read or is not such a file
   */
  static IdxFile read(Location path, int dimensions) {
    PackedFile file = new PackedFile(path);
    try (InputStream in = file.open()) {
      IdxHeader header = IdxHeader.read(file, in, dimensions);
      return new IdxFile(header, elements(header, in));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  Location path() {
    return header.path();
  }

  int[] shape() {
    return header.shape();
  }

  /** SHA-256 of the unpacked file, in hexadecimal. */
  String sha256() {
    MessageDigest digest = PackedFile.sha256();
    digest.update(header.bytes());
    digest.update(elements);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] elements(IdxHeader header, InputStream in) throws IOException {
    if (header.elementBytes() > MOST_ELEMENTS) {
      throw new HandspunException(
          header.path()
              + " holds "
              + header.name()
              + " bytes, and no more than "
              + MOST_ELEMENTS
              + " can be read at once: split it.");
    }
    byte[] elements = new byte[(int) header.elementBytes()];
    int read = in.readNBytes(elements, 0, elements.length);
    if (read < elements.length) {
      throw header.tooShort("has only " + (header.bytes().length + read) + " bytes");
    }
    if (in.read() >= 0) {
      throw header.tooLong();
    }
    return elements;
  }
}
