package handspun.train;

import handspun.image.Augmenter;
import handspun.image.Preprocessing;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.RandomUse;

/**
 * What training sees of an example in an epoch where the plan asks for augmentation: the image
 * changed at random, and then prepared for the network. A function of the image, the plan, the
 * epoch and the example's number, and of nothing else.
 *
 * <p>Not for several threads at once; allocates nothing after it was made.
 */
public final class AugmentedImages {
  private final long seed;
  private final Augmenter augmenter;
  private final Preprocessing.Step step;
  private final RandomStream random = new RandomStream(RandomUse.AUGMENTATION);
  private final byte[] changed;

  /**
   * Of images of this size.
   *
   * @param kernels arithmetic to use; the result does not depend on it
   */
  public AugmentedImages(Plan plan, int rows, int columns, Kernels kernels) {
    seed = plan.seed();
    augmenter = new Augmenter(plan.get(Hyperparameters.AUGMENT), rows, columns, kernels);
    step = plan.get(Hyperparameters.PREPROCESS).step(rows, columns);
    changed = new byte[rows * columns];
  }

  /**
   * @param image pixels row by row, one unsigned byte each; not changed
   * @param epoch from 1
   * @param example its number in the training set
   * @param target receives what training sees
   * @param at where in the target
   */
  public void make(byte[] image, int epoch, int example, byte[] target, int at) {
    random.restart(RandomUse.AUGMENTATION, seed, epoch, example, 0);
    augmenter.augment(image, random, changed, 0);
    step.apply(changed, target, at);
  }
}
