package handspun.parallel;

import handspun.UsageException;
import handspun.math.Share;
import handspun.train.MiniBatches;
import handspun.train.Plan;
import java.util.OptionalInt;

/**
 * What each partition owns: whole lanes with their examples, or, where there is one lane only, an
 * even share of the examples.
 *
 * @param miniBatches the examples and their lanes
 * @param partitions how many there are; with several lanes at most one a lane
 */
public record Partitioning(MiniBatches miniBatches, int partitions) {

  /**
   * {@return the most partitions that such a plan can keep busy: one a lane, or, with one lane, one
   * an example of a mini-batch}
   */
  public static int most(Plan plan) {
    return plan.lanes() > 1 ? plan.lanes() : plan.miniBatch();
  }

  /**
   * @param requested how many partitions are requested; empty for any
   * @throws UsageException if the plan cannot keep so many busy
   */
  public static void require(Plan plan, OptionalInt requested) {
    int most = most(plan);
    int partitions = requested.orElse(1);
    if (partitions < 1 || partitions > most) {
      throw new UsageException(
          "partitions is %d, but must be 1 to %d, the number of %s: more would have nothing to do."
              .formatted(
                  partitions, most, plan.lanes() > 1 ? "lanes" : "examples in a mini-batch"));
    }
  }

  /**
   * @param partition from 0
   * @return the first lane that it owns; from the number of partitions on, that of all
   */
  public int firstLane(int partition) {
    return partition >= partitions
        ? miniBatches.lanes()
        : new Share(partition, partitions).from(miniBatches.lanes());
  }

  /**
   * @param partition from 0
   * @return the first training example that it owns; for the number of partitions, that of all
   */
  public int firstExample(int partition) {
    if (partition == partitions) {
      return miniBatches.examples();
    }
    return miniBatches.lanes() > 1
        ? miniBatches.laneStart(firstLane(partition))
        : new Share(partition, partitions).from(miniBatches.examples());
  }

  /**
   * @param example a training example
   * @return the partition that owns it
   */
  public int owner(int example) {
    int partition = (int) ((long) example * partitions / miniBatches.examples());
    while (firstExample(partition) > example) {
      partition--;
    }
    while (firstExample(partition + 1) <= example) {
      partition++;
    }
    return partition;
  }
}
