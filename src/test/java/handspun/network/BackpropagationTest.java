package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.Share;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackpropagationTest {
  static List<Kernels> all() {
    return AllKernels.all();
  }

  private static HiddenUnits units(Activation activation, Kernels kernels) {
    return new HiddenUnits.AsTheyAre(activation, kernels);
  }

  private static Targets targets(int outputs, int... labels) {
    Targets targets = new Targets(Outputs.SIGMOID, outputs, 0, labels.length);
    Arrays.stream(labels).forEach(targets::add);
    return targets;
  }

  /**
   * A network 2-3-2, an image and the label 1, worked out by hand with Nielsen's equations.
   *
   * <pre>
   * x  = (1, 0.2)                                        pixels 255 and 51
   * w1 = from x0: (0.5, -1, 1)    from x1: (1, 0.5, -2)  b1 = (0.3, 0.9, -1.6)
   * w2 = from h0: (1, -1)  from h1: (2, 0.5)  from h2: (1, 1)   b2 = (-1, -0.25)
   * y  = (0, 1)
   *
   * Feedforward
   * z1 = (0.5 + 0.2 + 0.3, -1 + 0.1 + 0.9, 1 - 0.4 - 1.6) = (1, 0, -1)
   * a1 = (0.731058579, 0.5, 0.268941421)
   * z2 = (0.731058579 + 1 + 0.268941421 - 1, -0.731058579 + 0.25 + 0.268941421 - 0.25)
   *    = (1, -0.462117157)
   * a2 = (0.731058579, 0.386483696)
   * C  = (0.731058579^2 + (0.386483696 - 1)^2) / 2
   *    = (0.534446645 + 0.376402255) / 2 = 0.455424451
   *
   * Backpropagation
   * a2 (1 - a2)   = (0.196611933, 0.237114049)
   * delta2 = (a2 - y) a2 (1 - a2)
   *    = (0.731058579 * 0.196611933, -0.613516304 * 0.237114049) = (0.143734840, -0.145473335)
   * w2 delta2     = (0.143734840 + 0.145473335,
   *                  0.287469680 - 0.072736667,
   *                  0.143734840 - 0.145473335)
   *               = (0.289208175, 0.214733013, -0.001738494)
   * a1 (1 - a1)   = (0.196611933, 0.25, 0.196611933)
   * delta1        = (0.056861778, 0.053683253, -0.000341809)
   *
   * Gradient: inputs times deltas, biases the deltas themselves
   * dC/dw1 = from x0: (0.056861778, 0.053683253, -0.000341809)
   *          from x1: (0.011372356, 0.010736651, -0.000068362)
   * dC/db1 = (0.056861778, 0.053683253, -0.000341809)
   * dC/dw2 = from h0: (0.105078588, -0.106349529)
   *          from h1: (0.071867420, -0.072736667)
   *          from h2: (0.038656252, -0.039123805)
   * dC/db2 = (0.143734840, -0.145473335)
   * </pre>
   */
  private static final class ByHand {
    static final Topology TOPOLOGY = new Topology(2, 3, 2);
    static final Inputs IMAGE = Inputs.ofPixels(2, new byte[] {(byte) 255, 51});
    static final int LABEL = 1;

    static final float[] PARAMETERS = {
      0.5f, -1, 1, 1, 0.5f, -2, 0.3f, 0.9f, -1.6f, 1, -1, 2, 0.5f, 1, 1, -1, -0.25f
    };

    static final float[] ACTIVATIONS = {
      0.731058579f, 0.5f, 0.268941421f, 0.731058579f, 0.386483696f
    };

    static final double COST = 0.455424451;

    static final float[] DELTAS = {
      0.056861778f, 0.053683253f, -0.000341809f, 0.143734840f, -0.145473335f
    };

    static final float[] GRADIENT = {
      0.056861778f,
      0.053683253f,
      -0.000341809f,
      0.011372356f,
      0.010736651f,
      -0.000068362f,
      0.056861778f,
      0.053683253f,
      -0.000341809f,
      0.105078588f,
      -0.106349529f,
      0.071867420f,
      -0.072736667f,
      0.038656252f,
      -0.039123805f,
      0.143734840f,
      -0.145473335f
    };

    /** Parameters minus half the gradient, such as 0.5 - 0.028430889 = 0.471569111. */
    static final float[] AFTER_A_STEP_OF_RATE_ONE_HALF = {
      0.471569111f,
      -1.026841627f,
      1.000170904f,
      0.994313822f,
      0.494631675f,
      -1.999965819f,
      0.271569111f,
      0.873158373f,
      -1.599829096f,
      0.947460706f,
      -0.946825235f,
      1.964066290f,
      0.536368334f,
      0.980671874f,
      1.019561903f,
      -1.071867420f,
      -0.177263333f
    };
  }

  private final Layout layout = new Layout(ByHand.TOPOLOGY);
  private final float[] w = layout.toWorking(ByHand.PARAMETERS);

  /** The example by hand, at a position with others before and behind it. */
  private Factors factorsByHand(Kernels kernels, int at, float scale) {
    Backpropagation pass =
        new Backpropagation(
            layout, units(Activation.SIGMOID, kernels), new QuadraticCost(), kernels);
    Factors factors = new Factors(layout, 3);
    DecodedImages images = imagesByHand(kernels);
    long cost = pass.backpropagate(w, images, targets(2, ByHand.LABEL), scale, factors, at);
    assertThat(cost * Cost.UNIT).isCloseTo(ByHand.COST, within(2 * Cost.UNIT));
    return factors;
  }

  private DecodedImages imagesByHand(Kernels kernels) {
    DecodedImages images = new DecodedImages(layout, kernels, 1);
    images.add(ByHand.IMAGE, 0);
    return images;
  }

  @ParameterizedTest
  @MethodSource("all")
  void feedsForwardAsByHand(Kernels kernels) {
    assertFactors(factorsByHand(kernels, 1, 1).activations(), ByHand.ACTIVATIONS, 0.5f);
  }

  @ParameterizedTest
  @MethodSource("all")
  void bringsTheErrorBackAsByHand(Kernels kernels) {
    assertFactors(factorsByHand(kernels, 1, 1).deltas(), ByHand.DELTAS, 0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void bringsTheScaledErrorBack(Kernels kernels) {
    float[] scaled = ByHand.DELTAS.clone();
    for (int u = 0; u < scaled.length; u++) {
      scaled[u] *= -3;
    }
    assertFactors(factorsByHand(kernels, 1, -3).deltas(), scaled, 0);
  }

  /**
   * The same with rectified linear units.
   *
   * <pre>
   * a1 = (max(1, 0), max(0, 0), max(-1, 0)) = (1, 0, 0)
   * z2 = (1 - 1, -1 - 0.25) = (0, -1.25)
   * a2 = (0.5, 0.222700139)
   * C  = (0.5^2 + (0.222700139 - 1)^2) / 2 = 0.427097537
   * delta2 = (0.5 * 0.25, -0.777299861 * 0.173104787) = (0.125, -0.134554327)
   * w2 delta2 = (0.125 + 0.134554327, ...), of which only the first unit is above 0
   * delta1 = (0.259554327, 0, 0)
   * dC/dw1 = from x0: (0.259554327, 0, 0)   from x1: (0.051910865, 0, 0)   dC/db1 = delta1
   * dC/dw2 = from h0: (0.125, -0.134554327)   from h1, h2: 0   dC/db2 = delta2
   * </pre>
   */
  @ParameterizedTest
  @MethodSource("all")
  void rectifiedUnitsAreAsByHand(Kernels kernels) {
    Backpropagation pass =
        new Backpropagation(layout, units(Activation.RELU, kernels), new QuadraticCost(), kernels);
    Factors factors = new Factors(layout, 1);
    DecodedImages images = imagesByHand(kernels);
    long cost = pass.backpropagate(w, images, targets(2, ByHand.LABEL), 1, factors, 0);
    assertThat(cost * Cost.UNIT).isCloseTo(0.427097537, within(2 * Cost.UNIT));
    assertThat(factors.activations()[1]).containsExactly(row(1), within(2e-7f));
    assertThat(Arrays.copyOf(factors.activations()[2], 2))
        .containsExactly(new float[] {0.5f, 0.222700139f}, within(2e-7f));
    assertThat(factors.deltas()[1]).containsExactly(row(0.259554327f), within(2e-7f));
    assertThat(factors.deltas()[2]).containsExactly(row(0.125f, -0.134554327f), within(2e-7f));
    float[] gradient = new float[layout.gradientLength()];
    pass.addGradient(images, factors, gradient, Share.WHOLE);
    float[] expected = new float[ByHand.GRADIENT.length];
    expected[0] = expected[6] = 0.259554327f;
    expected[3] = 0.051910865f;
    expected[9] = expected[15] = 0.125f;
    expected[10] = expected[16] = -0.134554327f;
    assertThat(layout.toParameters(gradient)).containsExactly(expected, within(2e-7f));
  }

  private static float[] row(float... numbers) {
    return Arrays.copyOf(numbers, Kernels.ROW);
  }

  /** The second of three rows in each layer, and nothing in the others. */
  private static void assertFactors(float[][] found, float[] expected, float padding) {
    assertThat(found[0]).isEmpty();
    int u = 0;
    for (int l = 1; l <= 2; l++) {
      assertThat(found[l]).hasSize(48);
      assertThat(Arrays.copyOf(found[l], 16)).containsOnly(0f);
      assertThat(Arrays.copyOfRange(found[l], 32, 48)).containsOnly(0f);
      for (int o = 0; o < 16; o++) {
        boolean isUnit = o < ByHand.TOPOLOGY.size(l);
        assertThat(found[l][16 + o])
            .isCloseTo(isUnit ? expected[u++] : padding, within(isUnit ? 2e-7f : 0f));
      }
    }
    assertThat(u).isEqualTo(expected.length);
  }

  @ParameterizedTest
  @MethodSource("all")
  void addsTheGradientAsByHand(Kernels kernels) {
    float[] gradient = new float[layout.gradientLength()];
    gradient[layout.row(1, 1)] = 100;
    new Backpropagation(layout, units(Activation.SIGMOID, kernels), new QuadraticCost(), kernels)
        .addGradient(imagesByHand(kernels), factorsByHand(kernels, 0, 1), gradient, Share.WHOLE);
    float[] found = layout.toParameters(gradient);
    assertThat(found[3]).isCloseTo(100 + ByHand.GRADIENT[3], within(1e-5f));
    found[3] = ByHand.GRADIENT[3];
    assertThat(found).containsExactly(ByHand.GRADIENT, within(6e-8f));
  }

  @ParameterizedTest
  @MethodSource("all")
  void takesAStepDownTheGradientAsByHand(Kernels kernels) {
    float[] stepped = w.clone();
    new Backpropagation(layout, units(Activation.SIGMOID, kernels), new QuadraticCost(), kernels)
        .addGradient(imagesByHand(kernels), factorsByHand(kernels, 0, -0.5f), stepped, Share.WHOLE);
    assertThat(layout.toParameters(stepped))
        .containsExactly(ByHand.AFTER_A_STEP_OF_RATE_ONE_HALF, within(3e-7f));
  }

  /** Images of which every third pixel is background. */
  private static byte[] someImages(int count, int width, RandomStream random) {
    byte[] pixels = new byte[count * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 3 == 1 ? 0 : 1 + random.nextInt(255));
    }
    return pixels;
  }

  private static DecodedImages decoded(Layout layout, Kernels kernels, Inputs inputs, Share share) {
    DecodedImages images = new DecodedImages(layout, kernels, inputs.count());
    for (int i = 0; i < inputs.count(); i++) {
      images.add(inputs, i, layout.firstInput(share), layout.lastInput(share));
    }
    return images;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "6,5,4,3,2",
        "20,7,10",
        "12,10",
        "2,1",
        "9,1,4",
        "5,1,1,1,3",
        "3,40,2",
        "4,6,1",
        "10,16,16,10",
        "20,17,10",
        "8,33,65,3",
        "12,100,16,10",
        "6,10,100"
      })
  void gradientEqualsCentralDifferencesInDoublePrecision(String layers) {
    for (Activation activation : Activation.values()) {
      Cost.all().stream()
          // A single softmax output is always 1.
          .filter(measure -> measure.outputs() == Outputs.SIGMOID || !layers.endsWith(",1"))
          .forEach(measure -> assertGradientEqualsDifferences(layers, activation, measure));
    }
  }

  private static void assertGradientEqualsDifferences(
      String layers, Activation activation, Cost measure) {
    Topology topology = Topology.parse(layers);
    RandomStream random = new RandomStream(13, topology.parameterCount());
    byte[] pixels = someImages(3, topology.inputs(), random);
    int[] labels = new int[3];
    Arrays.setAll(labels, i -> random.nextInt(topology.outputs()));
    // Sums of rectified units grow from layer to layer, and saturate the outputs otherwise; and of
    // softmax outputs that are very wrong, single precision does not know how wrong they are.
    boolean plain = activation == Activation.SIGMOID && measure.outputs() == Outputs.SIGMOID;
    Initializer initializer = plain ? Initializer.NORMAL : Initializer.SCALED;
    float[] parameters = Network.random(topology, initializer, 17).parameters();

    Kernels kernels = Kernels.fastest();
    Layout wide = new Layout(topology);
    float[] working = wide.toWorking(parameters);
    Backpropagation pass = new Backpropagation(wide, units(activation, kernels), measure, kernels);
    DecodedImages images =
        decoded(wide, kernels, Inputs.ofPixels(topology.inputs(), pixels), Share.WHOLE);
    Factors factors = new Factors(wide, 3);
    long cost =
        pass.backpropagate(working, images, targets(topology.outputs(), labels), 1, factors, 0);
    float[] sum = new float[wide.gradientLength()];
    pass.addGradient(images, factors, sum, Share.WHOLE);
    float[] gradient = wide.toParameters(sum);

    double[] p = new double[parameters.length];
    for (int t = 0; t < p.length; t++) {
      p[t] = parameters[t];
    }
    assertThat(cost * Cost.UNIT)
        .isCloseTo(cost(activation, measure, topology.sizes(), p, pixels, labels), within(2e-5));
    double step = 1e-5;
    double largest = 0;
    double[] differences = new double[p.length];
    for (int t = 0; t < p.length; t++) {
      double kept = p[t];
      p[t] = kept + step;
      double above = cost(activation, measure, topology.sizes(), p, pixels, labels);
      p[t] = kept - step;
      double below = cost(activation, measure, topology.sizes(), p, pixels, labels);
      p[t] = kept;
      differences[t] = (above - below) / (2 * step);
      largest = Math.max(largest, Math.abs(differences[t]));
    }
    assertThat(largest).isGreaterThan(1e-3);
    for (int t = 0; t < p.length; t++) {
      // What is far smaller than the rest of the gradient has only its absolute error to show.
      double tolerance = 1e-5 * Math.abs(differences[t]) + 2e-6 * largest;
      assertThat((double) gradient[t]).isCloseTo(differences[t], within(tolerance));
    }
  }

  private static double cost(
      Activation activation, Cost measure, int[] sizes, double[] p, byte[] pixels, int[] labels) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      double[] a = outputs(activation, measure.outputs(), sizes, p, pixels, i);
      for (int o = 0; o < a.length; o++) {
        double y = o == labels[i] ? 1 : 0;
        if (measure instanceof CrossEntropy) {
          sum -= y * StrictMath.log(a[o]) + (1 - y) * StrictMath.log(1 - a[o]);
        } else if (measure instanceof LogLikelihood) {
          sum -= y * StrictMath.log(a[o]);
        } else {
          sum += (a[o] - y) * (a[o] - y) / 2;
        }
      }
    }
    return sum;
  }

  /** The outputs in double precision, written from the definition alone. */
  private static double[] outputs(
      Activation activation, Outputs outputs, int[] sizes, double[] p, byte[] pixels, int image) {
    double[] a = new double[sizes[0]];
    for (int i = 0; i < a.length; i++) {
      a[i] = (pixels[image * a.length + i] & 0xff) / 255.0;
    }
    int at = 0;
    for (int l = 1; l < sizes.length; l++) {
      double[] next = new double[sizes[l]];
      int biases = at + a.length * next.length;
      for (int o = 0; o < next.length; o++) {
        double z = p[biases + o];
        for (int i = 0; i < a.length; i++) {
          z += a[i] * p[at + i * next.length + o];
        }
        next[o] = l < sizes.length - 1 ? activate(activation, z) : z;
      }
      if (l == sizes.length - 1) {
        activateOutputs(outputs, next);
      }
      at = biases + next.length;
      a = next;
    }
    return a;
  }

  private static double activate(Activation activation, double z) {
    return switch (activation) {
      case SIGMOID -> 1 / (1 + StrictMath.exp(-z));
      case TANH -> StrictMath.tanh(z);
      case RELU -> Math.max(0, z);
    };
  }

  private static void activateOutputs(Outputs outputs, double[] z) {
    double sum = Arrays.stream(z).map(StrictMath::exp).sum();
    for (int o = 0; o < z.length; o++) {
      z[o] =
          outputs == Outputs.SOFTMAX ? StrictMath.exp(z[o]) / sum : 1 / (1 + StrictMath.exp(-z[o]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 60})
  void sharesOfAGradientMakeUpTheWholeToTheLastBit(int parts) {
    // As many as go by columns in a wide first layer, in two blocks, and fewer.
    for (int count : new int[] {3, 70}) {
      assertSharesMakeUpTheWhole(parts, count, Activation.SIGMOID);
    }
    assertSharesMakeUpTheWhole(parts, 70, Activation.RELU);
  }

  private static void assertSharesMakeUpTheWhole(int parts, int count, Activation activation) {
    int[] labels = new int[count];
    Arrays.setAll(labels, i -> i * i % 10);
    for (String layers : List.of("50,9,4,10", "50,16,16,10", "50,100,17,10")) {
      Topology topology = Topology.parse(layers);
      Layout any = new Layout(topology);
      Inputs inputs = Inputs.ofPixels(50, someImages(count, 50, new RandomStream(21)));
      for (Kernels kernels : all()) {
        float[] start = any.toWorking(Network.random(topology, Initializer.NORMAL, 5).parameters());
        Backpropagation pass =
            new Backpropagation(any, units(activation, kernels), new QuadraticCost(), kernels);
        DecodedImages images = decoded(any, kernels, inputs, Share.WHOLE);
        Factors factors = new Factors(any, count);
        pass.backpropagate(start, images, targets(10, labels), -0.2f, factors, 0);

        float[] whole = start.clone();
        pass.addGradient(images, factors, whole, Share.WHOLE);
        any.refreshTransposed(whole, Share.WHOLE, Kernels.fastest());
        float[] shared = start.clone();
        for (int part = parts - 1; part >= 0; part--) {
          Share share = new Share(part, parts);
          pass.addGradient(decoded(any, kernels, inputs, share), factors, shared, share);
          any.refreshTransposed(shared, share, Kernels.fastest());
        }
        assertThat(bits(shared)).isEqualTo(bits(whole)).isNotEqualTo(bits(start));
      }
    }
  }

  /** Another thread would lose its step if only zeros were added to it. */
  @ParameterizedTest
  @MethodSource("all")
  void aShareOfAGradientTouchesNothingElse(Kernels kernels) {
    int count = 40;
    Topology topology = new Topology(50, 9, 256, 256, 10);
    Layout any = new Layout(topology);
    Inputs inputs = Inputs.ofPixels(50, someImages(count, 50, new RandomStream(21)));
    float[] w = any.toWorking(Network.random(topology, Initializer.NORMAL, 5).parameters());
    Backpropagation pass =
        new Backpropagation(any, units(Activation.SIGMOID, kernels), new QuadraticCost(), kernels);
    Factors factors = new Factors(any, count);
    pass.backpropagate(
        w,
        decoded(any, kernels, inputs, Share.WHOLE),
        targets(10, new int[count]),
        -0.2f,
        factors,
        0);
    for (int part = 0; part < 3; part++) {
      Share share = new Share(part, 3);
      // Of all numbers only this one shows that 0 has been added to it.
      float[] target = new float[w.length];
      Arrays.fill(target, -0f);
      pass.addGradient(decoded(any, kernels, inputs, share), factors, target, share);
      for (int l = 1; l < topology.layers(); l++) {
        Arrays.fill(target, any.from(l, share), any.to(l, share), -0f);
      }
      assertThat(bits(target)).containsOnly(Float.floatToRawIntBits(-0f));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 60})
  void sharesOfASumMakeUpTheWhole(int parts) {
    Layout any = new Layout(new Topology(50, 17, 10));
    RandomStream random = new RandomStream(8);
    float[] addend = new float[any.gradientLength()];
    float[] sum = any.newWorking();
    for (int t = 0; t < addend.length; t++) {
      addend[t] = (float) random.nextGaussian();
      sum[t] = (float) random.nextGaussian();
    }
    float[] expected = sum.clone();
    for (int t = any.first().weights(); t < addend.length; t++) {
      expected[t] += addend[t];
    }
    Backpropagation pass =
        new Backpropagation(
            any,
            units(Activation.SIGMOID, Kernels.fastest()),
            new QuadraticCost(),
            Kernels.fastest());
    for (int part = 0; part < parts; part++) {
      pass.add(addend, sum, new Share(part, parts));
    }
    assertThat(bits(sum)).isEqualTo(bits(expected));
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    for (int t = 0; t < bits.length; t++) {
      bits[t] = Float.floatToRawIntBits(numbers[t]);
    }
    return bits;
  }

  @ParameterizedTest
  @EnumSource
  void trainingKeepsThePaddingAtZero(Activation activation) {
    Topology topology = new Topology(50, 9, 17, 10);
    Layout any = new Layout(topology);
    Kernels kernels = Kernels.fastest();
    float[] working = any.toWorking(Network.random(topology, Initializer.NORMAL, 5).parameters());
    Backpropagation pass =
        new Backpropagation(any, units(activation, kernels), new QuadraticCost(), kernels);
    DecodedImages images =
        decoded(
            any,
            kernels,
            Inputs.ofPixels(50, someImages(3, 50, new RandomStream(21))),
            Share.WHOLE);
    Factors factors = new Factors(any, 3);
    for (int step = 0; step < 20; step++) {
      pass.backpropagate(working, images, targets(10, 3, 1, 4), -1, factors, 0);
      pass.addGradient(images, factors, working, Share.WHOLE);
      any.refreshTransposed(working, Share.WHOLE, Kernels.fastest());
    }
    assertThat(bits(any.toWorking(any.toParameters(working)))).isEqualTo(bits(working));
  }

  @Test
  void factorsAreCopiedExampleByExample() {
    Factors from = factorsByHand(Kernels.fastest(), 1, 1);
    Factors to = new Factors(layout, 4);
    to.copy(from, 1, 3, layout);
    for (int l = 1; l <= 2; l++) {
      assertThat(Arrays.copyOfRange(to.activations()[l], 48, 64))
          .containsExactly(Arrays.copyOfRange(from.activations()[l], 16, 32));
      assertThat(Arrays.copyOfRange(to.deltas()[l], 48, 64))
          .containsExactly(Arrays.copyOfRange(from.deltas()[l], 16, 32));
      assertThat(Arrays.copyOf(to.deltas()[l], 48)).containsOnly(0f);
    }
  }
}
