package handspun.train;

import handspun.image.ExampleAugmenter;
import handspun.image.Preprocessing;
import handspun.image.TracedImages;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.RandomUse;

/**
 * What training sees of an example in an epoch where the plan asks for augmentation: another image
 * made of its own, and then prepared for the network. A function of the image, its label, the plan,
 * the epoch and the example's number, and of nothing else.
 *
 * <p>Not for several threads at once. Allocates nothing after it was made, unless images are drawn.
 */
public final class AugmentedImages {
  private final long seed;
  private final ExampleAugmenter augmenter;
  private final Preprocessing.Step step;
  private final RandomStream random = new RandomStream(RandomUse.AUGMENTATION);
  private final byte[] changed;

  /**
   * Of images of this size.
   *
   * @param kernels arithmetic to use; the result does not depend on it
   * @param traced strokes of images of the training set
   */
  public AugmentedImages(Plan plan, int rows, int columns, Kernels kernels, TracedImages traced) {
    seed = plan.seed();
    augmenter =
        new ExampleAugmenter(plan.get(Hyperparameters.AUGMENT), rows, columns, kernels, traced);
    step = plan.get(Hyperparameters.PREPROCESS).step(rows, columns);
    changed = new byte[rows * columns];
  }

  /**
   * @param image pixels row by row, one unsigned byte each; not changed
   * @param label of the image
   * @param epoch from 1
   * @param example its number in the training set
   * @param target receives what training sees
   * @param at where in the target
   * @return whether that is still of the label's class; otherwise it is of none
   */
  public boolean make(byte[] image, int label, int epoch, int example, byte[] target, int at) {
    random.restart(RandomUse.AUGMENTATION, seed, epoch, example, 0);
    boolean isOfItsClass = augmenter.augment(image, label, example, random, changed, 0);
    step.apply(changed, target, at);
    return isOfItsClass;
  }
}
