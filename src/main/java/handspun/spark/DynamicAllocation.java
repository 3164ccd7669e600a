package handspun.spark;

import handspun.UsageException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/**
 * Spark's dynamic allocation: executors are started when tasks wait for one, and end when they have
 * had none for a while. Barrier stages are refused where it is on, so where tasks exchange
 * gradients the number of executors is fixed for the run.
 */
final class DynamicAllocation {
  static final String ENABLED = "spark.dynamicAllocation.enabled";

  private static final String MOST = "spark.dynamicAllocation.maxExecutors";
  private static final String INITIAL = "spark.dynamicAllocation.initialExecutors";
  private static final String LEAST = "spark.dynamicAllocation.minExecutors";

  private DynamicAllocation() {}

  /** {@return whether it is on: a local master has none} */
  static boolean isOn(SparkConf conf) {
    return conf.getBoolean(ENABLED, false) && !SparkStart.isLocal(conf.get("spark.master"));
  }

  /** {@return how many slots there may be; empty if nothing says so} */
  static OptionalInt mostSlots(SparkConf conf) {
    return executors(conf, MOST)
        .map(most -> OptionalInt.of(most * TaskCores.slotsOfAnExecutor(conf)))
        .orElseGet(OptionalInt::empty);
  }

  /**
   * Fixes the number of executors: to what was asked for, or else the most that there may be.
   *
   * @param conf of a Spark that has not started; is changed
   * @return what was done, in a sentence; empty if there was nothing to do
   * @throws UsageException if no number is known, and the master needs one
   */
  static Optional<String> fix(SparkConf conf) {
    if (!isOn(conf)) {
      return Optional.empty();
    }
    Optional<String> setting =
        Stream.of(TaskCores.INSTANCES, MOST, INITIAL, LEAST)
            .filter(name -> executors(conf, name).orElse(0) > 0)
            .findFirst();
    boolean isStandalone = StandaloneMasters.isStandalone(conf.get("spark.master"));
    if (setting.isEmpty() && !isStandalone) {
      throw new UsageException(
          "%s is true, but must be false where tasks exchange gradients, since all of them must run at once: set it to false and %s to their number, or %s, or use --aggregate jobs."
              .formatted(ENABLED, TaskCores.INSTANCES, MOST));
    }
    conf.set(ENABLED, "false");
    SparkStart.announceDecommission(conf);
    String because = "Spark's dynamic allocation is off for this run, whose tasks run all at once";
    // A standalone Master counts cores, and executors have what a Worker has unless told otherwise.
    if (setting.isEmpty() || (isStandalone && !conf.contains(TaskCores.EXECUTOR_CORES))) {
      return Optional.of(because + ": it takes the executors that there are.");
    }
    int count = executors(conf, setting.get()).orElseThrow();
    if (isStandalone) {
      int cores = count * conf.getInt(TaskCores.EXECUTOR_CORES, 1);
      conf.setIfMissing(TaskCores.MOST_CORES, String.valueOf(cores));
    } else {
      conf.set(TaskCores.INSTANCES, String.valueOf(count));
    }
    return Optional.of(
        "%s: Spark is asked for %s, as %s says."
            .formatted(because, count == 1 ? "1 executor" : count + " executors", setting.get()));
  }

  /** Empty if nobody has said so; Spark itself sets what it calls infinity. */
  private static Optional<Integer> executors(SparkConf conf, String name) {
    String text = conf.get(name, "");
    if (text.isEmpty()
        || text.equals("infinity")
        || text.equals(String.valueOf(Integer.MAX_VALUE))) {
      return Optional.empty();
    }
    if (!text.matches("\\d{1,6}")) {
      throw new UsageException("%s is %s, but must be 0 to 999999.".formatted(name, text));
    }
    return Optional.of(Integer.parseInt(text));
  }
}
