package handspun.spark;

import handspun.UsageException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** How many cores Spark keeps for each task: {@value #TASK_CPUS}. */
final class TaskCores {
  static final String TASK_CPUS = "spark.task.cpus";

  static final String EXECUTOR_CORES = "spark.executor.cores";

  /** How many executors Spark is to start; a standalone Master is not told. */
  static final String INSTANCES = "spark.executor.instances";

  /** How many cores a standalone Master is to lend; others are not told. */
  static final String MOST_CORES = "spark.cores.max";

  private static final String COUNT = "[1-9]\\d{0,8}";
  private static final Pattern LOCAL =
      Pattern.compile("local\\[\\s*(%s|\\*)\\s*(?:,.*)?]".formatted(COUNT));

  private TaskCores() {}

  /**
   * @return cores of each task, at least 1
   * @throws UsageException if they say anything else
   */
  static int of(SparkConf conf) {
    String text = conf.get(TASK_CPUS, "1");
    if (!text.matches("[1-9][0-9]{0,4}")) {
      throw new UsageException("%s is %s, but must be 1 to 99999.".formatted(TASK_CPUS, text));
    }
    return Integer.parseInt(text);
  }

  /** {@return how many tasks an executor runs at once, as far as the settings say, at least 1} */
  static int slotsOfAnExecutor(SparkConf conf) {
    return Math.max(1, conf.getInt(EXECUTOR_CORES, 1) / of(conf));
  }

  /**
   * Checks what can be checked before Spark starts.
   *
   * @throws UsageException if no executor will have as many cores as a task
   */
  static void requireFit(SparkConf conf) {
    int needed = of(conf);
    String master = conf.get("spark.master");
    OptionalInt cores = coresOfAnExecutor(conf, master);
    if (cores.isPresent() && cores.getAsInt() < needed) {
      String more =
          SparkStart.isLocal(master)
              ? "use --master local[%d]".formatted(needed)
              : "give executors %d cores each".formatted(needed);
      throw tooFew(needed, master, cores.getAsInt(), more);
    }
  }

  /**
   * @param needed cores of each task
   * @param cores of the largest executor, fewer than that
   * @param more how to have more, as a part of a sentence
   * @return tells so
   */
  static UsageException tooFew(int needed, String master, int cores, String more) {
    return new UsageException(
        "%s is %d, but with the master %s an executor has only %s, so no task can run: set it to %s, or %s."
            .formatted(
                TASK_CPUS,
                needed,
                master,
                cores == 1 ? "1 core" : cores + " cores",
                cores == 1 ? "1" : cores + " or less",
                more));
  }

  /** Empty where executors have what they are given, or Spark will say what is wrong. */
  private static OptionalInt coresOfAnExecutor(SparkConf conf, String master) {
    if (master.equals("local")) {
      return OptionalInt.of(1);
    }
    Optional<LocalClusterMaster> cluster = LocalClusterMaster.of(master);
    if (cluster.isPresent()) {
      return OptionalInt.of(cluster.get().cores());
    }
    Matcher local = LOCAL.matcher(master);
    String cores = local.matches() ? local.group(1) : conf.get(EXECUTOR_CORES, "");
    if (cores.equals("*")) {
      return OptionalInt.of(Runtime.getRuntime().availableProcessors());
    }
    return cores.matches(COUNT) ? OptionalInt.of(Integer.parseInt(cores)) : OptionalInt.empty();
  }
}
