package handspun.spark;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The one place for what the tasks of an executor share: the only static mutable state of the
 * program. In local mode the driver looks in here too, to see how far an epoch is.
 */
final class ExecutorShared {

  /**
   * Whose exchange it is. A stage that is run again begins a new one.
   *
   * @param run unique to the application and its strategy
   * @param stageAttempt from 0
   */
  record Key(String run, int stageAttempt) {}

  private static final class Entry {
    private final Exchange exchange;
    private int tasksLeft;

    private Entry(Exchange exchange, int tasks) {
      this.exchange = exchange;
      tasksLeft = tasks;
    }
  }

  private static final ConcurrentMap<Key, Entry> EXCHANGES = new ConcurrentHashMap<>();

  private static final ConcurrentMap<String, Rendezvous> RENDEZVOUS = new ConcurrentHashMap<>();

  private ExecutorShared() {}

  /** Opens the place where a run's driver and tasks meet. */
  static Rendezvous open(String run, int partitions) {
    Rendezvous rendezvous = new Rendezvous(partitions);
    RENDEZVOUS.put(run, rendezvous);
    return rendezvous;
  }

  /** The place where a run's driver and tasks meet. */
  static Rendezvous rendezvous(String run) {
    return RENDEZVOUS.get(run);
  }

  /** Forgets that place. */
  static void close(String run) {
    RENDEZVOUS.remove(run);
  }

  /**
   * Enters an exchange; the first task makes it. What earlier attempts of the same run left behind
   * is forgotten.
   */
  static Exchange enter(Key key, int tasks, Supplier<Exchange> first) {
    EXCHANGES
        .keySet()
        .removeIf(old -> old.run().equals(key.run()) && old.stageAttempt() < key.stageAttempt());
    return EXCHANGES.computeIfAbsent(key, k -> new Entry(first.get(), tasks)).exchange;
  }

  /** Leaves an exchange; it goes with the last task. */
  static void leave(Key key) {
    EXCHANGES.computeIfPresent(key, (k, entry) -> --entry.tasksLeft == 0 ? null : entry);
  }

  /**
   * @return mini-batches done in the run's epoch that is under way in this process; 0 if none is
   */
  static int miniBatchesDone(String run) {
    int done = 0;
    for (Map.Entry<Key, Entry> entry : EXCHANGES.entrySet()) {
      if (entry.getKey().run().equals(run)) {
        done = Math.max(done, entry.getValue().exchange.miniBatchesDone());
      }
    }
    return done;
  }
}
