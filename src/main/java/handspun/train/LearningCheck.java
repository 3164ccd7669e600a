package handspun.train;

import handspun.data.ExampleSet;
import handspun.data.LabelCounts;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells when training has gone wrong for good: the cost is no longer a number, or the network has
 * stopped learning without having learned anything.
 *
 * <p>The yardstick is a network that ignores its input. The best that it can do is to answer each
 * label with its frequency q, at a quadratic cost of {@code (1 - sum q^2) / 2}, 0.45 for ten
 * labels. Whoever is not below that after several epochs and does not come down either, is stuck:
 * as a rule its units are saturated, because the learning rate is too high.
 */
final class LearningCheck {
  /** Epochs in a row without any progress before training ends. */
  static final int PATIENCE = 3;

  private static final double NO_PROGRESS = 1e-3;

  private final double costOfIgnorance;
  private double lastCost = Double.NaN;
  private int stuck;

  /**
   * @param training what is learned
   * @param classes how many labels there are
   * @param epochs that were run before, in order; training may have been resumed after them
   */
  LearningCheck(ExampleSet training, int classes, List<EpochSummary> epochs) {
    LabelCounts labels = training.labelCounts();
    double squares = 0;
    for (int label = 0; label < Math.min(classes, LabelCounts.LABELS); label++) {
      double frequency = (double) labels.count(label) / training.count();
      squares += frequency * frequency;
    }
    costOfIgnorance = (1 - squares) / 2;
    epochs.forEach(this::note);
  }

  private void note(EpochSummary epoch) {
    boolean progress = !(lastCost - epoch.cost() < NO_PROGRESS * lastCost);
    stuck = progress || epoch.cost() < costOfIgnorance ? 0 : stuck + 1;
    lastCost = epoch.cost();
  }

  /** {@return why training must end, with advice; empty if it may go on} */
  Optional<String> verdict(EpochSummary epoch, float learningRate) {
    if (Double.isNaN(epoch.cost())) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "The network diverged in epoch %d: a weight or bias is no longer a finite number."
                  + " Choose a lower learning rate than %s.",
              epoch.epoch(),
              learningRate));
    }
    note(epoch);
    if (stuck < PATIENCE) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The network stopped learning: for %d epochs its cost has stayed at %.4f, which is not"
                + " below the %.4f of a network that ignores its input. Choose another learning"
                + " rate than %s (3.0 suits the default layers) or another seed.",
            PATIENCE,
            epoch.cost(),
            costOfIgnorance,
            learningRate));
  }
}
