package handspun.bench.kernels;

import handspun.network.Inputs;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** The first images of MNIST's test set, in the folder that the property handspun.data names. */
final class TestImages {
  static final int PIXELS = 784;

  private static final int HEADER = 16;

  private TestImages() {}

  static byte[] pixels(int count) {
    Path file = Path.of(System.getProperty("handspun.data"), "t10k-images-idx3-ubyte.gz");
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
      in.readNBytes(HEADER);
      return in.readNBytes(count * PIXELS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Inputs inputs(int count) {
    return Inputs.ofPixels(PIXELS, pixels(count));
  }
}
