package handspun.tune;

/**
 * What came of a trial in a rung.
 *
 * @param trial its number, from 1
 * @param rung from 0
 * @param epochs that it has run, those of earlier rungs included
 * @param correct validation examples that its network reads correctly
 * @param cost mean training cost in the epoch that its network is from; NaN if it has diverged
 * @param failure why training failed; empty if it did not
 * @param seconds of all its epochs
 */
record TrialResult(
    int trial, int rung, int epochs, int correct, double cost, String failure, double seconds) {

  /** The same in another rung, in which there was nothing to train. */
  TrialResult inRung(int other) {
    return new TrialResult(trial, other, epochs, correct, cost, failure, seconds);
  }

  boolean hasFailed() {
    return !failure.isEmpty();
  }
}
