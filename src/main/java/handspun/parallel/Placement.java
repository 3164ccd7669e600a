package handspun.parallel;

import handspun.math.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which partitions are computed in which executor. Spark puts tasks where it likes; partitions are
 * then numbered so that an executor has neighbouring ones, whose sums add up within it.
 */
public final class Placement {
  private final int executor;
  private final int[] firstPartitions;

  private Placement(int executor, int[] firstPartitions) {
    this.executor = executor;
    this.firstPartitions = firstPartitions;
  }

  /** All partitions are in one process. */
  static Placement alone(int partitions) {
    return new Placement(0, new int[] {0, partitions});
  }

  /**
   * A process for each partition, and one more, which has none but makes the same steps.
   *
   * @param partitions how many there are
   * @param executor whose placement it is; {@code partitions} for the one that has none
   */
  public static Placement apart(int partitions, int executor) {
    int[] first = IntStream.rangeClosed(0, partitions + 1).toArray();
    first[partitions + 1] = partitions;
    return new Placement(executor, first);
  }

  /**
   * A task's place, and that of its neighbours.
   *
   * @param placement seen from the task's executor
   * @param partition the task's
   */
  public record Place(Placement placement, int partition) {}

  /**
   * @param addresses of every task's executor, by task
   * @param task whose place is asked for
   * @return its place; every task that has the same addresses finds the same
   */
  public static Place of(List<String> addresses, int task) {
    Map<String, List<Integer>> tasks = new LinkedHashMap<>();
    for (int t = 0; t < addresses.size(); t++) {
      tasks.computeIfAbsent(addresses.get(t), a -> new ArrayList<>()).add(t);
    }
    int[] first = new int[tasks.size() + 1];
    int executor = 0;
    int own = 0;
    int partition = 0;
    for (Map.Entry<String, List<Integer>> entry : tasks.entrySet()) {
      if (entry.getKey().equals(addresses.get(task))) {
        own = executor;
        partition = first[executor] + entry.getValue().indexOf(task);
      }
      first[executor + 1] = first[executor] + entry.getValue().size();
      executor++;
    }
    return new Place(new Placement(own, first), partition);
  }

  /** {@return the number of this executor, from 0} */
  public int executor() {
    return executor;
  }

  /** {@return how many executors there are} */
  public int executors() {
    return firstPartitions.length - 1;
  }

  /**
   * @param ofExecutor from 0
   * @return its first partition; for the number of executors, that of all partitions
   */
  public int firstPartition(int ofExecutor) {
    return firstPartitions[ofExecutor];
  }

  /** {@return the first partition of this executor} */
  public int firstPartition() {
    return firstPartitions[executor];
  }

  /** {@return how many partitions this executor has} */
  public int partitions() {
    return firstPartitions[executor + 1] - firstPartitions[executor];
  }

  /** How many threads this executor has: one for each partition, and at least one. */
  int threads() {
    return Math.max(1, partitions());
  }

  /** Which rows of the parameters the thread of a partition changes. */
  Share share(int partition) {
    return new Share(partition - firstPartition(), threads());
  }
}
