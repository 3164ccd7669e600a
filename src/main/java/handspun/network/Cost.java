package handspun.network;

import handspun.math.Kernels;
import java.io.Serializable;
import java.util.List;

/**
 * What training makes small: how far the outputs of a network are from those that are wanted, y,
 * which {@link Targets} tells.
 */
public sealed interface Cost extends Serializable
    permits QuadraticCost, CrossEntropy, LogLikelihood {
  /** What sums of costs are counted in, as whole numbers, so that their order does not matter. */
  double UNIT = Kernels.COST_UNIT / 2;

  /** {@return every cost that there is, the default first} */
  static List<Cost> all() {
    return List.of(new QuadraticCost(), new CrossEntropy(), new LogLikelihood());
  }

  /** {@return what the units of the last layer compute, where this is measured} */
  Outputs outputs();

  /**
   * @param targets outputs that are wanted, y
   * @param target the first of them
   * @param outputs activations of the last layer
   * @param at the first of them
   * @param count how many there are
   * @return the cost of one example, 0 or more
   */
  double of(float[] targets, int target, float[] outputs, int at, int count);

  /**
   * The error of an output unit, the derivative of the cost by its weighted input (Nielsen's BP1).
   *
   * @param a activation of the unit, 0..1
   * @param y the activation that is wanted
   * @return dC/dz
   */
  float delta(float a, float y);

  /**
   * The form in which many examples are computed: {@link #delta} and {@link #of}, to the last bit
   * whatever the kernels.
   *
   * @param outputs units of the last layer
   * @param kernels arithmetic to use
   * @return computes errors and costs; for several threads at once
   */
  OutputErrors errors(int outputs, Kernels kernels);

  /** Computes the errors of the output layer. */
  interface OutputErrors {
    /**
     * @param a activations, a padded row an example
     * @param at where the first example's row starts
     * @param targets of the examples
     * @param examples how many there are
     * @param scale factor of the errors
     * @param deltas receives dC/dz times {@code scale}, at the same places as {@code a}
     * @return the examples' cost in units of {@link Cost#UNIT}; means nothing if an output is not a
     *     number
     */
    long compute(float[] a, int at, Targets targets, int examples, float scale, float[] deltas);
  }
}
