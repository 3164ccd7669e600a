package handspun.spark;

import handspun.HandspunException;
import handspun.data.ExampleSet;
import handspun.data.Examples;
import handspun.data.TrainingData;
import handspun.math.Share;
import handspun.train.Partitioning;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.BlockManagerMaster;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.StorageLevel;

/**
 * The examples, dealt out to partitions, as an RDD with one {@link Block} a partition.
 *
 * <p>Those that are in the driver's memory travel as one broadcast a partition, so that an executor
 * fetches just the blocks of the partitions that it computes, once, and tasks stay small. Those
 * that are stored are read by the executors, each block once; Spark keeps it there, and runs later
 * tasks where their block is.
 */
final class Blocks {
  private final JavaSparkContext context;
  private final int partitions;
  private final boolean stored;
  private final JavaRDD<Block> rdd;

  /** Gets the examples of one partition. */
  private interface Source extends Serializable {
    Examples get();
  }

  private Blocks(JavaSparkContext context, int partitions, boolean stored, JavaRDD<Block> rdd) {
    this.context = context;
    this.partitions = partitions;
    this.stored = stored;
    this.rdd = rdd;
  }

  /**
   * @param context Spark
   * @param data whose training and validation examples are dealt out
   * @param partitioning which partition owns which training examples
   * @return the blocks
   */
  static Blocks deal(JavaSparkContext context, TrainingData data, Partitioning partitioning) {
    int partitions = partitioning.partitions();
    Source[] training = new Source[partitions];
    Source[] validation = new Source[partitions];
    int toValidate = data.validation().count();
    for (int p = 0; p < partitions; p++) {
      Share share = new Share(p, partitions);
      training[p] =
          source(
              context,
              data.training(),
              partitioning.firstExample(p),
              partitioning.firstExample(p + 1));
      validation[p] =
          source(context, data.validation(), share.from(toValidate), share.to(toValidate));
    }
    JavaRDD<Block> rdd =
        context
            .parallelize(IntStream.range(0, partitions).boxed().toList(), partitions)
            .map(p -> new Block(p, training[p].get(), validation[p].get()));
    boolean stored = !(data.training() instanceof Examples);
    return new Blocks(
        context, partitions, stored, stored ? rdd.persist(StorageLevel.MEMORY_ONLY()) : rdd);
  }

  private static Source source(JavaSparkContext context, ExampleSet set, int from, int to) {
    if (set instanceof Examples examples) {
      return context.broadcast(examples.slice(from, to))::value;
    }
    return () -> set.slice(from, to);
  }

  /** One block a partition. */
  JavaRDD<Block> rdd() {
    return rdd;
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
          "Of the "
              + partitions
              + " parts of the examples only "
              + kept
              + " fit into the memory that Spark has for them: give it more, as with --spark"
              + " --executor-memory 4g on a cluster (--driver-memory on a local master), or more"
              + " executors.");
    }
  }

  /** Lets go of what the executors keep. */
  void forget() {
    if (stored) {
      rdd.unpersist(false);
    }
  }
}
