package handspun.spark;

import handspun.HandspunException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** The slots of executors, which come some seconds after the driver, and may go. */
final class ExecutorSlots implements Slots {
  private static final long LOOK_MILLIS = 100;

  /** Executors come one after the other; all have come when this long none has. */
  private static final long STEADY_MILLIS = 2_000;

  /** The same where somebody knows how many there are to be. */
  private static final long PROMISED_MILLIS = 15_000;

  /** YARN and Kubernetes start so many executors where nobody says how many. */
  private static final int INSTANCES_BY_DEFAULT = 2;

  /** After so long, whoever waits is told for what. */
  private static final Duration LATE = Duration.ofSeconds(3);

  private final JavaSparkContext context;
  private final Duration limit;
  private final Consumer<String> notices;

  ExecutorSlots(JavaSparkContext context, Duration limit, Consumer<String> notices) {
    this.context = context;
    this.limit = limit;
    this.notices = notices;
  }

  @Override
  public int count() {
    return SparkInternals.slots(context);
  }

  @Override
  public int executors() {
    return SparkInternals.executors(context);
  }

  @Override
  public int perExecutor() {
    int executors = Math.max(1, executors());
    return (count() + executors - 1) / executors;
  }

  /** How many Spark was told to see to; empty if it takes what there is. */
  private OptionalInt promised() {
    SparkConf conf = context.getConf();
    Optional<LocalClusterMaster> cluster = LocalClusterMaster.of(context.master());
    if (cluster.isPresent()) {
      return OptionalInt.of(cluster.get().slots(TaskCores.of(conf)));
    }
    int most =
        StandaloneMasters.isStandalone(context.master())
            ? conf.getInt(TaskCores.MOST_CORES, 0) / TaskCores.of(conf)
            : conf.getInt(TaskCores.INSTANCES, INSTANCES_BY_DEFAULT)
                * TaskCores.slotsOfAnExecutor(conf);
    return most > 0 ? OptionalInt.of(most) : OptionalInt.empty();
  }

  @Override
  public int most() {
    return promised().orElse(Integer.MAX_VALUE);
  }

  @Override
  public int await(int requested) {
    return LocalClusterMaster.of(context.master()).isPresent()
        ? awaitNeeded(requested)
        : await(Math.min(requested, most()), STEADY_MILLIS);
  }

  @Override
  public int awaitNeeded(int needed) {
    // All executors of such a master will come, however long this machine takes to start them.
    return LocalClusterMaster.of(context.master()).isPresent()
        ? await(Math.min(needed, most()), limit.toMillis())
        : await(needed, PROMISED_MILLIS);
  }

  @Override
  public int awaitAny() {
    return await(1, STEADY_MILLIS);
  }

  private int await(int enough, long steadyMillis) {
    return LateNotice.during(
        LATE,
        "Waiting for executors, up to " + limit.toSeconds() + " s ...",
        notices,
        () -> lookUntil(enough, steadyMillis));
  }

  private int lookUntil(int enough, long steadyMillis) {
    long start = System.nanoTime();
    long lastChange = start;
    int last = 0;
    int lastCores = 0;
    int needed = TaskCores.of(context.getConf());
    while (true) {
      int now = count();
      if (now >= enough) {
        return now;
      }
      int cores = now == 0 ? SparkInternals.mostCores(context) : lastCores;
      if (now != last || cores != lastCores) {
        last = now;
        lastCores = cores;
        lastChange = System.nanoTime();
      }
      if (now == 0 && cores > 0 && cores < needed && millisSince(lastChange) > STEADY_MILLIS) {
        throw TaskCores.tooFew(
            needed, context.master(), cores, "give executors %d cores each".formatted(needed));
      }
      if (now > 0 && millisSince(lastChange) > steadyMillis) {
        return now;
      }
      if (millisSince(start) > limit.toMillis()) {
        throw new HandspunException(
            "No executor has come within %d s (at least 1 is needed): see on the master's page whether it has free workers, or set %s to wait longer."
                .formatted(limit.toSeconds(), WireSettings.SLOTS_TIMEOUT));
      }
      if (context.sc().isStopped()) {
        throw new HandspunException(
            "Spark stopped while it waited for executors of the master %s: see that it runs there and can be reached from here; Spark's log tells more."
                .formatted(context.master()));
      }
      sleep();
    }
  }

  @Override
  public boolean has(String executor) {
    return SparkInternals.isActive(context, executor);
  }

  @Override
  public void replace(String executor) {
    notices.accept(
        "Executor " + executor + " does not let go of its task: Spark is told to replace it.");
    SparkInternals.replace(context, executor);
  }

  private static long millisSince(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static void sleep() {
    try {
      Thread.sleep(LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Interrupted while waiting for executors.", e);
    }
  }
}
