package handspun.train;

import handspun.UsageException;
import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.image.Augmentation;
import handspun.image.DigitNormalizer;
import handspun.image.Preprocessing;
import java.io.Serializable;

/**
 * What is done once to the images that a plan's network learns from and reads.
 *
 * @param preprocessing what belongs to the network
 * @param augmentation what training does to images before that, in every epoch: then it prepares
 *     them itself ({@link AugmentedImages})
 */
public record ImagePreparation(Preprocessing preprocessing, Augmentation augmentation)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** {@return what a plan asks for} */
  public static ImagePreparation of(Plan plan) {
    return new ImagePreparation(
        plan.get(Hyperparameters.PREPROCESS), plan.get(Hyperparameters.AUGMENT));
  }

  /** {@return whether images that are read stay as they are} */
  public boolean isNone() {
    return preprocessing == Preprocessing.NONE;
  }

  /**
   * @param examples as they are stored
   * @return as training is given them; the same if nothing is done to them, or not once
   * @throws UsageException if it cannot be done to images of that size
   */
  public Examples learn(Examples examples) {
    return augmentation.isNone() ? read(examples) : examples;
  }

  /**
   * @param examples as they are stored
   * @return as the network reads them; the same if nothing is done to them
   * @throws UsageException if it cannot be done to images of that size
   */
  public Examples read(Examples examples) {
    requirePossible(examples);
    return examples.with(
        preprocessing.apply(examples.inputs(), examples.rows(), examples.columns()));
  }

  /**
   * @param examples whose images are to be read, and perhaps augmented
   * @throws UsageException if images of that size cannot be
   */
  void requirePossible(ExampleSet examples) {
    if (isNone() && augmentation.isNone()) {
      return;
    }
    if (augmentation.draws()
        && (examples.rows() != DigitNormalizer.SIZE
            || examples.columns() != DigitNormalizer.SIZE)) {
      throw new UsageException(
          "augment is %s, but the images have %d x %d pixels, and only 28 x 28 are drawn anew: use other data, or augment without redraw and negatives, such as --augment none."
              .formatted(augmentation, examples.rows(), examples.columns()));
    }
    if (!Preprocessing.STRAIGHTEN.isPossible(examples.rows(), examples.columns())) {
      String asked = isNone() ? "augment is " + augmentation : "preprocess is " + preprocessing;
      throw new UsageException(
          "%s, but the images have %d x %d pixels, and only what has 2 to 4096 rows and columns can be straightened or turned: use other data, or preprocess none and augment none."
              .formatted(asked, examples.rows(), examples.columns()));
    }
  }
}
