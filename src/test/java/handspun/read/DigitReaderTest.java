package handspun.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import handspun.HandspunException;
import handspun.image.DigitNormalizer;
import handspun.image.Mnist;
import handspun.image.Pictures;
import handspun.image.Preprocessing;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Activation;
import handspun.network.Initializer;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.network.Units;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DigitReaderTest {
  private static final int IMAGES = 500;

  private static List<byte[]> images;

  @BeforeAll
  static void read() {
    Inputs inputs = Mnist.data().test().inputs();
    images = IntStream.range(0, IMAGES).mapToObj(inputs::pixels).toList();
  }

  private static DigitReader reader(Kernels kernels, int... layers) {
    return new DigitReader(
        Network.random(new Topology(layers), Initializer.NORMAL, 1), Preprocessing.NONE, kernels);
  }

  @Test
  void readsWithTheActivationOfTheNetwork() {
    Topology topology = new Topology(784, 30, 10);
    Network network =
        Network.random(topology, Initializer.SCALED, 1)
            .with(new Units(Activation.RELU, Outputs.SIGMOID));
    double[] hidden = new double[30];
    for (int unit = 0; unit < 30; unit++) {
      double z = network.bias(1, unit);
      for (int input = 0; input < 784; input++) {
        z += (images.get(3)[input] & 0xff) / 255.0 * network.weight(1, input, unit);
      }
      hidden[unit] = Math.max(0, z);
    }
    Reading reading =
        new DigitReader(network, Preprocessing.NONE, Kernels.fastest()).read(images.get(3));
    for (int output = 0; output < 10; output++) {
      double z = network.bias(2, output);
      for (int unit = 0; unit < 30; unit++) {
        z += hidden[unit] * network.weight(2, unit, output);
      }
      assertThat((double) reading.outputs()[output])
          .isCloseTo(1 / (1 + Math.exp(-z)), within(1e-6));
    }
  }

  @Test
  void readsWhatWasDoneToTheImageAsItWasInTraining() {
    Network network = Network.random(new Topology(784, 10), Initializer.SCALED, 1);
    byte[] straight = new byte[784];
    Preprocessing.STRAIGHTEN.step(28, 28).apply(images.get(2), straight, 0);
    Reading reading =
        new DigitReader(network, Preprocessing.STRAIGHTEN, Kernels.fastest()).read(images.get(2));
    Reading expected =
        new DigitReader(network, Preprocessing.NONE, Kernels.fastest()).read(straight);
    assertThat(reading.input()).isEqualTo(straight).isNotEqualTo(images.get(2));
    assertThat(bytes(reading)).isEqualTo(bytes(expected));
  }

  private static byte[] bytes(Reading reading) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Integer.BYTES + Float.BYTES * reading.outputs().length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(reading.digit());
    bytes.asFloatBuffer().put(reading.outputs());
    return bytes.array();
  }

  static Stream<Arguments> networksAndKernels() {
    return AllKernels.all().stream()
        .flatMap(
            kernels ->
                Stream.of(
                    Arguments.of(
                        kernels,
                        new int[] {784, 16, 16, 10},
                        "6abb3dc2c2bcebe8a16edd72eb7e14e69c605f1548c11b4a7251600c60f91364"),
                    Arguments.of(
                        kernels,
                        new int[] {784, 100, 10},
                        "a414ecbf4184c64172e8d1ef7263409f7855241582154a0bd27aa85c2f3793ae")));
  }

  @ParameterizedTest
  @MethodSource("networksAndKernels")
  void givesTheBitsOfEveryVersionBefore(Kernels kernels, int[] layers, String expected)
      throws Exception {
    DigitReader reader = reader(kernels, layers);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] image : images) {
      digest.update(bytes(reader.read(image)));
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(expected);
  }

  @Test
  void givesSeveralThreadsWhatItGivesOne() throws Exception {
    DigitReader reader = reader(AllKernels.scalar(), 784, 16, 16, 10);
    List<byte[]> expected = images.stream().map(image -> bytes(reader.read(image))).toList();
    int threads = 4;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<Void>> works = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        int first = t * IMAGES / threads;
        works.add(
            () -> {
              together.await();
              for (int k = 0; k < 10 * IMAGES; k++) {
                int i = (first + k) % IMAGES;
                assertThat(bytes(reader.read(images.get(i)))).isEqualTo(expected.get(i));
              }
              return null;
            });
      }
      for (Future<Void> work : executor.invokeAll(works)) {
        work.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void readsAPictureAsItsNormalisedPixels() {
    DigitReader reader = reader(AllKernels.scalar(), 784, 10);
    byte[] pixels =
        DigitNormalizer.normalize(Pictures.opaque(28, 28, images.get(0))).orElseThrow().pixels();
    Reading reading = reader.read(Pictures.opaque(28, 28, images.get(0))).orElseThrow();
    assertThat(reading.input()).isEqualTo(pixels);
    assertThat(bytes(reading)).isEqualTo(bytes(reader.read(pixels)));
  }

  @Test
  void readsNothingInABlankPicture() {
    assertThat(reader(AllKernels.scalar(), 784, 10).read(Pictures.opaque(9, 9, new byte[81])))
        .isEmpty();
  }

  @Test
  void refusesANetworkForOtherImages() {
    assertThatThrownBy(() -> reader(AllKernels.scalar(), 400, 10))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("400-10 has 400 inputs")
        .hasMessageContaining("784 (28 x 28) pixels");
  }
}
