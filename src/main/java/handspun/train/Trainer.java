package handspun.train;

import handspun.data.TrainingData;
import handspun.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The loop over epochs. */
public final class Trainer {
  private final Plan plan;
  private final TrainingData data;
  private final EpochRunner runner;
  private final List<TrainingListener> listeners;

  /**
   * What came of training.
   *
   * @param network the one that is kept, by the plan's {@link StoppingRule}; after a failure the
   *     best one
   * @param goodEpochs epochs behind it
   * @param epochs all that were run, in order
   * @param failure why training failed, with advice; empty if it went as planned
   */
  public record Result(
      Network network, int goodEpochs, List<EpochSummary> epochs, Optional<String> failure) {
    /** {@return the last epoch behind the network; empty for an untrained one} */
    public Optional<EpochSummary> lastGoodEpoch() {
      return goodEpochs == 0 ? Optional.empty() : Optional.of(epochs.get(goodEpochs - 1));
    }
  }

  /**
   * @param plan hyperparameters, which fit the data
   */
  public Trainer(
      Plan plan, TrainingData data, EpochRunner runner, List<TrainingListener> listeners) {
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
    return train(TrainingState.initial(plan));
  }

  /**
   * Trains a network from where training has come. The result is the same to the last bit as if it
   * had gone through without a stop.
   *
   * @param from the state to begin with, reached by the same plan from the same data; with a
   *     constant {@link Schedule}, the plan may have had another number of epochs
   * @return the network and how it went, with the epochs before that state
   */
  public Result train(TrainingState from) {
    return train(from, plan.epochs());
  }

  /**
   * The same, but no further than to some epoch of the plan, from which another training may go on.
   *
   * @param from the state to begin with
   * @param last the epoch, 1 to the plan's number of epochs
   * @return the network and how it went until then
   */
  public Result train(TrainingState from, int last) {
    try {
      return run(from, last);
    } finally {
      listeners.forEach(TrainingListener::ended);
    }
  }

  private Result run(TrainingState from, int last) {
    LearningCheck check = new LearningCheck(plan, data.training(), from.epochs());
    StoppingRule rule = StoppingRule.of(plan);
    TrainingState state = from;
    tellReached(state);
    while (state.epochsDone() < last && !rule.ends(state)) {
      int epoch = state.epochsDone() + 1;
      for (TrainingListener listener : listeners) {
        listener.epochStarted(epoch);
      }
      long start = System.nanoTime();
      int stalls = LearningRate.stalls(plan, state.epochs());
      EpochRunner.Outcome outcome = runner.run(new EpochStart(epoch, stalls, state.model()));
      Network after = plan.network(plan.parameters(outcome.state()));
      EpochSummary summary =
          new EpochSummary(
              epoch,
              after.isFinite() ? outcome.cost() : Double.NaN,
              outcome.validationCorrect(),
              data.validation().count(),
              (System.nanoTime() - start) * 1e-9,
              outcome.examplesPerPartition(),
              outcome.work());
      Optional<String> failure = check.verdict(summary, plan.learningRate());
      if (failure.isPresent()) {
        tellEnded(summary);
        List<EpochSummary> epochs = new ArrayList<>(state.epochs());
        epochs.add(summary);
        return new Result(state.best(), state.bestEpoch(), epochs, failure);
      }
      state = state.after(summary, outcome.state(), after);
      tellReached(state);
      tellEnded(summary);
    }
    return new Result(rule.network(state), rule.epochs(state), state.epochs(), Optional.empty());
  }

  private void tellReached(TrainingState state) {
    for (TrainingListener listener : listeners) {
      listener.reached(state);
    }
  }

  private void tellEnded(EpochSummary summary) {
    for (TrainingListener listener : listeners) {
      listener.epochEnded(summary);
    }
  }
}
