package handspun.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes small data sets for tests: pixel p of image i is (7 i + p) mod 256, its label i mod 10.
 */
final class IdxSet {
  private IdxSet() {}

  /** The bytes of an IDX file of unsigned bytes. */
  static byte[] idx(int[] shape, byte... elements) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * shape.length + elements.length);
    bytes.put((byte) 0).put((byte) 0).put((byte) 8).put((byte) shape.length);
    for (int size : shape) {
      bytes.putInt(size);
    }
    return bytes.put(elements).array();
  }

  static byte[] images(int count, int rows, int columns) {
    byte[] pixels = new byte[count * rows * columns];
    for (int p = 0; p < pixels.length; p++) {
      int size = rows * columns;
      pixels[p] = pixel(p / size, p % size);
    }
    return idx(new int[] {count, rows, columns}, pixels);
  }

  static byte pixel(int image, int pixel) {
    return (byte) (7 * image + pixel);
  }

  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 10);
    }
    return idx(new int[] {count}, labels);
  }

  static byte[] packed(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** A set of 12 training and 5 test images of 2 x 3 pixels, named as MNIST is. */
  static Path write(Path folder) throws IOException {
    return write(folder, "train-", "t10k-", "-idx", false);
  }

  static Path write(Path folder, String train, String test, String idx, boolean packed)
      throws IOException {
    put(folder, train + "images" + idx + "3-ubyte", images(12, 2, 3), packed);
    put(folder, train + "labels" + idx + "1-ubyte", labels(12), packed);
    put(folder, test + "images" + idx + "3-ubyte", images(5, 2, 3), packed);
    put(folder, test + "labels" + idx + "1-ubyte", labels(5), packed);
    return folder;
  }

  private static void put(Path folder, String name, byte[] bytes, boolean packed)
      throws IOException {
    Files.write(folder.resolve(packed ? name + ".gz" : name), packed ? packed(bytes) : bytes);
  }
}
