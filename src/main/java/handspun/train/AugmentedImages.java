package handspun.train;

import handspun.image.Augmentation;
import handspun.image.Augmenter;
import handspun.image.Preprocessing;
import handspun.image.Redrawer;
import handspun.image.TracedImages;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.RandomUse;
import java.util.Optional;

/**
 * What training sees of an example in an epoch where the plan asks for augmentation: the image
 * changed at random or drawn anew, or a drawing that is no digit, and then prepared for the
 * network. A function of the image, its label, the plan, the epoch and the example's number, and of
 * nothing else.
 *
 * <p>Not for several threads at once.
 */
public final class AugmentedImages {
  private final long seed;
  private final Augmentation augmentation;
  private final Augmenter augmenter;
  private final Optional<Redrawer> redrawer;
  private final Preprocessing.Step step;
  private final RandomStream random = new RandomStream(RandomUse.AUGMENTATION);
  private final byte[] changed;

  /**
   * Of images of this size.
   *
   * @param kernels arithmetic to use; the result does not depend on it
   * @param traced strokes of the training images
   */
  public AugmentedImages(Plan plan, int rows, int columns, Kernels kernels, TracedImages traced) {
    seed = plan.seed();
    augmentation = plan.get(Hyperparameters.AUGMENT);
    augmenter = new Augmenter(augmentation, rows, columns, kernels);
    redrawer = augmentation.draws() ? Optional.of(new Redrawer(traced)) : Optional.empty();
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
    boolean isDigit = true;
    random.restart(RandomUse.REDRAWING, seed, epoch, example, 0);
    if (random.nextDouble() < augmentation.negatives()) {
      isDigit = !redrawer.orElseThrow().drawNone(image, label, example, random, changed, 0);
    } else if (random.nextDouble() < augmentation.redraw()) {
      redrawer.orElseThrow().draw(image, label, example, random, changed, 0);
    } else {
      random.restart(RandomUse.AUGMENTATION, seed, epoch, example, 0);
      augmenter.augment(image, random, changed, 0);
    }
    step.apply(changed, target, at);
    return isDigit;
  }
}
