package handspun.spark;

import handspun.HandspunException;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/**
 * The examples, shared out to partitions, as an RDD with one {@link Block} a partition: for jobs,
 * of which there are many. Those that are stored are read by the executors, each block once; Spark
 * keeps it there, and runs later tasks where their block is.
 *
 * @param partitions how many there are
 * @param stored whether executors read the examples
 * @param rdd one block a partition
 */
record Blocks(int partitions, boolean stored, JavaRDD<Block> rdd) {
  /** {@return the blocks} */
  static Blocks of(JavaSparkContext context, Shards shards) {
    int partitions = shards.partitions();
    // Each task is sent its own piece, not those of all.
    JavaRDD<Block> rdd =
        context
            .parallelize(
                IntStream.range(0, partitions).mapToObj(shards::piece).toList(), partitions)
            .map(Shards::block);
    boolean stored = shards.isStored();
    return new Blocks(partitions, stored, stored ? rdd.persist(StorageLevel.MEMORY_ONLY()) : rdd);
  }

  /**
   * Has stored examples read.
   *
   * @throws HandspunException if they cannot be, or there is no room for them
   */
  void read() {
    if (!stored) {
      return;
    }
    rdd.map(Block::partition).collect();
    int kept = kept();
    if (kept < partitions) {
      // An executor may have gone with its blocks, which others have read by now.
      kept = kept();
    }
    if (kept < partitions) {
      throw new HandspunException(
          "Of the %d parts of the examples only %d fit into the memory that Spark has for them: give it more, as with --spark --executor-memory 4g on a cluster (--driver-memory on a local master), or more executors."
              .formatted(partitions, kept));
    }
  }

  /**
   * Counts the blocks that need not be read again. Spark's own figures of what is kept come later
   * than the end of the job.
   */
  private int kept() {
    return (int)
        rdd.map(block -> block.stage() != TaskContext.get().stageId()).collect().stream()
            .filter(isKept -> isKept)
            .count();
  }

  /** Has Spark keep them no longer. */
  void forget() {
    if (stored) {
      rdd.unpersist(false);
    }
  }
}
