package handspun.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which partitions are computed in which executor. Spark puts tasks where it likes; partitions are
 * then numbered so that an executor has neighbouring ones, whose sums add up within it.
 */
final class Placement {
  private final int executor;
  private final int[] firstPartitions;

  private Placement(int executor, int[] firstPartitions) {
    this.executor = executor;
    this.firstPartitions = firstPartitions;
  }

  /**
   * @param partitions how many there are, all in this process
   * @return that
   */
  static Placement alone(int partitions) {
    return new Placement(0, new int[] {0, partitions});
  }

  /**
   * A task's place, and that of its neighbours.
   *
   * @param placement seen from the task's executor
   * @param partition the task's
   */
  record Place(Placement placement, int partition) {}

  /**
   * @param addresses of every task's executor, by task
   * @param task whose place is asked for
   * @return its place; every task that has the same addresses finds the same
   */
  static Place of(List<String> addresses, int task) {
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

  /** Number of this executor, from 0. */
  int executor() {
    return executor;
  }

  /** How many executors there are. */
  int executors() {
    return firstPartitions.length - 1;
  }

  /** The first partition of an executor; for the number of executors, that of all partitions. */
  int firstPartition(int ofExecutor) {
    return firstPartitions[ofExecutor];
  }

  /** The first partition of this executor. */
  int firstPartition() {
    return firstPartitions[executor];
  }

  /** How many partitions this executor has. */
  int partitions() {
    return firstPartitions[executor + 1] - firstPartitions[executor];
  }
}
