package handspun.train;

import java.util.List;

/**
 * What is told of an epoch.
 *
 * @param epoch from 1
 * @param cost mean quadratic cost of the training examples, each as it was when it was visited
 * @param validationCorrect validation examples that were read rightly after the epoch
 * @param validationTotal validation examples, 0 if there are none
 * @param seconds that the epoch took, its evaluation included
 * @param examplesPerPartition how many training examples each partition computed
 */
public record EpochSummary(
    int epoch,
    double cost,
    int validationCorrect,
    int validationTotal,
    double seconds,
    List<Integer> examplesPerPartition) {
  /** Makes the list unchangeable. */
  public EpochSummary {
    examplesPerPartition = List.copyOf(examplesPerPartition);
  }

  /**
   * @return 0..1; NaN if there are no validation examples
   */
  public double validationAccuracy() {
    return validationTotal == 0 ? Double.NaN : (double) validationCorrect / validationTotal;
  }

  /**
   * @return training examples per second
   */
  public double examplesPerSecond() {
    return examplesPerPartition.stream().mapToInt(Integer::intValue).sum() / seconds;
  }
}
