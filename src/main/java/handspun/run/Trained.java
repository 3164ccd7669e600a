package handspun.run;

import handspun.network.Network;
import handspun.train.Acceptance;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Trainer;
import java.util.Optional;

/**
 * A training that has ended; its network is saved.
 *
 * @param run what was computed, and where its files are
 * @param result the network and how it went
 * @param test what the network makes of the test examples
 * @param acceptance chosen by what it makes of the validation examples; empty if there are none
 */
public record Trained(
    TrainingRun run, Trainer.Result result, Evaluation test, Optional<Acceptance> acceptance) {

  /** {@return the network} */
  public Network network() {
    return result.network();
  }

  /** {@return seconds of all epochs} */
  public double seconds() {
    return result.epochs().stream().mapToDouble(EpochSummary::seconds).sum();
  }

  /** {@return why training ended early, and what was saved; empty if it went as planned} */
  public Optional<String> failure() {
    return result.failure().map(failure -> failure + " " + saved() + " in " + run.model() + ".");
  }

  private String saved() {
    return result.goodEpochs() == 0
        ? "The parameters of before the first epoch are"
        : "The last good parameters, those of epoch %d, are".formatted(result.goodEpochs());
  }
}
