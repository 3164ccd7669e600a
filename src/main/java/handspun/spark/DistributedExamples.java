package handspun.spark;

import handspun.data.Examples;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A set of examples dealt out to partitions: one broadcast a partition, so that an executor fetches
 * just the blocks of the partitions that it computes, once, and tasks stay small.
 */
final class DistributedExamples implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<Broadcast<Examples>> blocks;

  private DistributedExamples(List<Broadcast<Examples>> blocks) {
    this.blocks = new ArrayList<>(blocks);
  }

  /**
   * @param context Spark
   * @param examples all of them
   * @param partitions how many blocks to make
   * @param first the first example of a partition, and for {@code partitions} the number of all
   * @return the blocks
   */
  static DistributedExamples deal(
      JavaSparkContext context, Examples examples, int partitions, IntUnaryOperator first) {
    List<Broadcast<Examples>> blocks = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      blocks.add(context.broadcast(examples.slice(first.applyAsInt(p), first.applyAsInt(p + 1))));
    }
    return new DistributedExamples(blocks);
  }

  int partitions() {
    return blocks.size();
  }

  /**
   * @param partition from 0
   * @return its examples
   */
  Examples block(int partition) {
    return blocks.get(partition).value();
  }

  /** Has executors forget the blocks. */
  void discard() {
    blocks.forEach(Broadcast::unpersist);
  }

  /**
   * @return the numbers of the partitions, to make an RDD of
   */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    for (int p = 0; p < blocks.size(); p++) {
      numbers.add(p);
    }
    return numbers;
  }
}
