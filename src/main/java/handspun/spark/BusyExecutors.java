package handspun.spark;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** Which executors run tasks. */
final class BusyExecutors extends SparkListener {
  private final ConcurrentMap<String, Integer> running = new ConcurrentHashMap<>();

  @Override
  public void onTaskStart(SparkListenerTaskStart start) {
    running.merge(start.taskInfo().executorId(), 1, Integer::sum);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    running.computeIfPresent(end.taskInfo().executorId(), (id, n) -> n == 1 ? null : n - 1);
  }

  @Override
  public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
    running.remove(removed.executorId());
  }

  /** Their names, in order. */
  Set<String> ids() {
    return new TreeSet<>(running.keySet());
  }
}
