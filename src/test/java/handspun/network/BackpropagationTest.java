package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.ScalarKernels;
import handspun.math.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackpropagationTest {
  private final Kernels kernels = new ScalarKernels();

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

  private final Backpropagation byHand = new Backpropagation(ByHand.TOPOLOGY, kernels);

  /** Where the example lies in the arrays of factors; what is before and behind must stay. */
  private static final int AT = 2;

  private float[] activationsByHand() {
    float[] activations = new float[AT + 5 + 1];
    byHand.feedforward(ByHand.PARAMETERS, ByHand.IMAGE, 0, activations, AT);
    return activations;
  }

  private float[] deltasByHand() {
    float[] deltas = new float[AT + 5 + 1];
    byHand.deltas(ByHand.PARAMETERS, ByHand.LABEL, activationsByHand(), deltas, AT);
    return deltas;
  }

  @Test
  void feedsForwardAsByHand() {
    assertFactors(activationsByHand(), ByHand.ACTIVATIONS);
  }

  @Test
  void costsWhatItCostsByHand() {
    double cost = byHand.cost(ByHand.LABEL, activationsByHand(), AT);
    assertThat(cost).isCloseTo(ByHand.COST, within(1e-7));
  }

  @Test
  void predictsTheLargestActivation() {
    assertThat(byHand.prediction(activationsByHand(), AT)).isZero();
    assertThat(byHand.prediction(new float[] {9, 9, 9, 0.2f, 0.3f}, 0)).isEqualTo(1);
  }

  @Test
  void predictsTheFirstOfEqualActivations() {
    assertThat(byHand.prediction(new float[] {0, 0, 0, 0.5f, 0.5f}, 0)).isZero();
  }

  @Test
  void bringsTheErrorBackAsByHand() {
    assertFactors(deltasByHand(), ByHand.DELTAS);
  }

  @Test
  void addsTheGradientAsByHand() {
    float[] gradient = new float[17];
    gradient[3] = 100;
    byHand.addGradient(
        ByHand.IMAGE, 0, activationsByHand(), deltasByHand(), AT, gradient, Share.WHOLE);
    assertThat(gradient[3]).isCloseTo(100 + ByHand.GRADIENT[3], within(1e-5f));
    gradient[3] = ByHand.GRADIENT[3];
    assertThat(gradient).containsExactly(ByHand.GRADIENT, within(3e-8f));
  }

  @Test
  void takesAStepDownTheGradientAsByHand() {
    float[] parameters = ByHand.PARAMETERS.clone();
    float[] scaled = deltasByHand();
    for (int u = 0; u < scaled.length; u++) {
      scaled[u] *= -0.5f;
    }
    byHand.addGradient(ByHand.IMAGE, 0, activationsByHand(), scaled, AT, parameters, Share.WHOLE);
    assertThat(parameters).containsExactly(ByHand.AFTER_A_STEP_OF_RATE_ONE_HALF, within(2e-7f));
  }

  private static void assertFactors(float[] found, float[] expected) {
    assertThat(found[0]).isZero();
    assertThat(found[1]).isZero();
    assertThat(found[AT + expected.length]).isZero();
    for (int u = 0; u < expected.length; u++) {
      assertThat(found[AT + u]).isCloseTo(expected[u], within(1e-7f));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"6,5,4,3,2", "20,7,10", "12,10", "1,1", "9,1,4", "5,1,1,1,3", "3,40,2", "4,6,1"})
  void gradientEqualsCentralDifferencesInDoublePrecision(String layers) {
    Topology topology = Topology.parse(layers);
    RandomStream random = new RandomStream(13, topology.parameterCount());
    byte[] pixels = new byte[topology.inputs()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i % 3 == 1 ? 0 : 1 + random.nextInt(255));
    }
    int label = random.nextInt(topology.outputs());
    float[] parameters = Network.random(topology, 17).parameters();

    Inputs image = Inputs.ofPixels(pixels.length, pixels);
    Backpropagation pass = new Backpropagation(topology, kernels);
    float[] activations = new float[topology.units()];
    float[] deltas = new float[topology.units()];
    float[] gradient = new float[parameters.length];
    pass.feedforward(parameters, image, 0, activations, 0);
    pass.deltas(parameters, label, activations, deltas, 0);
    pass.addGradient(image, 0, activations, deltas, 0, gradient, Share.WHOLE);

    double[] p = new double[parameters.length];
    for (int t = 0; t < p.length; t++) {
      p[t] = parameters[t];
    }
    assertThat(pass.cost(label, activations, 0))
        .isCloseTo(cost(topology.sizes(), p, pixels, label), within(1e-6));
    double step = 1e-5;
    double largest = 0;
    double[] differences = new double[p.length];
    for (int t = 0; t < p.length; t++) {
      double kept = p[t];
      p[t] = kept + step;
      double above = cost(topology.sizes(), p, pixels, label);
      p[t] = kept - step;
      double below = cost(topology.sizes(), p, pixels, label);
      p[t] = kept;
      differences[t] = (above - below) / (2 * step);
      largest = Math.max(largest, Math.abs(differences[t]));
    }
    assertThat(largest).isGreaterThan(1e-3);
    for (int t = 0; t < p.length; t++) {
      // What is far smaller than the rest of the gradient has only its absolute error to show.
      double tolerance = 1e-5 * Math.abs(differences[t]) + 1e-6 * largest;
      assertThat((double) gradient[t]).isCloseTo(differences[t], within(tolerance));
    }
  }

  /** The quadratic cost in double precision, written from the definition alone. */
  private static double cost(int[] sizes, double[] p, byte[] pixels, int label) {
    double[] a = new double[sizes[0]];
    for (int i = 0; i < a.length; i++) {
      a[i] = (pixels[i] & 0xff) / 255.0;
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
        next[o] = 1 / (1 + StrictMath.exp(-z));
      }
      at = biases + next.length;
      a = next;
    }
    double cost = 0;
    for (int o = 0; o < a.length; o++) {
      double y = o == label ? 1 : 0;
      cost += (a[o] - y) * (a[o] - y) / 2;
    }
    return cost;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void sharesOfAGradientMakeUpTheWholeToTheLastBit(int parts) {
    Topology topology = new Topology(50, 9, 4, 10);
    RandomStream random = new RandomStream(21);
    int examples = 6;
    byte[] pixels = new byte[examples * 50];
    for (int at = 0; at < pixels.length; at++) {
      pixels[at] = (byte) Math.max(0, random.nextInt(500) - 250);
    }
    Inputs images = Inputs.ofPixels(50, pixels);
    float[] parameters = Network.random(topology, 5).parameters();
    Backpropagation pass = new Backpropagation(topology, kernels);
    float[] activations = new float[examples * topology.units()];
    float[] deltas = new float[activations.length];
    for (int i = 0; i < examples; i++) {
      pass.feedforward(parameters, images, i, activations, i * topology.units());
      pass.deltas(parameters, i, activations, deltas, i * topology.units());
    }

    float[] whole = parameters.clone();
    for (int i = 0; i < examples; i++) {
      pass.addGradient(images, i, activations, deltas, i * topology.units(), whole, Share.WHOLE);
    }
    float[] shared = parameters.clone();
    for (int part = parts - 1; part >= 0; part--) {
      for (int i = 0; i < examples; i++) {
        pass.addGradient(
            images, i, activations, deltas, i * topology.units(), shared, new Share(part, parts));
      }
    }
    assertThat(bits(shared)).isEqualTo(bits(whole)).isNotEqualTo(bits(parameters));
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    for (int t = 0; t < bits.length; t++) {
      bits[t] = Float.floatToRawIntBits(numbers[t]);
    }
    return bits;
  }

  @Test
  void costIsNaNWhereAnOutputIs() {
    assertThat(byHand.cost(0, new float[] {0, 0, 0, 0.5f, Float.NaN}, 0)).isNaN();
  }
}
