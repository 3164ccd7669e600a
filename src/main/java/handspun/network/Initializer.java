package handspun.network;

import handspun.math.RandomStream;
import java.util.Locale;

/**
 * How the weights and biases of a new network are drawn: each from a normal distribution of mean 0,
 * in the order of the parameter vector.
 */
public enum Initializer {
  /** Weights and biases of variance 1 (Nielsen, "Neural Networks and Deep Learning", chapter 1). */
  NORMAL {
    @Override
    double deviation(int inputs, int units) {
      return 1;
    }
  },

  /**
   * Weights of variance {@code 1 / n} for a unit of n inputs, which saturate no unit to begin with,
   * and biases of variance 1 (Nielsen, chapter 3, "Weight initialization").
   */
  SCALED {
    @Override
    double deviation(int inputs, int units) {
      return 1 / Math.sqrt(inputs);
    }
  },

  /**
   * Weights of variance {@code 2 / (n + m)} in a layer of m units of n inputs each, so that neither
   * activations nor errors grow or shrink from layer to layer, and biases of 0 (Glorot and Bengio,
   * "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010,
   * equation 12).
   */
  XAVIER {
    @Override
    double deviation(int inputs, int units) {
      return Math.sqrt(2.0 / (inputs + units));
    }

    @Override
    float bias(RandomStream random) {
      return 0;
    }
  };

  /** The standard deviation of the weights of a layer. */
  abstract double deviation(int inputs, int units);

  /** Draws a bias, of variance 1 unless said otherwise. */
  float bias(RandomStream random) {
    return (float) random.nextGaussian();
  }

  /**
   * @param random random numbers
   * @return a parameter vector
   */
  float[] draw(Topology topology, RandomStream random) {
    float[] parameters = new float[topology.parameterCount()];
    int t = 0;
    for (int l = 1; l < topology.layers(); l++) {
      double deviation = deviation(topology.size(l - 1), topology.size(l));
      for (; t < topology.biasesAt(l); t++) {
        parameters[t] = (float) (deviation * random.nextGaussian());
      }
      for (int end = t + topology.size(l); t < end; t++) {
        parameters[t] = bias(random);
      }
    }
    return parameters;
  }

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
