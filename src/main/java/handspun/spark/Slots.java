package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks can run at once. */
sealed interface Slots permits LocalSlots, ExecutorSlots {

  /** {@return the slots of its master} */
  static Slots of(JavaSparkContext context, Duration limit, Consumer<String> notices) {
    return SparkStart.isLocal(context.master())
        ? new LocalSlots(context)
        : new ExecutorSlots(context, limit, notices);
  }

  /** How many there are now, busy or not. */
  int count();

  /** How many executors there are now. */
  int executors();

  /**
   * Waits for slots.
   *
   * @param requested how many are enough
   * @return how many there are: that many or more, or, when no more come for some seconds and there
   *     is at least one, fewer
   * @throws UsageException if executors have come, and none has as many cores as a task
   * @throws HandspunException if there is none in time
   */
  int await(int requested);

  /** The same for slots that somebody counts on, for longer. */
  int awaitNeeded(int needed);

  /** After a failure, waits until no task of ours runs any more. */
  void clear();

  /** Looks at executors no more. */
  default void close() {}

  /** How many tasks can run at once with some Spark, whatever its master. */
  static int count(JavaSparkContext context) {
    return context
        .sc()
        .maxNumConcurrentTasks(context.sc().resourceProfileManager().defaultResourceProfile());
  }
}
