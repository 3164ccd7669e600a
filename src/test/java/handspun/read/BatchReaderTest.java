package handspun.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.image.Preprocessing;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Initializer;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchReaderTest {
  private static Images images(byte[] pixels) {
    return new Images() {
      @Override
      public int count() {
        return pixels.length / 784;
      }

      @Override
      public void copyPixels(int image, byte[] target, int to) {
        System.arraycopy(pixels, 784 * image, target, to, 784);
      }
    };
  }

  /** Strokes, and noise everywhere else in some. */
  private static byte[] pixels(int count) {
    byte[] pixels = new byte[784 * count];
    Random random = new Random(3);
    for (int p = 0; p < pixels.length; p++) {
      boolean isNoisy = p / 784 % 5 == 0;
      pixels[p] = (byte) (isNoisy || p % 28 / 4 == 3 ? random.nextInt(256) : 0);
    }
    return pixels;
  }

  @ParameterizedTest
  @CsvSource({
    "'784,16,16,10', NONE, 1",
    "'784,16,16,10', NONE, 63",
    "'784,16,16,10', NONE, 200",
    "'784,16,16,10', STRAIGHTEN, 65",
    "'784,100,10', NONE, 65",
    "'784,33,7', NONE, 129",
  })
  void readsManyAsItReadsOneByOne(String layers, Preprocessing preprocessing, int count) {
    Network network = Network.random(Topology.parse(layers), Initializer.NORMAL, 7);
    byte[] pixels = pixels(count);
    for (Kernels kernels : AllKernels.all()) {
      DigitReader reader = new DigitReader(network, preprocessing, kernels);
      Readings readings = reader.read(images(pixels));
      assertThat(readings.count()).isEqualTo(count);
      for (int i = 0; i < count; i++) {
        Reading one = reader.read(Arrays.copyOfRange(pixels, 784 * i, 784 * (i + 1)));
        int classes = readings.classes();
        assertThat(Arrays.copyOfRange(readings.outputs(), i * classes, (i + 1) * classes))
            .isEqualTo(one.outputs());
        assertThat(readings.digits()[i]).isEqualTo(one.digit());
        assertThat(readings.scores()[i]).isEqualTo(one.score());
      }
    }
  }

  @Test
  void readsPixelsAsItReadsStoredImages() {
    Network network = Network.random(new Topology(784, 16, 10), Initializer.NORMAL, 1);
    byte[] pixels = pixels(100);
    assertThat(
            new DigitReader(network, Preprocessing.NONE, AllKernels.scalar())
                .read(images(pixels))
                .outputs())
        .isEqualTo(Feedforward.outputs(network, AllKernels.scalar(), Inputs.ofPixels(784, pixels)));
  }

  @Test
  void refusesOutputsThatAreNoNumbers() {
    Topology topology = new Topology(784, 10);
    float[] parameters = new float[topology.parameterCount()];
    Arrays.fill(parameters, Float.NaN);
    DigitReader reader =
        new DigitReader(new Network(topology, parameters), Preprocessing.NONE, AllKernels.scalar());
    assertThatThrownBy(() -> reader.read(images(pixels(2))))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("its output for 0 is NaN");
  }
}
