package handspun.data;

import handspun.math.RandomStream;
import handspun.network.Inputs;
import java.util.Map;

/**
 * Small sets of learnable images for tests: every class is ink in a region of its own, with noise.
 */
public final class MadeUpExamples {
  private MadeUpExamples() {}

  public static Examples of(int count, int rows, int columns, int classes, long seed) {
    RandomStream random = new RandomStream(99, seed);
    int width = rows * columns;
    byte[] pixels = new byte[count * width];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(classes);
      labels[i] = (byte) label;
      for (int x = 0; x < width; x++) {
        boolean own = x * classes / width == label;
        if (random.nextDouble() < (own ? 0.7 : 0.1)) {
          pixels[i * width + x] = (byte) (1 + random.nextInt(255));
        }
      }
    }
    return new Examples(rows, columns, Inputs.ofPixels(width, pixels), labels);
  }

  public static Dataset dataset(
      int training, int validation, int rows, int columns, int classes, long seed) {
    return new Dataset(
        of(training, rows, columns, classes, seed),
        of(validation, rows, columns, classes, seed + 1),
        of(50, rows, columns, classes, seed + 2),
        "made up",
        Map.of());
  }
}
