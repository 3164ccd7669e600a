package handspun.data;

import handspun.HandspunException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Collectors;

/**
 * One file in the IDX format of MNIST (LeCun, Cortes, Burges): the bytes 0, 0, the type of the
 * elements (8: unsigned bytes) and the number of dimensions; then every dimension's size as a
 * big-endian 32-bit number; then the elements, last dimension fastest.
 *
 * @param path the file, packed or not
 * @param header the bytes before the elements; not to be changed
 * @param shape size of every dimension, each at least 1; not to be changed
 * @param elements one unsigned byte each; not to be changed
 */
record IdxFile(Path path, byte[] header, int[] shape, byte[] elements) {
  private static final int UNSIGNED_BYTE = 8;
  private static final int MOST_ELEMENTS = Integer.MAX_VALUE - 8;

  /**
   * @param path a file, packed with gzip if its name ends in {@code .gz}
   * @param dimensions how many it must have: 3 for images, 1 for labels
   * @return what it holds
   * @throws HandspunException if it cannot be read or is not such a file
   */
  static IdxFile read(Path path, int dimensions) {
    PackedFile file = new PackedFile(path);
    try (InputStream in = file.open()) {
      byte[] header = in.readNBytes(4 + 4 * dimensions);
      requireMagic(path, header, dimensions);
      int[] shape = shape(path, header);
      return new IdxFile(path, header, shape, elements(file, in, shape));
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** SHA-256 of the unpacked file, in hexadecimal. */
  String sha256() {
    MessageDigest digest = PackedFile.sha256();
    digest.update(header);
    digest.update(elements);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void requireMagic(Path path, byte[] header, int dimensions) {
    byte[] expected = {0, 0, UNSIGNED_BYTE, (byte) dimensions};
    byte[] magic = Arrays.copyOf(header, 4);
    if (header.length < 4) {
      throw endsInHeader(path, header.length);
    }
    if (magic[0] != 0 || magic[1] != 0) {
      boolean packed = magic[0] == 0x1f && magic[1] == (byte) 0x8b;
      throw new HandspunException(
          path
              + " is not an IDX file: it starts with the bytes "
              + PackedFile.hex(magic)
              + ", not "
              + PackedFile.hex(expected)
              + (packed ? "; it is packed with gzip, so its name must end in .gz." : "."));
    }
    if (magic[2] != UNSIGNED_BYTE) {
      throw new HandspunException(
          path
              + " holds elements of the IDX type "
              + (magic[2] & 0xff)
              + ", but must hold unsigned bytes, type "
              + UNSIGNED_BYTE
              + ".");
    }
    if (magic[3] != dimensions) {
      throw new HandspunException(
          path
              + " has "
              + dimensions(magic[3] & 0xff)
              + ", but must have "
              + dimensions
              + (dimensions == 1
                  ? " (labels): are images and labels exchanged?"
                  : " (images, rows, columns): are images and labels exchanged?"));
    }
    if (header.length < 4 + 4 * dimensions) {
      throw endsInHeader(path, header.length);
    }
  }

  private static HandspunException endsInHeader(Path path, int length) {
    return new HandspunException(
        path
            + " is no IDX file: it holds only "
            + length
            + " bytes and ends within the header; copy or download it again.");
  }

  private static String dimensions(int count) {
    return count + (count == 1 ? " dimension" : " dimensions");
  }

  private static int[] shape(Path path, byte[] header) {
    long[] sizes = new long[header.length / 4 - 1];
    ByteBuffer numbers = ByteBuffer.wrap(header).position(4);
    double elements = 1;
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = Integer.toUnsignedLong(numbers.getInt());
      elements *= sizes[d];
    }
    String name = Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
    if (elements == 0) {
      throw new HandspunException(
          path + " holds nothing: its header says " + name + ", and at least 1 is expected.");
    }
    if (elements > MOST_ELEMENTS) {
      throw new HandspunException(
          path
              + " cannot be right: its header says "
              + name
              + " bytes, and no more than "
              + MOST_ELEMENTS
              + " fit into memory.");
    }
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  private static byte[] elements(PackedFile file, InputStream in, int[] shape) throws IOException {
    int count = 1;
    for (int size : shape) {
      count *= size;
    }
    int header = 4 + 4 * shape.length;
    long expected = (long) header + count;
    if (expected > file.mostBytes()) {
      String found =
          PackedFile.isPacked(file.path())
              ? "can hold no more than " + file.mostBytes() + " bytes"
              : "has only " + file.mostBytes() + " bytes";
      throw tooShort(file.path(), found, shape, expected);
    }
    byte[] elements = new byte[count];
    int read = in.readNBytes(elements, 0, count);
    if (read < count) {
      throw tooShort(file.path(), "has only " + (header + read) + " bytes", shape, expected);
    }
    if (in.read() >= 0) {
      throw new HandspunException(
          file.path()
              + " is longer than its header says: "
              + name(shape)
              + " make a file of "
              + expected
              + " bytes, but more follow; copy or download it again.");
    }
    return elements;
  }

  private static HandspunException tooShort(Path path, String found, int[] shape, long expected) {
    return new HandspunException(
        path
            + " is shorter than its header says: it "
            + found
            + (PackedFile.isPacked(path) ? " unpacked" : "")
            + ", but "
            + name(shape)
            + " make a file of "
            + expected
            + "; copy or download it again.");
  }

  private static String name(int[] shape) {
    return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
