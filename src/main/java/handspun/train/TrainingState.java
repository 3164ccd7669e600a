package handspun.train;

import handspun.network.Network;
import java.util.ArrayList;
import java.util.List;

/**
 * How far training has come: all that it needs, besides plan and data, to go on as if it had never
 * stopped. Which examples an epoch visits follows from the plan's seed and the epoch's number.
 *
 * @param network after the last epoch; finite
 * @param memory what the {@link Optimizer} remembers then, vectors like the parameters
 * @param best the best network so far, the first of equals, which stays if training fails later, or
 *     if a {@link StoppingRule} says so
 * @param bestEpoch epochs behind it; 0 before the first epoch
 * @param epochs all that were run, in order
 */
public record TrainingState(
    Network network, List<float[]> memory, Network best, int bestEpoch, List<EpochSummary> epochs) {

  /** Makes the lists unchangeable. */
  public TrainingState {
    memory = List.copyOf(memory);
    epochs = List.copyOf(epochs);
    if (bestEpoch < 0 || bestEpoch > epochs.size() || (bestEpoch == 0) != epochs.isEmpty()) {
      throw new IllegalArgumentException(
          "The best epoch is " + bestEpoch + " of " + epochs.size() + ".");
    }
  }

  /** {@return the state before the first epoch} */
  public static TrainingState initial(Plan plan) {
    Network network = plan.initialNetwork();
    List<float[]> memory = ModelState.initial(plan, network.parameters()).memory();
    return new TrainingState(network, memory, network, 0, List.of());
  }

  /** {@return what the next mini-batch begins with} */
  public ModelState model() {
    return new ModelState(network.parameters(), memory);
  }

  /** {@return how many epochs are done} */
  public int epochsDone() {
    return epochs.size();
  }

  /** The state after one more epoch, which went well. */
  TrainingState after(EpochSummary summary, Network network, List<float[]> memory) {
    List<EpochSummary> all = new ArrayList<>(epochs);
    all.add(summary);
    boolean better = bestEpoch == 0 || isBetter(summary, epochs.get(bestEpoch - 1));
    return better
        ? new TrainingState(network, memory, network, all.size(), all)
        : new TrainingState(network, memory, best, bestEpoch, all);
  }

  private static boolean isBetter(EpochSummary summary, EpochSummary than) {
    return summary.validationTotal() == 0
        ? summary.cost() < than.cost()
        : summary.validationCorrect() > than.validationCorrect();
  }
}
