package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.network.Inputs;
import handspun.network.QuadraticCost;
import handspun.train.Evaluation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AugmenterTest {
  private static final int SIZE = 28;
  private static final Dataset MNIST = Mnist.data();

  private static final Augmentation ALL =
      Augmentation.parse(
          "shift=1,rotate=12,scale=0.12,shear=0.12,elastic=26,elasticity=4,thickness=0.6");

  private static Augmenter augmenter(Augmentation augmentation) {
    return new Augmenter(augmentation, SIZE, SIZE, Kernels.fastest());
  }

  private static byte[] augmented(byte[] image, long seed) {
    return augmented(ALL, image, seed);
  }

  private static byte[] augmented(Augmentation augmentation, byte[] image, long seed) {
    byte[] target = new byte[SIZE * SIZE];
    augmenter(augmentation).augment(image, new RandomStream(seed), target, 0);
    return target;
  }

  private static int ink(byte[] image) {
    int ink = 0;
    for (byte pixel : image) {
      ink += pixel & 0xff;
    }
    return ink;
  }

  @Test
  void givesTheSameBytesEverywhere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 100; i++) {
      digest.update(augmented(MNIST.training().inputs().pixels(i), i));
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("989f87894fc64bbde10b1eb536954c2fedd20a826a3447e309498c5739282e3d");
  }

  @Test
  void doesNotDependOnWhatWasChangedBefore() {
    Augmenter used = augmenter(ALL);
    byte[] targets = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < 3; i++) {
      used.augment(
          MNIST.training().inputs().pixels(i), new RandomStream(i), targets, i * SIZE * SIZE);
    }
    assertThat(Arrays.copyOfRange(targets, 2 * SIZE * SIZE, targets.length))
        .isEqualTo(augmented(MNIST.training().inputs().pixels(2), 2));
  }

  @Test
  void anotherSeedGivesAnotherImage() {
    byte[] image = MNIST.training().inputs().pixels(0);

    assertThat(augmented(image, 1)).isNotEqualTo(augmented(image, 2)).isNotEqualTo(image);
  }

  @Test
  void leavesABlankBlank() {
    assertThat(augmented(new byte[SIZE * SIZE], 1)).containsOnly(0);
  }

  @Test
  void keepsTheInk() {
    double before = 0;
    double after = 0;
    for (int i = 0; i < 500; i++) {
      byte[] image = MNIST.training().inputs().pixels(i);
      before += ink(image);
      after += ink(augmented(image, i));
    }
    assertThat(after / before).isCloseTo(1, within(0.05));
  }

  @Test
  void changesImagesThatAreNotSquare() {
    byte[] image = new byte[7 * 3];
    image[3 * 3 + 1] = (byte) 255;
    byte[] target = ByteBuffer.allocate(7 * 3 + 2).put(22, (byte) 9).array();
    new Augmenter(Augmentation.parse("shift=1,rotate=12,elastic=10"), 7, 3, Kernels.fastest())
        .augment(image, new RandomStream(5), target, 1);

    assertThat(ink(Arrays.copyOfRange(target, 1, 22))).isPositive();
    assertThat(target[0]).isZero();
    assertThat(target[22]).isEqualTo((byte) 9);
  }

  @Test
  void aNetworkThatLearnedChangedDigitsReadsTheOriginals() {
    Examples training = MNIST.training();
    byte[] pixels = new byte[training.count() * SIZE * SIZE];
    Augmenter augmenter = augmenter(ALL);
    for (int i = 0; i < training.count(); i++) {
      augmenter.augment(
          training.inputs().pixels(i), new RandomStream(1, i), pixels, i * SIZE * SIZE);
    }
    Examples changed =
        new Examples(SIZE, SIZE, Inputs.ofPixels(SIZE * SIZE, pixels), training.labels());

    assertThat(
            Evaluation.of(
                    Mnist.train(changed, 5, 1),
                    new QuadraticCost(),
                    MNIST.test(),
                    AllKernels.scalar())
                .accuracy())
        .isGreaterThan(0.90);
  }

  @Test
  void givesTheSameBytesWithEveryKernel() {
    byte[] image = MNIST.training().inputs().pixels(7);
    for (Kernels kernels : AllKernels.all()) {
      byte[] target = new byte[SIZE * SIZE];
      new Augmenter(ALL, SIZE, SIZE, kernels).augment(image, new RandomStream(3), target, 0);
      assertThat(target).as(kernels.description()).isEqualTo(augmented(image, 3));
    }
  }

  @Test
  void withNothingToDoOnlyFaintInkIsLost() {
    byte[] image = MNIST.training().inputs().pixels(1);
    byte[] same = augmented(Augmentation.NONE, image, 1);
    for (int i = 0; i < image.length; i++) {
      int ink = image[i] & 0xff;
      assertThat(same[i] & 0xff).isEqualTo(ink < Resampling.FAINTEST ? 0 : ink);
    }
  }

  /** A square of 10 x 10 pixels whose middle is that of the image. */
  private static byte[] square() {
    byte[] square = new byte[SIZE * SIZE];
    for (int y = 9; y < 19; y++) {
      Arrays.fill(square, y * SIZE + 9, y * SIZE + 19, (byte) 255);
    }
    return square;
  }

  /** Least and most of what a function says of the square, changed by many random numbers. */
  private static double[] range(String augmentation, ToDoubleFunction<byte[]> function) {
    return IntStream.range(0, 300)
        .mapToDouble(
            seed ->
                function.applyAsDouble(augmented(Augmentation.parse(augmentation), square(), seed)))
        .boxed()
        .collect(
            () -> new double[] {Double.MAX_VALUE, -Double.MAX_VALUE},
            (range, value) -> {
              range[0] = Math.min(range[0], value);
              range[1] = Math.max(range[1], value);
            },
            (range, other) -> {});
  }

  /** The mean of x, y, x * x, y * y or x * y, from the middle, with the ink as its weight. */
  private static double moment(byte[] image, int powerX, int powerY) {
    double sum = 0;
    for (int i = 0; i < image.length; i++) {
      int row = i / SIZE;
      double x = i % SIZE - 13.5;
      double y = row - 13.5;
      sum += (image[i] & 0xff) * Math.pow(x, powerX) * Math.pow(y, powerY);
    }
    return sum / ink(image);
  }

  @Test
  void shiftsByUpToThatManyPixelsToAllSides() {
    double[] right = range("shift=3", image -> moment(image, 1, 0));
    double[] down = range("shift=3", image -> moment(image, 0, 1));
    assertThat(right[0]).isBetween(-3.1, -2.8);
    assertThat(right[1]).isBetween(2.8, 3.1);
    assertThat(down[0]).isBetween(-3.1, -2.8);
    assertThat(down[1]).isBetween(2.8, 3.1);
  }

  @Test
  void scalesByUpToThatFactorEachWay() {
    // The variance of a square of 10 pixels is 8.25, and that of one of 8 or 12.5 as much smaller.
    double[] across = range("scale=0.2", image -> moment(image, 2, 0));
    double[] down = range("scale=0.2", image -> moment(image, 0, 2));
    assertThat(across[0]).isCloseTo(8.25 / 1.44, within(0.6));
    assertThat(across[1]).isCloseTo(8.25 / 0.64, within(0.7));
    assertThat(down[0]).isCloseTo(8.25 / 1.44, within(0.6));
    assertThat(down[1]).isCloseTo(8.25 / 0.64, within(0.7));
  }

  @Test
  void shearsByUpToThatManyPixelsARow() {
    ToDoubleFunction<byte[]> slant = image -> moment(image, 1, 1) / moment(image, 0, 2);
    double[] slants = range("shear=0.3", slant);
    assertThat(slants[0]).isCloseTo(-0.3, within(0.02));
    assertThat(slants[1]).isCloseTo(0.3, within(0.02));
  }

  @Test
  void turnsByUpToThatManyDegreesAboutTheMiddle() {
    byte[] line = new byte[SIZE * SIZE];
    for (int y = 4; y < 24; y++) {
      line[y * SIZE + 13] = (byte) 255;
      line[y * SIZE + 14] = (byte) 255;
    }
    double most = 0;
    for (int seed = 0; seed < 300; seed++) {
      byte[] turned = augmented(Augmentation.parse("rotate=30"), line, seed);
      double slope = moment(turned, 1, 1) / moment(turned, 0, 2);
      most = Math.max(most, Math.abs(Math.toDegrees(Math.atan(slope))));
      assertThat(moment(turned, 1, 0)).isCloseTo(0, within(0.1));
    }
    assertThat(most).isBetween(28.5, 30.5);
  }

  @Test
  void makesStrokesThickerAndThinnerAtTheirEdges() {
    // A square of 10 pixels becomes one of 8 to 12, nearly: its corners stay as they are.
    double[] ink = range("thickness=1", image -> ink(image) / 255.0);
    assertThat(ink[0]).isBetween(64.0, 66.0);
    assertThat(ink[1]).isBetween(138.0, 140.0);
  }

  @Test
  void movesNeighboursTogetherByElasticDistortion() {
    Augmentation elastic = Augmentation.parse("elastic=34,elasticity=4");
    double squares = 0;
    for (int seed = 0; seed < 400; seed++) {
      byte[] image = new byte[SIZE * SIZE];
      for (int at : new int[] {13 * SIZE + 13, 13 * SIZE + 14, 14 * SIZE + 13, 14 * SIZE + 14}) {
        image[at] = (byte) 255;
      }
      byte[] moved = augmented(elastic, image, seed);
      squares += Math.pow(moment(moved, 1, 0), 2) / 400;
    }
    // Of Simard's fields: alpha^2 / 3 / (4 pi sigma^2), 1.38 squared.
    assertThat(Math.sqrt(squares)).isBetween(1.15, 1.6);
  }

  @Test
  void whatIsLeftOutDoesNotChangeWhatIsNot() {
    byte[] image = square();
    double alone = moment(augmented(Augmentation.parse("shift=3"), image, 5), 1, 0);
    double together =
        moment(augmented(Augmentation.parse("shift=3,scale=0.1,rotate=5"), image, 5), 1, 0);
    assertThat(together).isCloseTo(alone, within(0.4));
    assertThat(Math.abs(alone)).isGreaterThan(0.5);
  }
}
