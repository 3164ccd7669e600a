package handspun.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What one partition did with its time.
 *
 * @param computeNanos spent on computing, 0 or more
 * @param waitNanos spent on waiting for other partitions, 0 or more
 * @param bytesSent to other executors; the first partition of an executor speaks for all of it
 */
public record PartitionWork(long computeNanos, long waitNanos, long bytesSent)
    implements Serializable {
  /** Nothing yet. */
  public static final PartitionWork NONE = new PartitionWork(0, 0, 0);

  private static final long serialVersionUID = 1L;

  /** {@return seconds spent on computing} */
  public double computeSeconds() {
    return computeNanos * 1e-9;
  }

  /** {@return seconds spent on waiting} */
  public double waitSeconds() {
    return waitNanos * 1e-9;
  }

  /** {@return computing as a part of the whole time, 0..1; NaN if there was no time} */
  public double computeShare() {
    return (double) computeNanos / (computeNanos + waitNanos);
  }

  /**
   * @param other of the same partition, at another time
   * @return both together
   */
  public PartitionWork plus(PartitionWork other) {
    return new PartitionWork(
        computeNanos + other.computeNanos,
        waitNanos + other.waitNanos,
        bytesSent + other.bytesSent);
  }

  /**
   * @param epochs some epochs, which may have had different numbers of partitions
   * @return what each partition did in all of them, by its number
   */
  public static List<PartitionWork> total(List<EpochSummary> epochs) {
    List<PartitionWork> total = List.of();
    for (EpochSummary epoch : epochs) {
      total = sum(total, epoch.work());
    }
    return total;
  }

  /**
   * @param some by partition
   * @param others by partition, which may be more or fewer
   * @return both together, by partition
   */
  public static List<PartitionWork> sum(List<PartitionWork> some, List<PartitionWork> others) {
    List<PartitionWork> sum = new ArrayList<>();
    for (int p = 0; p < Math.max(some.size(), others.size()); p++) {
      PartitionWork one = p < some.size() ? some.get(p) : NONE;
      sum.add(p < others.size() ? one.plus(others.get(p)) : one);
    }
    return sum;
  }

  /**
   * @param work by partition, at least one
   * @return the partition that computed longest, and so kept the others waiting
   */
  public static int slowest(List<PartitionWork> work) {
    int slowest = 0;
    for (int p = 1; p < work.size(); p++) {
      if (work.get(p).computeNanos > work.get(slowest).computeNanos) {
        slowest = p;
      }
    }
    return slowest;
  }

  /**
   * @param work by partition
   * @return bytes that executors sent to each other
   */
  public static long bytesExchanged(List<PartitionWork> work) {
    return work.stream().mapToLong(PartitionWork::bytesSent).sum();
  }
}
