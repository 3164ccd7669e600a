package handspun.spark;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which executors run tasks of a job, and when each was last heard of: they say so themselves, so
 * that it does not matter how late Spark's listeners are told. Guarded by its coordinator.
 */
final class ExecutorSigns {
  private final Map<String, Integer> tasks = new LinkedHashMap<>();
  private final Map<String, Long> last = new LinkedHashMap<>();
  private final Set<String> left = new HashSet<>();
  private long lastLook = System.nanoTime();

  /** A task has come. */
  void arrived(String executor) {
    tasks.merge(executor, 1, Integer::sum);
  }

  /** A sign of life. From the first on, an executor that runs tasks has to give more. */
  void heard(String executor) {
    if (tasks.containsKey(executor) || left.contains(executor)) {
      last.put(executor, System.nanoTime());
    }
  }

  /** A task has ended; after its last an executor goes on for a while to give signs. */
  void left(String executor) {
    tasks.computeIfPresent(executor, (id, count) -> count == 1 ? null : count - 1);
    if (!tasks.containsKey(executor)) {
      left.add(executor);
    }
  }

  /** {@return those that run tasks} */
  Set<String> present() {
    return new TreeSet<>(tasks.keySet());
  }

  /**
   * {@return those that run tasks and of which nothing was heard for so long; to be asked again and
   * again, since signs are late where the driver itself was held up}
   */
  Set<String> silentFor(Duration limit) {
    Set<String> silent = silent(limit);
    silent.retainAll(tasks.keySet());
    return silent;
  }

  /** {@return the same of those whose tasks have ended, which Spark may not know yet} */
  Set<String> silentAfterTasks(Duration limit) {
    Set<String> silent = silent(limit);
    silent.removeAll(tasks.keySet());
    return silent;
  }

  private Set<String> silent(Duration limit) {
    long now = System.nanoTime();
    if (now - lastLook > limit.toNanos() / 2) {
      last.replaceAll((executor, sign) -> now);
    }
    lastLook = now;
    return last.entrySet().stream()
        .filter(sign -> now - sign.getValue() > limit.toNanos())
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
