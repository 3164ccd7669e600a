package handspun.train;

import handspun.UsageException;
import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.image.Preprocessing;
import java.io.Serializable;

/**
 * What is done to images before a plan's network sees them.
 *
 * @param preprocessing what belongs to the network
 */
public record ImagePreparation(Preprocessing preprocessing) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** {@return what a plan asks for} */
  public static ImagePreparation of(Plan plan) {
    return new ImagePreparation(plan.get(Hyperparameters.PREPROCESS));
  }

  /** {@return whether nothing is done} */
  public boolean isNone() {
    return preprocessing == Preprocessing.NONE;
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
   * @param examples whose images are to be read
   * @throws UsageException if images of that size cannot be prepared
   */
  void requirePossible(ExampleSet examples) {
    if (!preprocessing.isPossible(examples.rows(), examples.columns())) {
      throw new UsageException(
          "preprocess is %s, but the images have %d x %d pixels, and only what has 2 to 4096 rows and columns can be straightened: use other data, or preprocess none."
              .formatted(preprocessing, examples.rows(), examples.columns()));
    }
  }
}
