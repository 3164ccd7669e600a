package handspun.spark;

/**
 * What one partition tells of an epoch that was run as one job. A class, not a record: Spark's Kryo
 * cannot fill records.
 */
final class EpochPart {
  private final int partition;
  private final int examples;
  private final long cost;
  private final int validationCorrect;
  private final float[] parameters;

  /**
   * @param partition from 0
   * @param examples training examples that it computed
   * @param cost of these, in units of {@link handspun.network.QuadraticCost#UNIT}
   * @param validationCorrect of its validation examples
   * @param parameters after the epoch, from partition 0; empty from the others
   */
  EpochPart(int partition, int examples, long cost, int validationCorrect, float[] parameters) {
    this.partition = partition;
    this.examples = examples;
    this.cost = cost;
    this.validationCorrect = validationCorrect;
    this.parameters = parameters;
  }

  int partition() {
    return partition;
  }

  int examples() {
    return examples;
  }

  long cost() {
    return cost;
  }

  int validationCorrect() {
    return validationCorrect;
  }

  float[] parameters() {
    return parameters;
  }
}
