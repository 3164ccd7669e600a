package handspun.spark;

import handspun.data.Examples;
import java.io.Serializable;

/**
 * The examples that one partition owns. Spark may send a kept one to another executor, so it is a
 * class, not a record: Spark's Kryo cannot fill records.
 */
final class Block implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int partition;
  private final int stage;
  private final Examples training;
  private final Examples validation;

  /**
   * @param partition from 0
   * @param stage Spark's number of the stage that got the examples
   * @param training those that it learns from
   * @param validation those that it validates with; may be empty
   */
  Block(int partition, int stage, Examples training, Examples validation) {
    this.partition = partition;
    this.stage = stage;
    this.training = training;
    this.validation = validation;
  }

  int partition() {
    return partition;
  }

  int stage() {
    return stage;
  }

  Examples training() {
    return training;
  }

  Examples validation() {
    return validation;
  }
}
