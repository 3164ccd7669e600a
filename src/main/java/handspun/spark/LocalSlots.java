package handspun.spark;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * The slots of a local master: all are there from the beginning, and none is ever lost.
 *
 * @param context Spark
 */
record LocalSlots(JavaSparkContext context) implements Slots {
  @Override
  public int count() {
    return SparkInternals.slots(context);
  }

  @Override
  public int most() {
    return count();
  }

  @Override
  public int executors() {
    return 1;
  }

  @Override
  public int perExecutor() {
    return count();
  }

  @Override
  public int await(int requested) {
    return count();
  }

  @Override
  public int awaitNeeded(int needed) {
    return count();
  }

  @Override
  public int awaitAny() {
    return count();
  }

  @Override
  public boolean has(String executor) {
    return true;
  }

  /** There is no other process to take its place. */
  @Override
  public void replace(String executor) {}
}
