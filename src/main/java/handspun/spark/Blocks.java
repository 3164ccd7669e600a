package handspun.spark;

import handspun.HandspunException;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;

/**
 * The examples, shared out to partitions, as an RDD with one {@link Block} a partition: for jobs,
 * of which there are many. Those that are stored are read by the executors, each block once; Spark
 * keeps it there, and runs later tasks where their block is.
 *
 * @param context Spark
 * @param partitions how many there are
 * @param stored whether executors read the examples
 * @param rdd one block a partition
 */
record Blocks(JavaSparkContext context, int partitions, boolean stored, JavaRDD<Block> rdd) {
  /** {@return the blocks} */
  static Blocks of(JavaSparkContext context, Shards shards) {
    int partitions = shards.partitions();
    JavaRDD<Block> rdd =
        context
            .parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
            .map(p -> new Block(p, shards.training(p), shards.validation(p)));
    boolean stored = shards.isStored();
    return new Blocks(
        context, partitions, stored, stored ? rdd.persist(StorageLevel.MEMORY_ONLY()) : rdd);
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
    // Spark's own figures of what is kept come later than the end of the job.
    BlockManagerMaster master = context.env().blockManager().master();
    long kept =
        IntStream.range(0, partitions)
            .filter(p -> !master.getLocations(new RDDBlockId(rdd.id(), p)).isEmpty())
            .count();
    if (kept < partitions) {
      throw new HandspunException(
          "Of the %d parts of the examples only %d fit into the memory that Spark has for them: give it more, as with --spark --executor-memory 4g on a cluster (--driver-memory on a local master), or more executors."
              .formatted(partitions, kept));
    }
  }
}
