package handspun.train;

import handspun.data.ExampleSet;
import handspun.data.LabelCounts;
import handspun.network.Cost;
import handspun.network.Targets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells when training has gone wrong for good: the cost is no longer a number, or the network has
 * stopped learning without having learned anything.
 *
 * <p>The yardstick is a network that ignores its input. The best that it can do is to answer each
 * label with its frequency: for ten labels that are as frequent, at a quadratic cost of 0.45, a
 * cross-entropy of 3.25, or a log-likelihood of 2.30. Whoever is not below that after several
 * epochs and does not come down either, is stuck: as a rule its units are saturated, because the
 * learning rate is too high.
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
   * @param epochs that were run before, in order; training may have been resumed after them
   */
  LearningCheck(Plan plan, ExampleSet training, List<EpochSummary> epochs) {
    costOfIgnorance = costOfIgnorance(plan, training);
    epochs.forEach(this::note);
  }

  private static double costOfIgnorance(Plan plan, ExampleSet training) {
    Cost cost = plan.get(Hyperparameters.COST);
    LabelCounts labels = training.labelCounts();
    float[] frequencies = new float[plan.topology().outputs()];
    int known = Math.min(frequencies.length, LabelCounts.LABELS);
    for (int label = 0; label < known; label++) {
      frequencies[label] = (float) labels.count(label) / training.count();
    }
    int classes = frequencies.length;
    Targets targets =
        new Targets(
            plan.get(Hyperparameters.COST).outputs(),
            classes,
            plan.get(Hyperparameters.LABEL_SMOOTHING),
            0);
    float[] answer = new float[classes];
    for (int label = 0; label < known; label++) {
      for (int o = 0; o < classes; o++) {
        answer[o] += frequencies[label] * targets.values()[targets.at(label) + o];
      }
    }
    double mean = 0;
    for (int label = 0; label < known; label++) {
      mean += frequencies[label] * cost.of(targets.values(), targets.at(label), answer, 0, classes);
    }
    return mean;
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
              "The network diverged in epoch %d: a weight or bias is no longer a finite number. Choose a lower learning rate than %s.",
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
            "The network stopped learning: for %d epochs its cost has stayed at %.4f, which is not below the %.4f of a network that ignores its input. Choose another learning rate than %s, such as that of a preset, or another seed.",
            PATIENCE,
            epoch.cost(),
            costOfIgnorance,
            learningRate));
  }
}
