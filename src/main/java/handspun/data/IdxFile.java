package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One file in the IDX format of MNIST, read as a whole.
 *
 * @param header what it says about itself
 * @param elements as they are stored; not to be changed
 */
record IdxFile(IdxHeader header, byte[] elements) {
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /** Less than this is taken at once; for more, a small packed file has to prove that it has it. */
  private static final int TRUSTED = 1 << 28;

  /** {@return what a file holds, packed or not, which must be such content} */
  static IdxFile read(Location path, IdxHeader.Content content) {
    PackedFile file = new PackedFile(path);
    try (InputStream in = file.open()) {
      IdxHeader header = IdxHeader.read(file, in, content);
      return new IdxFile(header, elements(header, in));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  Location path() {
    return header.path();
  }

  /** {@return the labels, an unsigned byte each, if the file holds labels} */
  byte[] labels() {
    return header.labels(elements, header.count(), 0);
  }

  /** {@return SHA-256 of the unpacked file, in hexadecimal} */
  String sha256() {
    MessageDigest digest = PackedFile.sha256();
    digest.update(header.bytes());
    digest.update(elements);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static byte[] elements(IdxHeader header, InputStream in) throws IOException {
    if (header.elementBytes() > MOST_BYTES) {
      throw new HandspunException(
          "%s holds %s elements, and no more than %d bytes can be read at once: split it."
              .formatted(header.path(), header.name(), MOST_BYTES));
    }
    int expected = (int) header.elementBytes();
    byte[] elements;
    int read;
    if (expected <= TRUSTED || !header.isPacked()) {
      elements = new byte[expected];
      read = in.readNBytes(elements, 0, expected);
    } else {
      elements = in.readNBytes(expected);
      read = elements.length;
    }
    if (read < expected) {
      throw header.tooShort("has only " + (header.bytes().length + read) + " bytes");
    }
    if (in.read() >= 0) {
      throw header.tooLong();
    }
    return elements;
  }
}
