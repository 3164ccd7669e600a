package handspun.parallel;

import handspun.math.Kernels;
import handspun.math.Share;
import handspun.train.Hyperparameters;
import handspun.wire.Frame;

/**
 * Where a thread's examples come from: as they are stored, or augmented. A place is one in the
 * order of the epoch.
 */
sealed interface ExampleSource permits LocalExamples, AugmentedExamples {
  /** Makes the sources of threads, which share room for images that are augmented. */
  @FunctionalInterface
  interface Factory {
    ExampleSource of(Kernels kernels);
  }

  /**
   * Chooses where a team's examples come from.
   *
   * @param positions how many images are kept: as many as a mini-batch has examples, if threads
   *     share them, or 1
   */
  static Factory of(Team team, int positions) {
    if (team.plan().get(Hyperparameters.AUGMENT).isNone()) {
      return kernels -> team.examples();
    }
    ImageRoom room = new ImageRoom(team.plan().topology().inputs(), positions);
    return kernels -> new AugmentedExamples(team, room, positions, kernels);
  }

  /** Has a worker take the examples at some places, to compute their factors. */
  void take(GradientWorker worker, int from, int to);

  /**
   * Has a worker take what a share of the parameters needs of these examples. Some thread of this
   * process has taken all of each before, in the same mini-batch.
   */
  void take(GradientWorker worker, int from, int to, Share share);

  /** Has a worker touch the examples at some places, as far as there are any. */
  void touch(GradientWorker worker, int from, int to);

  /** Writes the length of an image that a thread of this process has taken, and its bytes. */
  void write(int place, Frame frame);
}
