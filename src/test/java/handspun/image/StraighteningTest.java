package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Dataset;
import handspun.math.Kernels;
import handspun.network.Inputs;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StraighteningTest {
  private static final int SIZE = 28;
  private static final Dataset MNIST = Mnist.data();

  /** What is left of an image: moments, and the longer side of its ink. */
  private record Shape(double centreX, double centreY, double slant, int longerSide) {
    static Shape of(byte[] image, int columns) {
      double mass = 0;
      double[] sums = new double[4];
      int left = columns;
      int right = 0;
      int top = image.length;
      int bottom = 0;
      for (int i = 0; i < image.length; i++) {
        int x = i % columns;
        int y = i / columns;
        int ink = image[i] & 0xff;
        mass += ink;
        sums[0] += ink * x;
        sums[1] += ink * y;
        sums[2] += ink * x * y;
        sums[3] += ink * y * y;
        if (ink > 0) {
          left = Math.min(left, x);
          right = Math.max(right, x);
          top = Math.min(top, y);
          bottom = Math.max(bottom, y);
        }
      }
      double x = sums[0] / mass;
      double y = sums[1] / mass;
      double slant = (sums[2] / mass - x * y) / (sums[3] / mass - y * y);
      return new Shape(x, y, slant, Math.max(right - left, bottom - top) + 1);
    }
  }

  private static byte[] straightened(byte[] image, int rows, int columns) {
    byte[] target = new byte[rows * columns];
    new Straightening(rows, columns).apply(image, target, 0);
    return target;
  }

  private static byte[] digit(int i) {
    return MNIST.training().inputs().pixels(i);
  }

  @Test
  void givesTheSameBytesEverywhere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 1000; i++) {
      digest.update(straightened(digit(i), SIZE, SIZE));
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("c3684a30346468361dbd7e44ac6b3e146eba2429bdb2dde01d699c0ea27a0c5a");
  }

  /** The same, with each pixel looked up by itself at its place between four others. */
  private static byte[] lookedUp(byte[] image, int rows, int columns) {
    double mass = 0;
    double[] sums = new double[4];
    int top = rows;
    int bottom = 0;
    for (int p = 0; p < image.length; p++) {
      int x = p % columns;
      int y = p / columns;
      int ink = image[p] & 0xff;
      mass += ink;
      sums[0] += ink * x;
      sums[1] += ink * y;
      sums[2] += ink * x * y;
      sums[3] += ink * y * y;
      if (ink > 0) {
        top = Math.min(top, y);
        bottom = y;
      }
    }
    double centreX = sums[0] / mass;
    double centreY = sums[1] / mass;
    double variance = sums[3] / mass - centreY * centreY;
    double slant = variance > 1e-6 ? (sums[2] / mass - centreX * centreY) / variance : 0;
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    for (int p = 0; p < image.length; p++) {
      int x = p % columns;
      int y = p / columns;
      if (image[p] != 0) {
        left = Math.min(left, x - slant * y);
        right = Math.max(right, x - slant * y);
      }
    }
    double longerSide = Math.max((right - left + 1) / columns, (bottom - top + 1.0) / rows);
    double scale = longerSide / (5.0 / 7);
    Resampling resampling = new Resampling(rows, columns, Kernels.fastest());
    for (int y = 0; y < rows; y++) {
      double down = scale * (y - rows / 2.0);
      double fromX = Resampling.ORIGIN + centreX + slant * down;
      for (int x = 0; x < columns; x++) {
        int at = y * resampling.stride() + x;
        resampling.x()[at] = (float) (fromX + scale * (x - columns / 2.0));
        resampling.y()[at] = (float) (Resampling.ORIGIN + centreY + down);
      }
    }
    byte[] target = new byte[image.length];
    resampling.run(image, target, 0);
    return target;
  }

  /**
   * Some ink somewhere: in the middle or at an edge, dense or sparse, in a single row or column.
   */
  private static byte[] someInk(Random random, int rows, int columns) {
    byte[] image = new byte[rows * columns];
    int top = random.nextInt(rows);
    int left = random.nextInt(columns);
    int bottom = top + 1 + random.nextInt(rows - top);
    int right = left + 1 + random.nextInt(columns - left);
    double density = random.nextDouble();
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        image[y * columns + x] = (byte) (random.nextDouble() < density ? random.nextInt(256) : 0);
      }
    }
    image[top * columns + left] = (byte) 255;
    return image;
  }

  @ParameterizedTest
  @CsvSource({"28, 28", "2, 2", "3, 40", "40, 3", "16, 21"})
  void mixesRowsToTheSamePixelsAsAreLookedUpOneByOne(int rows, int columns) {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      byte[] image = someInk(random, rows, columns);
      assertThat(straightened(image, rows, columns))
          .as("image %d", i)
          .isEqualTo(lookedUp(image, rows, columns));
    }
  }

  @Test
  void leavesNoSlantAndPlacesDigitsAsMnistDoes() {
    double slantBefore = 0;
    double slantAfter = 0;
    double longerSides = 0;
    for (int i = 0; i < 500; i++) {
      slantBefore += Math.abs(Shape.of(digit(i), SIZE).slant());
      Shape shape = Shape.of(straightened(digit(i), SIZE, SIZE), SIZE);
      slantAfter += Math.abs(shape.slant());
      assertThat(shape.centreX()).as("digit %d", i).isCloseTo(14, within(0.4));
      assertThat(shape.centreY()).as("digit %d", i).isCloseTo(14, within(0.4));
      assertThat(shape.longerSide()).as("digit %d", i).isLessThanOrEqualTo(22);
      longerSides += shape.longerSide();
    }
    assertThat(slantBefore / 500).isGreaterThan(0.15);
    // A digit's ends may be faint, and become background.
    assertThat(longerSides / 500).isBetween(18.5, 21.0);
    assertThat(slantAfter / 500).isLessThan(0.01);
  }

  @Test
  void doesTheSameToADigitThatIsElsewhere() {
    byte[] image = digit(0);
    byte[] moved = new byte[image.length];
    System.arraycopy(image, 0, moved, 2 * SIZE + 1, image.length - 2 * SIZE - 1);
    assertThat(Shape.of(moved, SIZE).centreY() - Shape.of(image, SIZE).centreY())
        .isCloseTo(2, within(1e-9));
    assertThat(straightened(moved, SIZE, SIZE)).isEqualTo(straightened(image, SIZE, SIZE));
  }

  @Test
  void leavesABlankBlank() {
    byte[] target = new byte[SIZE * SIZE + 2];
    Arrays.fill(target, (byte) 7);
    new Straightening(SIZE, SIZE).apply(new byte[SIZE * SIZE], target, 1);
    assertThat(Arrays.copyOfRange(target, 1, target.length - 1)).containsOnly(0);
    assertThat(target[0]).isEqualTo((byte) 7);
    assertThat(target[target.length - 1]).isEqualTo((byte) 7);
  }

  @Test
  void doesNotDependOnWhatWasStraightenedBefore() {
    Straightening used = new Straightening(SIZE, SIZE);
    byte[] target = new byte[SIZE * SIZE];
    for (int i = 0; i < 3; i++) {
      used.apply(digit(i), target, 0);
    }
    assertThat(target).isEqualTo(straightened(digit(2), SIZE, SIZE));
  }

  @Test
  void straightensImagesThatAreNotSquare() {
    byte[] slanted = new byte[8 * 14];
    for (int y = 1; y < 7; y++) {
      slanted[y * 14 + 2 + y] = (byte) 255;
    }
    byte[] straight = straightened(slanted, 8, 14);
    Shape shape = Shape.of(straight, 14);
    assertThat(shape.centreX()).isCloseTo(7, within(0.1));
    assertThat(shape.centreY()).isCloseTo(4, within(0.1));
    assertThat(shape.slant()).isCloseTo(0, within(0.1));
  }

  @Test
  void whatIsNoDigitIsStillAnImage() {
    byte[] dash = new byte[SIZE * SIZE];
    Arrays.fill(dash, 3 * SIZE + 4, 3 * SIZE + 9, (byte) 200);
    byte[] dot = new byte[SIZE * SIZE];
    dot[SIZE * SIZE - 1] = 1;
    byte[] corners = new byte[SIZE * SIZE];
    corners[0] = (byte) 255;
    corners[2 * SIZE - 1] = 1;
    for (byte[] image : new byte[][] {dash, corners}) {
      Shape shape = Shape.of(straightened(image, SIZE, SIZE), SIZE);
      assertThat(shape.centreX()).isBetween(10.0, 18.0);
      assertThat(shape.centreY()).isBetween(10.0, 18.0);
    }
    assertThat(straightened(dot, SIZE, SIZE)).containsOnly(0);
  }

  @Test
  void aLineHasNothingToBeStraightened() {
    assertThat(Preprocessing.STRAIGHTEN.isPossible(1, 784)).isFalse();
    assertThat(Preprocessing.STRAIGHTEN.isPossible(2, 4096)).isTrue();
    assertThat(Preprocessing.NONE.isPossible(1, 784)).isTrue();
    assertThatThrownBy(() -> Preprocessing.STRAIGHTEN.step(1, 784))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesToManyImagesWhatItDoesToEach() {
    Inputs some = MNIST.test().inputs().slice(0, 70);
    Inputs straight = Preprocessing.STRAIGHTEN.apply(some, SIZE, SIZE);
    for (int i = 0; i < some.count(); i++) {
      assertThat(straight.pixels(i)).isEqualTo(straightened(some.pixels(i), SIZE, SIZE));
    }
    assertThat(straight.count()).isEqualTo(70);
    assertThat(Preprocessing.NONE.apply(some, SIZE, SIZE)).isSameAs(some);
  }
}
