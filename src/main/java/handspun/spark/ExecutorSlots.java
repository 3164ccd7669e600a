package handspun.spark;

import handspun.HandspunException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.status.api.v1.ExecutorSummary;
import scala.jdk.javaapi.CollectionConverters;

/** The slots of executors, which come some seconds after the driver, and may go. */
final class ExecutorSlots implements Slots {
  private static final long LOOK_MILLIS = 100;

  /** Executors come one after the other; all have come when this long none has. */
  private static final long STEADY_MILLIS = 2_000;

  /** The same where somebody knows how many there are to be. */
  private static final long PROMISED_MILLIS = 15_000;

  /** After so long, whoever waits is told for what. */
  private static final Duration LATE = Duration.ofSeconds(3);

  /** How long tasks may take to see that they were told to end, and Spark to see that they have. */
  private static final Duration LEAVE_LIMIT = Duration.ofSeconds(10);

  /** What Spark calls itself among its executors. */
  private static final String DRIVER = "driver";

  private final JavaSparkContext context;
  private final Duration limit;
  private final Consumer<String> notices;
  private final BusyExecutors busy = new BusyExecutors();

  ExecutorSlots(JavaSparkContext context, Duration limit, Consumer<String> notices) {
    this.context = context;
    this.limit = limit;
    this.notices = notices;
    context.sc().addSparkListener(busy);
  }

  @Override
  public int count() {
    return Slots.count(context);
  }

  @Override
  public int executors() {
    return context.sc().getExecutorIds().size();
  }

  /** Cores of the largest executor; 0 if there is none. */
  private int mostCores() {
    int most = 0;
    for (ExecutorSummary executor :
        CollectionConverters.asJava(context.sc().statusStore().executorList(true))) {
      if (!executor.id().equals(DRIVER)) {
        most = Math.max(most, executor.totalCores());
      }
    }
    return most;
  }

  /** How many Spark was told to see to; 0 if it takes what there is. */
  private int promised() {
    SparkConf conf = context.getConf();
    int cores = conf.getInt("spark.executor.instances", 0) * conf.getInt("spark.executor.cores", 1);
    return Math.max(cores, conf.getInt("spark.cores.max", 0)) / TaskCores.of(conf);
  }

  @Override
  public int await(int requested) {
    Optional<LocalClusterMaster> cluster = LocalClusterMaster.of(context.master());
    if (cluster.isPresent()) {
      return await(cluster.get(), requested);
    }
    int promised = promised();
    return promised > 0
        ? await(Math.min(requested, promised), PROMISED_MILLIS)
        : await(requested, STEADY_MILLIS);
  }

  @Override
  public int awaitNeeded(int needed) {
    return LocalClusterMaster.of(context.master())
        .map(cluster -> await(cluster, needed))
        .orElseGet(() -> await(needed, PROMISED_MILLIS));
  }

  /** All executors of it will come, however long this machine takes to start them. */
  private int await(LocalClusterMaster cluster, int enough) {
    return await(
        Math.min(enough, cluster.slots(TaskCores.of(context.getConf()))), limit.toMillis());
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
      int cores = now == 0 ? mostCores() : lastCores;
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

  /** Executors that do not let go, since they are frozen or cut off, are given up for others. */
  @Override
  public void clear() {
    long start = System.nanoTime();
    while (!busy.ids().isEmpty() && millisSince(start) < LEAVE_LIMIT.toMillis()) {
      sleep();
    }
    for (String executor : busy.ids()) {
      notices.accept(
          "Executor " + executor + " does not let go of its task: Spark is told to replace it.");
      context.sc().killAndReplaceExecutor(executor);
    }
  }

  @Override
  public void close() {
    context.sc().removeSparkListener(busy);
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
