package handspun.spark;

import org.apache.spark.api.java.JavaSparkContext;

/**
 * The slots of a local master: all are there from the beginning, none is ever lost, and its tasks
 * end with whatever ended them.
 *
 * @param context Spark
 */
record LocalSlots(JavaSparkContext context) implements Slots {
  @Override
  public int count() {
    return Slots.count(context);
  }

  @Override
  public int executors() {
    return 1;
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
  public void clear() {}
}
