package handspun.math;

/** What random numbers are for: the first part of a stream's key, so that no two uses share one. */
public enum RandomUse {
  /** Initial weights and biases, by seed. */
  INITIAL_PARAMETERS(1),
  /** In which order an epoch visits the examples, by seed, epoch and lane. */
  ORDER(2),
  /** The images that {@code generate} makes, by seed and image. */
  GENERATED_IMAGES(3),
  /** Which units are left out, by seed, epoch, example and layer. */
  DROPOUT(4),
  /** How images are changed, by seed, epoch and example. */
  AUGMENTATION(5),
  /** The trials of a search, by its seed, trial, draw and hyperparameter. */
  TRIALS(6),
  /** The drawings that a network's thresholds are chosen by, by seed and image. */
  VALIDATION_DRAWINGS(7),
  /** The drawings by which models are measured, by seed, purpose and drawing. */
  MEASURE(8);

  private final long key;

  RandomUse(long key) {
    this.key = key;
  }

  /** {@return the number that stands for it in a key; it never changes} */
  long key() {
    return key;
  }
}
