package handspun.math;

/** What random numbers are for: the first part of a stream's key, so that no two uses share one. */
public enum RandomUse {
  /** Initial weights and biases, by seed. */
  INITIAL_PARAMETERS,
  /** In which order an epoch visits the examples, by seed, epoch and lane. */
  ORDER,
  /** The images that {@code generate} makes, by seed and image. */
  GENERATED_IMAGES,
  /** Which units are left out, by seed, epoch, example and layer. */
  DROPOUT,
  /** The trials of a search, by its seed, trial, draw and hyperparameter. */
  TRIALS;

  /** {@return the number that stands for it in a key; it never changes} */
  long key() {
    return ordinal() + 1L;
  }
}
