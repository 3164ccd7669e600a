package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.math.AllKernels;
import handspun.math.RandomStream;
import handspun.network.Inputs;
import handspun.network.QuadraticCost;
import handspun.train.Evaluation;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DistortionTest {
  private static final int SIZE = 28;
  private static final Dataset MNIST = Mnist.data();

  private static byte[] distorted(byte[] image, long seed) {
    byte[] target = new byte[SIZE * SIZE];
    new Distortion(SIZE, SIZE).distort(image, new RandomStream(seed), target, 0);
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
      digest.update(distorted(MNIST.training().inputs().pixels(i), i));
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("b6a47edebabf7a3561ffb105ad723d01e145149b27e67e1f262ec2a378572cc2");
  }

  @Test
  void doesNotDependOnWhatWasDistortedBefore() {
    Distortion used = new Distortion(SIZE, SIZE);
    byte[] targets = new byte[3 * SIZE * SIZE];
    for (int i = 0; i < 3; i++) {
      used.distort(
          MNIST.training().inputs().pixels(i), new RandomStream(i), targets, i * SIZE * SIZE);
    }
    assertThat(Arrays.copyOfRange(targets, 2 * SIZE * SIZE, targets.length))
        .isEqualTo(distorted(MNIST.training().inputs().pixels(2), 2));
  }

  @Test
  void anotherSeedGivesAnotherImage() {
    byte[] image = MNIST.training().inputs().pixels(0);

    assertThat(distorted(image, 1)).isNotEqualTo(distorted(image, 2)).isNotEqualTo(image);
  }

  @Test
  void leavesABlankBlank() {
    assertThat(distorted(new byte[SIZE * SIZE], 1)).containsOnly(0);
  }

  @Test
  void keepsTheInk() {
    double before = 0;
    double after = 0;
    for (int i = 0; i < 500; i++) {
      byte[] image = MNIST.training().inputs().pixels(i);
      before += ink(image);
      after += ink(distorted(image, i));
    }
    assertThat(after / before).isCloseTo(1, within(0.05));
  }

  @Test
  void distortsImagesThatAreNotSquare() {
    byte[] image = new byte[7 * 3];
    image[3 * 3 + 1] = (byte) 255;
    byte[] target = ByteBuffer.allocate(7 * 3 + 2).put(22, (byte) 9).array();
    new Distortion(7, 3).distort(image, new RandomStream(5), target, 1);

    assertThat(ink(Arrays.copyOfRange(target, 1, 22))).isPositive();
    assertThat(target[0]).isZero();
    assertThat(target[22]).isEqualTo((byte) 9);
  }

  @Test
  void aNetworkThatLearnedDistortedDigitsReadsTheOriginals() {
    Examples training = MNIST.training();
    byte[] pixels = new byte[training.count() * SIZE * SIZE];
    Distortion distortion = new Distortion(SIZE, SIZE);
    for (int i = 0; i < training.count(); i++) {
      distortion.distort(
          training.inputs().pixels(i), new RandomStream(1, i), pixels, i * SIZE * SIZE);
    }
    Examples distorted =
        new Examples(SIZE, SIZE, Inputs.ofPixels(SIZE * SIZE, pixels), training.labels());

    assertThat(
            Evaluation.of(
                    Mnist.train(distorted, 5, 1),
                    new QuadraticCost(),
                    MNIST.test(),
                    AllKernels.scalar())
                .accuracy())
        .isGreaterThan(0.90);
  }
}
