package handspun.tune;

import java.util.Comparator;

/**
 * A trial with the last that is known of it.
 *
 * @param isDropped whether it did not go on to all of its epochs, since others were better
 */
public record Standing(Trial trial, TrialResult result, boolean isDropped) {
  /**
   * Best first: those that failed last; of the others who came further; of these who has more
   * validation examples correct; of these who was drawn first.
   */
  static final Comparator<Standing> BEST_FIRST =
      Comparator.comparing(Standing::hasFailed)
          .thenComparing(standing -> -standing.result.rung())
          .thenComparing(standing -> -standing.result.correct())
          .thenComparing(standing -> standing.trial.number());

  /** {@return whether training failed, so that there is no accuracy} */
  public boolean hasFailed() {
    return result.hasFailed();
  }

  /** {@return epochs that were run} */
  public int epochs() {
    return result.epochs();
  }

  /** {@return correct validation examples; 0 if it failed} */
  public int correct() {
    return result.correct();
  }

  /** {@return mean training cost in the epoch that its network is from; NaN if it diverged} */
  public double cost() {
    return result.cost();
  }

  /** {@return seconds of all its epochs} */
  public double seconds() {
    return result.seconds();
  }

  /** {@return {@code done}, {@code dropped}, {@code diverged} or {@code stuck}} */
  public String status() {
    if (hasFailed()) {
      return Double.isNaN(cost()) ? "diverged" : "stuck";
    }
    return isDropped ? "dropped" : "done";
  }
}
