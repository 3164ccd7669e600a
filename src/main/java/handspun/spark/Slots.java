package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** How many tasks can run at once. */
sealed interface Slots permits LocalSlots, ExecutorSlots, AllocatedSlots {

  /** {@return the slots of its master} */
  static Slots of(JavaSparkContext context, Duration limit, Consumer<String> notices) {
    if (SparkStart.isLocal(context.master())) {
      return new LocalSlots(context);
    }
    return DynamicAllocation.isOn(context.getConf())
        ? new AllocatedSlots(context)
        : new ExecutorSlots(context, limit, notices);
  }

  /** How many there are now, busy or not, without those of executors that are about to go. */
  int count();

  /** How many there may be at a later time; {@link Integer#MAX_VALUE} if nobody knows. */
  int most();

  /** How many executors there are now. */
  int executors();

  /** How many an executor has. */
  int perExecutor();

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

  /** The same for any, of which one is enough. */
  int awaitAny();

  /**
   * {@return whether an executor is there, and not about to go}
   *
   * @param executor its name in Spark
   */
  boolean has(String executor);

  /** Gives up an executor that does not let go of its tasks, for another one. */
  void replace(String executor);
}
