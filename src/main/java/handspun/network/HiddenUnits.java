package handspun.network;

import handspun.math.Kernels;

/**
 * What happens in the hidden layers of examples that are fed forward together: their activations,
 * and in training the errors that are brought back to their weighted inputs.
 */
public sealed interface HiddenUnits permits HiddenUnits.AsTheyAre, Dropout {

  /**
   * Says which examples come next. Who only feeds forward need not.
   *
   * @param epoch from 1
   * @param examples their numbers in the training set, from index 0
   */
  void begin(int epoch, int[] examples);

  /**
   * Computes activations in place.
   *
   * @param layer from 1, a hidden one
   * @param z weighted inputs, a padded row an example
   * @param at where the first example's row starts
   * @param count of numbers, those of whole rows
   */
  void activate(int layer, float[] z, int at, int count);

  /**
   * Brings errors back to the weighted inputs, in place (Nielsen's BP2).
   *
   * @param a activations, as {@link #activate} has left them
   * @param deltas errors that were brought back to the activations, at the same places
   */
  void errors(int layer, float[] a, float[] deltas, int at, int count);

  /** All units, as the activation says. */
  record AsTheyAre(Activation activation, Kernels kernels) implements HiddenUnits {
    @Override
    public void begin(int epoch, int[] examples) {}

    @Override
    public void activate(int layer, float[] z, int at, int count) {
      activation.activate(kernels, z, at, count);
    }

    @Override
    public void errors(int layer, float[] a, float[] deltas, int at, int count) {
      activation.errors(kernels, a, deltas, at, count);
    }
  }
}
