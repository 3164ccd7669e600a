package handspun.parallel;

import handspun.math.Share;
import handspun.wire.Frame;

/**
 * Where a thread's examples come from: as they are stored, or augmented. A place is one in the
 * order of the epoch.
 */
sealed interface ExampleSource permits LocalExamples, AugmentedExamples {
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
