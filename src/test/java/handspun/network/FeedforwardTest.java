package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FeedforwardTest {
  private static final int WIDTH = 50;
  private static final int IMAGES = 23;

  private final byte[] pixels = someImages();
  private final Inputs inputs = Inputs.ofPixels(WIDTH, pixels);

  static Stream<Arguments> networksAndKernels() {
    return Stream.of("50,16,16,10", "50,10", "50,100,10", "50,17,3,207,26")
        .flatMap(layers -> AllKernels.all().stream().map(k -> Arguments.of(layers, k)));
  }

  /** The first is blank, the second full, the others have more and more ink. */
  private static byte[] someImages() {
    RandomStream random = new RandomStream(6);
    byte[] pixels = new byte[WIDTH * IMAGES];
    for (int at = 0; at < pixels.length; at++) {
      int image = at / WIDTH;
      if (image == 1 || random.nextInt(IMAGES) < image) {
        pixels[at] = (byte) (1 + random.nextInt(255));
      }
    }
    return pixels;
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    Arrays.setAll(bits, t -> Float.floatToRawIntBits(numbers[t]));
    return bits;
  }

  /** The outputs of image after image, with the scalar kernels, one at a time. */
  private float[] expected(Network network) {
    int classes = network.topology().outputs();
    float[] outputs = new float[IMAGES * classes];
    for (int i = 0; i < IMAGES; i++) {
      Feedforward feedforward = Feedforward.of(network, AllKernels.scalar(), 1);
      feedforward.read(inputs, i, i + 1);
      feedforward.outputs(0, outputs, i * classes);
    }
    return outputs;
  }

  @ParameterizedTest
  @MethodSource("networksAndKernels")
  void manyImagesAtATimeGiveTheBitsOfOne(String layers, Kernels kernels) {
    Network network = Network.random(Topology.parse(layers), Initializer.NORMAL, 2);
    int classes = network.topology().outputs();
    float[] expected = expected(network);
    for (int most : new int[] {1, 4, 7, IMAGES}) {
      Feedforward feedforward = Feedforward.of(network, kernels, most);
      float[] outputs = new float[expected.length];
      for (int from = 0; from < IMAGES; from += most) {
        int to = Math.min(from + most, IMAGES);
        feedforward.read(inputs, from, to);
        for (int i = from; i < to; i++) {
          feedforward.outputs(i - from, outputs, i * classes);
        }
      }
      assertThat(bits(outputs)).isEqualTo(bits(expected));
    }
  }

  @ParameterizedTest
  @MethodSource("networksAndKernels")
  void plainPixelsGiveTheBitsOfSparseOnes(String layers, Kernels kernels) {
    Network network = Network.random(Topology.parse(layers), Initializer.NORMAL, 2);
    int classes = network.topology().outputs();
    Feedforward feedforward = Feedforward.of(network, kernels, 1);
    float[] outputs = new float[IMAGES * classes];
    for (int i = 0; i < IMAGES; i++) {
      feedforward.read(Arrays.copyOfRange(pixels, i * WIDTH, (i + 1) * WIDTH));
      feedforward.outputs(0, outputs, i * classes);
    }
    assertThat(bits(outputs)).isEqualTo(bits(expected(network)));
    assertThat(outputs).doesNotContain(Float.NaN);
    assertThat(outputs[0]).isNotEqualTo(outputs[classes]);
  }

  @ParameterizedTest
  @MethodSource("networksAndKernels")
  void givesTheOutputsOfAnImageByThemselves(String layers, Kernels kernels) {
    Network network = Network.random(Topology.parse(layers), Initializer.NORMAL, 2);
    int classes = network.topology().outputs();
    Feedforward feedforward = Feedforward.of(network, kernels, IMAGES);
    feedforward.read(inputs, 0, IMAGES);
    float[] expected = expected(network);
    for (int i = 0; i < IMAGES; i++) {
      assertThat(bits(feedforward.outputs(i)))
          .isEqualTo(bits(Arrays.copyOfRange(expected, i * classes, (i + 1) * classes)));
    }
  }

  @Test
  void feedsForwardAsByHand() {
    Network network = new Network(new Topology(2, 1, 2), new float[] {1, 5, -1, 2, -2, 0, 1});
    Feedforward feedforward = Feedforward.of(network, Kernels.fastest(), 1);
    feedforward.read(new byte[] {-1, 0});
    // One hidden unit at z = 1 - 1 = 0, a = 0.5; then z = (1, -1 + 1).
    float[] outputs = feedforward.outputs(0);
    assertThat(outputs).hasSize(2);
    assertThat(outputs[0]).isCloseTo(0.7310586f, within(2e-7f));
    assertThat(outputs[1]).isEqualTo(0.5f);
  }

  @Test
  void hiddenUnitsHaveTheActivationOfTheNetworkAndOutputsAreSigmoids() {
    // Hidden units at z = 3 - 1 = 2 and z = -3 + 1 = -2; then z = 2 - 2 and z = 4 - 3.
    float[] parameters = {3, -3, -1, 1, 1, 2, 100, 100, -2, -3};
    Network network =
        new Network(new Topology(1, 2, 2), parameters)
            .with(new Units(Activation.RELU, Outputs.SIGMOID));
    for (Kernels kernels : AllKernels.all()) {
      Feedforward feedforward = Feedforward.of(network, kernels, 1);
      feedforward.read(new byte[] {-1});
      assertThat(feedforward.outputs(0))
          .containsExactly(new float[] {0.5f, 0.7310586f}, within(2e-7f));
    }
  }

  @Test
  void predictsTheLargestOutputAndTheFirstOfEquals() {
    Topology topology = new Topology(2, 3);
    // Rows of pixel 0 and pixel 1, then the biases: below the 1/2 of the places without a unit.
    float[] parameters = {0, 1, 2, 1, 1, 0, -9, -9, -9};
    Feedforward feedforward =
        Feedforward.of(new Network(topology, parameters), Kernels.fastest(), 3);
    feedforward.read(Inputs.ofPixels(2, new byte[] {-1, 0, 0, -1, 0, 0}), 0, 3);
    assertThat(feedforward.prediction(0)).isEqualTo(2);
    assertThat(feedforward.prediction(1)).isZero();
    assertThat(feedforward.prediction(2)).isZero();
  }

  @Test
  void readsNothingIntoTheNextImageFromTheLast() {
    Network network = Network.random(new Topology(WIDTH, 16, 10), Initializer.NORMAL, 2);
    Feedforward feedforward = Feedforward.of(network, Kernels.fastest(), 5);
    feedforward.read(inputs, 0, 1);
    float[] first = feedforward.outputs(0);
    feedforward.read(inputs, 18, 23);
    feedforward.read(inputs, 0, 1);
    assertThat(bits(feedforward.outputs(0))).isEqualTo(bits(first));
  }

  @Test
  void seesChangesOfItsWorkingVector() {
    Layout layout = new Layout(new Topology(2, 1));
    float[] w = layout.newWorking();
    Feedforward feedforward = new Feedforward(layout, Units.SIGMOID, w, Kernels.fastest(), 1);
    float[] outputs = new float[2];
    feedforward.read(new byte[] {-1, 0});
    feedforward.outputs(0, outputs, 0);
    w[layout.first().weights()] = 100;
    feedforward.read(new byte[] {-1, 0});
    feedforward.outputs(0, outputs, 1);
    assertThat(outputs).containsExactly(0.5f, 1f);
  }

  @Test
  void refusesAnythingButOneImageOfItsSize() {
    Feedforward feedforward =
        Feedforward.of(
            Network.random(new Topology(4, 2), Initializer.NORMAL, 1), Kernels.fastest(), 1);
    for (int count : new int[] {0, 3, 5}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> feedforward.read(new byte[count]))
          .withMessageContaining(count + " pixels")
          .withMessageContaining("of 4");
    }
  }
}
