package handspun.train;

import java.util.List;

/**
 * What is known after an epoch.
 *
 * @param epoch from 1
 * @param cost mean cost of a training example during the epoch; NaN once training has diverged
 * @param validationCorrect correct validation examples, 0..validationTotal
 * @param validationTotal number of validation examples; 0 if there are none
 * @param seconds how long the epoch took, above 0
 * @param examplesPerPartition how many training examples each partition computed, by its number
 * @param work what each partition did with its time, by its number; empty if unknown
 */
public record EpochSummary(
    int epoch,
    double cost,
    int validationCorrect,
    int validationTotal,
    double seconds,
    List<Integer> examplesPerPartition,
    List<PartitionWork> work) {

  /** Makes the lists unchangeable. */
  public EpochSummary {
    examplesPerPartition = List.copyOf(examplesPerPartition);
    work = List.copyOf(work);
  }

  /** An epoch of which nobody knows what its partitions did with their time. */
  public EpochSummary(
      int epoch,
      double cost,
      int validationCorrect,
      int validationTotal,
      double seconds,
      List<Integer> examplesPerPartition) {
    this(epoch, cost, validationCorrect, validationTotal, seconds, examplesPerPartition, List.of());
  }

  /** {@return whether it reads more validation examples rightly; without any, has a lower cost} */
  boolean isBetterThan(EpochSummary other) {
    return validationTotal == 0 ? cost < other.cost : validationCorrect > other.validationCorrect;
  }

  /** {@return validationCorrect / validationTotal, 0..1; NaN without validation examples} */
  public double validationAccuracy() {
    return validationTotal == 0 ? Double.NaN : (double) validationCorrect / validationTotal;
  }

  /** {@return training examples that all partitions together computed in a second} */
  public double examplesPerSecond() {
    return examplesPerPartition.stream().mapToLong(Integer::longValue).sum() / seconds;
  }
}
