package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The beginning of a file in the IDX format of MNIST (LeCun, Cortes, Burges): the bytes 0, 0, the
 * type of the elements (8: unsigned bytes) and the number of dimensions; then every dimension's
 * size as a big-endian 32-bit number. The elements follow, last dimension fastest.
 *
 * @param path the file, packed or not
 * @param bytes the header itself; not to be changed
 * @param shape size of every dimension, each at least 1; not to be changed
 */
record IdxHeader(Location path, byte[] bytes, int[] shape) {
  private static final int UNSIGNED_BYTE = 8;

  /**
   * @param file a file
   * @param dimensions how many it must have: 3 for images, 1 for labels
   * @return its header
   * @throws HandspunException if it cannot be read, is not such a file, or is too short to hold
   *     what the header says
   */
  static IdxHeader read(PackedFile file, int dimensions) {
    try (InputStream in = file.open()) {
      return read(file, in, dimensions);
    } catch (IOException e) {
      throw file.unreadable(e);
    }
  }

  /** The same, of a file that has just been opened. */
  static IdxHeader read(PackedFile file, InputStream in, int dimensions) throws IOException {
    byte[] bytes = in.readNBytes(4 + 4 * dimensions);
    requireMagic(file.path(), bytes, dimensions);
    IdxHeader header = new IdxHeader(file.path(), bytes, shape(file.path(), bytes));
    if (header.fileBytes() > file.mostBytes()) {
      throw header.tooShort(
          PackedFile.isPacked(file.path())
              ? "can hold no more than " + file.mostBytes() + " bytes"
              : "has only " + file.mostBytes() + " bytes");
    }
    return header;
  }

  /** Images, or labels. */
  int count() {
    return shape[0];
  }

  /** Bytes of one image, or one label. */
  int itemBytes() {
    int bytes = 1;
    for (int d = 1; d < shape.length; d++) {
      bytes *= shape[d];
    }
    return bytes;
  }

  /** Bytes of all elements. */
  long elementBytes() {
    return (long) count() * itemBytes();
  }

  /** Bytes of the unpacked file. */
  long fileBytes() {
    return bytes.length + elementBytes();
  }

  private static void requireMagic(Location path, byte[] header, int dimensions) {
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

  private static HandspunException endsInHeader(Location path, int length) {
    return new HandspunException(
        path
            + " is no IDX file: it holds only "
            + length
            + " bytes and ends within the header; copy or download it again.");
  }

  private static String dimensions(int count) {
    return count + (count == 1 ? " dimension" : " dimensions");
  }

  private static int[] shape(Location path, byte[] header) {
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
    if (sizes[0] > Integer.MAX_VALUE || elements / sizes[0] > Integer.MAX_VALUE) {
      throw new HandspunException(
          path
              + " cannot be right: its header says "
              + name
              + " bytes, which is more than a file of images or labels holds.");
    }
    return Arrays.stream(sizes).mapToInt(Math::toIntExact).toArray();
  }

  /**
   * @param found what the file can hold, after "it"
   */
  HandspunException tooShort(String found) {
    return new HandspunException(
        path
            + " is shorter than its header says: it "
            + found
            + (PackedFile.isPacked(path) ? " unpacked" : "")
            + ", but "
            + name()
            + " make a file of "
            + fileBytes()
            + "; copy or download it again.");
  }

  /** What to say of a file that goes on behind its last element. */
  HandspunException tooLong() {
    return new HandspunException(
        path
            + " is longer than its header says: "
            + name()
            + " make a file of "
            + fileBytes()
            + " bytes, but more follow; copy or download it again.");
  }

  /** The shape, as people write it: 60000 x 28 x 28. */
  String name() {
    return Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
