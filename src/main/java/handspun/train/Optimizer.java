package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * How the parameters follow from the sum of a mini-batch, which is its gradient times {@link
 * #factor}, divided by the number of examples.
 *
 * <p>For every mini-batch there are three steps: {@link #prepare}, then the sum is added to what
 * that has given, then {@link #step}. Several threads make them side by side, each on its share of
 * the rows. Vectors are laid out like a gradient: see {@link Layout}.
 */
public interface Optimizer {

  /**
   * {@return the optimizer of a plan}
   *
   * @param inAnEpoch mini-batches in an epoch
   */
  static Optimizer of(Plan plan, int inAnEpoch) {
    return Hyperparameters.optimizer(plan, inAnEpoch);
  }

  /** {@return how many vectors the optimizer of a plan remembers} */
  static int memories(Plan plan) {
    return of(plan, 1).memories();
  }

  /** {@return how many vectors it remembers from one mini-batch to the next; at first all 0} */
  int memories();

  /** {@return whether the sum needs a vector of its own: {@link WorkingModel#sum}} */
  default boolean keepsSumApart() {
    return false;
  }

  /**
   * @param rate the learning rate
   * @return what gradients are multiplied by before they are summed
   */
  default float factor(float rate) {
    return -rate;
  }

  /**
   * Makes ready for the sum of a mini-batch.
   *
   * @param model changed in place, within the share
   * @param number of the mini-batch, from 1, the first of the first epoch
   * @param rate the learning rate
   * @return the vector that the sum is to be added to, one of the model's
   */
  float[] prepare(WorkingModel model, Layout layout, Share share, long number, float rate);

  /**
   * Makes the step, when the sum has been added.
   *
   * @param model changed in place, within the share; transposed copies are refreshed afterwards
   * @param number of the mini-batch, from 1, the first of the first epoch
   * @param rate the learning rate
   */
  void step(WorkingModel model, Layout layout, Share share, long number, float rate);
}
