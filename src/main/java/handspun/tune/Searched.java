package handspun.tune;

import java.util.List;
import java.util.Optional;

/**
 * A search that has ended; its files are written.
 *
 * @param trials all, best first
 */
public record Searched(SearchRun run, List<Standing> trials) {
  /** Makes the list unchangeable. */
  public Searched {
    trials = List.copyOf(trials);
  }

  /** {@return the best trial; empty if all have failed} */
  public Optional<Standing> best() {
    return trials.stream().findFirst().filter(first -> !first.hasFailed());
  }

  /** {@return the part of the validation examples that a trial's network reads correctly, 0..1} */
  public double accuracy(Standing trial) {
    return (double) trial.correct() / run.data().validation().count();
  }

  /** {@return seconds of all trials, one after the other} */
  public double seconds() {
    return trials.stream().mapToDouble(Standing::seconds).sum();
  }
}
