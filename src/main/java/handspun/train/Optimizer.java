package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * How the parameters follow from the sum of a mini-batch, which is its gradient times -eta / m.
 *
 * <p>For every mini-batch there are three steps: {@link #prepare}, then the sum is added to what
 * that has given, then {@link #step}. Several threads make them side by side, each on its share of
 * the rows. Vectors are laid out like a gradient: see {@link Layout}.
 */
public interface Optimizer {

  /** {@return the optimizer of a plan} */
  static Optimizer of(Plan plan) {
    return Hyperparameters.optimizer(plan);
  }

  /** {@return how many vectors it remembers from one mini-batch to the next; at first all 0} */
  int memories();

  /**
   * Makes ready for the sum of a mini-batch.
   *
   * @param w the parameters, a working vector
   * @param memory {@link #memories} vectors
   * @return the vector that the sum is to be added to, one of these
   */
  float[] prepare(float[] w, float[][] memory, Layout layout, Share share);

  /**
   * Makes the step, when the sum has been added.
   *
   * @param w the parameters, a working vector; transposed copies are refreshed afterwards
   * @param memory {@link #memories} vectors
   */
  void step(float[] w, float[][] memory, Layout layout, Share share);
}
