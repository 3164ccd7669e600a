package handspun.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes a file of unsigned bytes in the IDX format of MNIST. */
public final class IdxWriter {
  private static final int UNSIGNED_BYTE = 8;

  private final OutputStream out;

  /**
   * Writes the header.
   *
   * @param out where to; not closed
   * @param shape size of every dimension: the number of images, rows and columns, or the number of
   *     labels
   * @throws IOException if that fails
   */
  public IdxWriter(OutputStream out, int... shape) throws IOException {
    this.out = out;
    ByteBuffer header = ByteBuffer.allocate(4 + 4 * shape.length);
    header.putInt((UNSIGNED_BYTE << 8) | shape.length);
    for (int size : shape) {
      header.putInt(size);
    }
    out.write(header.array());
  }

  /** Writes the next elements. */
  public void write(byte[] elements) throws IOException {
    out.write(elements);
  }

  /**
   * {@return the name of a part: {@code train} or {@code t10k}, {@code images-idx3} or {@code
   * labels-idx1}}
   */
  public static String partName(String use, String content, int part, int parts) {
    return String.format("%s-%s-ubyte-%05d-of-%05d", use, content, part, parts);
  }
}
