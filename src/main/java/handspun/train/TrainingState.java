package handspun.train;

import handspun.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * How far training has come: all that it needs, besides plan and data, to go on as if it had never
 * stopped. Which examples an epoch visits follows from the plan's seed and the epoch's number.
 *
 * @param model after the last epoch
 * @param network that has come of it; finite
 * @param best the best network so far, the first of equals, which stays if training fails later, or
 *     if a {@link StoppingRule} says so
 * @param bestEpoch epochs behind it; 0 before the first epoch
 * @param epochs all that were run, in order
 */
public record TrainingState(
    ModelState model, Network network, Network best, int bestEpoch, List<EpochSummary> epochs) {

  /** Makes the list unchangeable. */
  public TrainingState {
    epochs = List.copyOf(epochs);
    if (bestEpoch < 0 || bestEpoch > epochs.size() || (bestEpoch == 0) != epochs.isEmpty()) {
      throw new IllegalArgumentException(
          "The best epoch is " + bestEpoch + " of " + epochs.size() + ".");
    }
  }

  /** {@return the state before the first epoch} */
  public static TrainingState initial(Plan plan) {
    Network network = plan.initialNetwork();
    ModelState model = ModelState.initial(plan, network.parameters());
    return new TrainingState(model, network, network, 0, List.of());
  }

  /** {@return how many epochs are done} */
  public int epochsDone() {
    return epochs.size();
  }

  /** The state after one more epoch, which went well. */
  TrainingState after(EpochSummary summary, ModelState model, Network network) {
    List<EpochSummary> all = new ArrayList<>(epochs);
    all.add(summary);
    boolean better = bestEpoch == 0 || summary.isBetterThan(epochs.get(bestEpoch - 1));
    return better
        ? new TrainingState(model, network, network, all.size(), all)
        : new TrainingState(model, network, best, bestEpoch, all);
  }
}
