package handspun.spark;

import handspun.UsageException;
import java.io.Serializable;
import org.apache.spark.SparkConf;

/**
 * What one partition tells of a mini-batch, or a round of them, that was run as one job. A class,
 * not a record: Spark's Kryo cannot fill records.
 */
final class MiniBatchPart implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How much Kryo may hold at once, as it does with a task's whole result. */
  static final String KRYO_BUFFER = "spark.kryoserializer.buffer.max";

  /** What a result holds beside the contribution, and more. */
  private static final int ROOM = 1 << 16;

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

  /**
   * Checks that Spark can bring parts to the driver.
   *
   * @param contribution the most bytes of one
   * @throws UsageException if it cannot
   */
  static void requireRoom(SparkConf conf, int contribution) {
    long room = conf.getSizeAsBytes(KRYO_BUFFER, "64m");
    if (NamedClasses.isKryo(conf) && (long) contribution + ROOM > room) {
      throw new UsageException(
          "%s is %s, but a partition's part of a mini-batch takes up to %d MB: set it to %dm, or leave it out of the settings of a Spark that is started for training."
              .formatted(
                  KRYO_BUFFER,
                  conf.get(KRYO_BUFFER, "64m"),
                  (contribution >> 20) + 1,
                  (contribution >> 20) + 2));
    }
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
