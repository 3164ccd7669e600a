package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrokeThicknessTest {
  private static final int ROWS = 9;
  private static final int COLUMNS = 7;

  /** The definition: the brightest, or the darkest, within a distance. */
  private static int within(byte[] image, int x, int y, int distance, boolean brightest) {
    int found = image[y * COLUMNS + x] & 0xff;
    for (int toY = y - distance; toY <= y + distance; toY++) {
      for (int toX = x - distance; toX <= x + distance; toX++) {
        boolean isNear = (toX - x) * (toX - x) + (toY - y) * (toY - y) <= distance * distance;
        boolean isInside = toX >= 0 && toX < COLUMNS && toY >= 0 && toY < ROWS;
        if (isNear) {
          int other = isInside ? image[toY * COLUMNS + toX] & 0xff : 0;
          found = brightest ? Math.max(found, other) : Math.min(found, other);
        }
      }
    }
    return found;
  }

  @ParameterizedTest
  @ValueSource(doubles = {-3, -2.5, -1, -0.25, 0, 0.5, 1, 1.75, 2, 3})
  void isTheBrightestOrTheDarkestWithinADistance(double by) {
    RandomStream random = new RandomStream(4);
    byte[] image = new byte[ROWS * COLUMNS];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(256) : random.nextInt(2) * 255);
    }
    byte[] changed = new byte[image.length];
    new StrokeThickness(ROWS, COLUMNS).change(image, by, changed);
    int whole = (int) Math.abs(by);
    double part = Math.abs(by) - whole;
    for (int y = 0; y < ROWS; y++) {
      for (int x = 0; x < COLUMNS; x++) {
        int nearer = within(image, x, y, whole, by > 0);
        int farther = within(image, x, y, Math.min(whole + 1, 3), by > 0);
        double expected = nearer + part * (farther - nearer);
        assertThat((double) (changed[y * COLUMNS + x] & 0xff))
            .isBetween(expected - 1, expected + 1);
      }
    }
  }
}
