package handspun.train;

import handspun.data.Dataset;
import handspun.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The loop over epochs. */
public final class Trainer {
  private final Plan plan;
  private final Dataset data;
  private final EpochRunner runner;
  private final List<TrainingListener> listeners;

  /**
   * What came of training.
   *
   * @param network the last good one
   * @param goodEpochs epochs behind it
   * @param epochs all that were run, in order
   * @param failure why training ended early, with advice; empty if it went as planned
   */
  public record Result(
      Network network, int goodEpochs, List<EpochSummary> epochs, Optional<String> failure) {
    /**
     * @return the last epoch behind the network; empty for an untrained one
     */
    public Optional<EpochSummary> lastGoodEpoch() {
      return goodEpochs == 0 ? Optional.empty() : Optional.of(epochs.get(goodEpochs - 1));
    }
  }

  /**
   * @param plan hyperparameters, which fit the data
   * @param data what is to be learned
   * @param runner how an epoch is computed
   * @param listeners who is told
   */
  public Trainer(Plan plan, Dataset data, EpochRunner runner, List<TrainingListener> listeners) {
    this.plan = plan;
    this.data = data;
    this.runner = runner;
    this.listeners = List.copyOf(listeners);
  }

  /**
   * Trains a network from the plan's seed.
   *
   * @return the network and how it went
   */
  public Result train() {
    LearningCheck check = new LearningCheck(data.training(), plan.topology().outputs());
    List<EpochSummary> epochs = new ArrayList<>();
    Network network = Network.random(plan.topology(), plan.seed());
    Network best = network;
    int bestEpoch = 0;
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      for (TrainingListener listener : listeners) {
        listener.epochStarted(epoch);
      }
      long start = System.nanoTime();
      EpochRunner.Outcome outcome = runner.run(epoch, network.parameters());
      Network after = new Network(plan.topology(), outcome.parameters());
      EpochSummary summary =
          new EpochSummary(
              epoch,
              after.isFinite() ? outcome.cost() : Double.NaN,
              outcome.validationCorrect(),
              data.validation().count(),
              (System.nanoTime() - start) * 1e-9,
              outcome.examplesPerPartition(),
              outcome.work());
      epochs.add(summary);
      for (TrainingListener listener : listeners) {
        listener.epochEnded(summary);
      }
      Optional<String> failure = check.verdict(summary, plan.learningRate());
      if (failure.isPresent()) {
        return new Result(best, bestEpoch, epochs, failure);
      }
      network = after;
      if (bestEpoch == 0 || isBetter(summary, epochs.get(bestEpoch - 1))) {
        best = network;
        bestEpoch = epoch;
      }
    }
    return new Result(network, plan.epochs(), epochs, Optional.empty());
  }

  private static boolean isBetter(EpochSummary summary, EpochSummary than) {
    return summary.validationTotal() == 0
        ? summary.cost() < than.cost()
        : summary.validationCorrect() > than.validationCorrect();
  }
}
