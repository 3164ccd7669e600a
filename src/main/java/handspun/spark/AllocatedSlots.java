package handspun.spark;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * The slots of executors that Spark starts when tasks wait for one: whoever waits for executors
 * before there is a task waits in vain.
 *
 * @param context Spark
 */
record AllocatedSlots(JavaSparkContext context) implements Slots {
  @Override
  public int count() {
    return SparkInternals.slots(context);
  }

  @Override
  public int most() {
    return DynamicAllocation.mostSlots(context.getConf()).orElse(Integer.MAX_VALUE);
  }

  @Override
  public int executors() {
    return SparkInternals.executors(context);
  }

  @Override
  public int perExecutor() {
    return TaskCores.slotsOfAnExecutor(context.getConf());
  }

  /** As many as there may be, or where nobody knows, as Spark would make of any data. */
  @Override
  public int await(int requested) {
    int most = most();
    return Math.min(
        requested,
        most == Integer.MAX_VALUE ? Math.max(count(), context.defaultParallelism()) : most);
  }

  @Override
  public int awaitNeeded(int needed) {
    return needed;
  }

  @Override
  public int awaitAny() {
    return Math.max(1, count());
  }

  @Override
  public boolean has(String executor) {
    return SparkInternals.isActive(context, executor);
  }

  @Override
  public void replace(String executor) {
    SparkInternals.replace(context, executor);
  }
}
