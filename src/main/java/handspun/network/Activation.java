package handspun.network;

import handspun.math.Kernels;
import java.util.Locale;

/**
 * What a unit of a hidden layer makes of its weighted input z: its activation a. What those of the
 * last layer make of it, {@link Outputs} tells.
 */
public enum Activation {
  /**
   * The logistic function, {@code a = 1 / (1 + exp(-z))}, of derivative {@code a (1 - a)} (Nielsen,
   * "Neural Networks and Deep Learning", chapter 1, equation 3).
   */
  SIGMOID {
    @Override
    void activate(Kernels kernels, float[] z, int at, int count) {
      kernels.sigmoid(z, at, count);
    }

    @Override
    void errors(Kernels kernels, float[] a, float[] deltas, int at, int count) {
      kernels.sigmoidErrors(a, deltas, at, count);
    }
  },

  /**
   * The hyperbolic tangent, {@code a = tanh(z) = 2 / (1 + exp(-2 z)) - 1}, of derivative {@code 1 -
   * a^2} (Nielsen, chapter 3, equations 109 to 111).
   */
  TANH {
    @Override
    void activate(Kernels kernels, float[] z, int at, int count) {
      kernels.tanh(z, at, count);
    }

    @Override
    void errors(Kernels kernels, float[] a, float[] deltas, int at, int count) {
      kernels.tanhErrors(a, deltas, at, count);
    }
  },

  /**
   * The rectified linear unit, {@code a = max(0, z)}, of derivative 1 where {@code a > 0}, else 0
   * (Nair and Hinton, "Rectified Linear Units Improve Restricted Boltzmann Machines", ICML 2010).
   * It is never saturated where it is above 0; a unit that is at 0 for all examples no longer
   * learns.
   */
  RELU {
    @Override
    void activate(Kernels kernels, float[] z, int at, int count) {
      kernels.relu(z, at, count);
    }

    @Override
    void errors(Kernels kernels, float[] a, float[] deltas, int at, int count) {
      kernels.reluErrors(a, deltas, at, count);
    }
  };

  /**
   * Computes activations in place.
   *
   * @param z weighted inputs, replaced by activations
   * @param at first element
   * @param count number of elements, a multiple of {@link Kernels#ROW}
   */
  abstract void activate(Kernels kernels, float[] z, int at, int count);

  /**
   * Multiplies errors by the derivative, in place (Nielsen's BP2): from dC/da to dC/dz.
   *
   * @param a activations, from which the derivative follows
   * @param deltas errors that were brought back to the activations
   * @param at first element of both
   * @param count number of elements, a multiple of {@link Kernels#ROW}
   */
  abstract void errors(Kernels kernels, float[] a, float[] deltas, int at, int count);

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
