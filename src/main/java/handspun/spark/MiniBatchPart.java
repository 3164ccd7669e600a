package handspun.spark;

import java.io.Serializable;

/**
 * What one partition tells of a mini-batch, or a round of them, that was run as one job. A class,
 * not a record: Spark's Kryo cannot fill records.
 */
final class MiniBatchPart implements Serializable {
  private static final long serialVersionUID = 1L;

  private final int examples;
  private final long cost;
  private final long nanos;
  private final byte[] contribution;

  /**
   * @param examples that it computed
   * @param cost of these, in units of {@link handspun.network.Cost#UNIT}
   * @param nanos that it took to compute
   * @param contribution to the sum, the payload of a {@link handspun.wire.Frame}
   */
  MiniBatchPart(int examples, long cost, long nanos, byte[] contribution) {
    this.examples = examples;
    this.cost = cost;
    this.nanos = nanos;
    this.contribution = contribution;
  }

  int examples() {
    return examples;
  }

  long cost() {
    return cost;
  }

  long nanos() {
    return nanos;
  }

  byte[] contribution() {
    return contribution;
  }
}
