package handspun.train;

import java.util.List;

/** A way of computing an epoch. Every way gives the same bits. */
public interface EpochRunner {

  /**
   * What came of an epoch.
   *
   * @param state after its last update
   * @param cost mean cost of the training examples, each as it was when it was visited; means
   *     nothing if the parameters are not finite
   * @param validationCorrect correct validation examples after the last update
   * @param examplesPerPartition how many training examples each partition computed
   * @param work what each partition did with its time; empty if unknown
   */
  record Outcome(
      ModelState state,
      double cost,
      int validationCorrect,
      List<Integer> examplesPerPartition,
      List<PartitionWork> work) {}

  /**
   * Runs one epoch.
   *
   * @return the outcome
   * @throws handspun.HandspunException if it could not be finished
   */
  Outcome run(EpochStart start);
}
