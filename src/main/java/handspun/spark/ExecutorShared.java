package handspun.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.api.plugin.PluginContext;

/**
 * The one place for what the tasks of an executor share: the only static mutable state of the
 * program. In the driver's process, jobs' meeting places are here too: those who are started by
 * Spark find them by name.
 */
final class ExecutorShared {

  private static final class Entry {
    private final Exchange exchange;
    private int tasksLeft;

    private Entry(Exchange exchange, int tasks) {
      this.exchange = exchange;
      tasksLeft = tasks;
    }
  }

  private static final ConcurrentMap<String, Entry> EXCHANGES = new ConcurrentHashMap<>();

  private static final ConcurrentMap<String, DriverRendezvous> RENDEZVOUS =
      new ConcurrentHashMap<>();

  private static final AtomicReference<PluginContext> DRIVER = new AtomicReference<>();

  private ExecutorShared() {}

  /** Opens the place where a job's driver and tasks meet. */
  static void open(String run, DriverRendezvous rendezvous) {
    RENDEZVOUS.put(run, rendezvous);
  }

  /** The place where a job's driver and tasks meet; null if this is not the driver's process. */
  static DriverRendezvous driverRendezvous(String run) {
    return RENDEZVOUS.get(run);
  }

  /** Forgets that place. */
  static void close(String run) {
    RENDEZVOUS.remove(run);
  }

  /** Says how this executor reaches the driver. */
  static void connect(PluginContext driver) {
    DRIVER.set(driver);
  }

  /** The place where a job's driver and tasks meet, as a task sees it. */
  static Rendezvous rendezvous(String run) {
    Rendezvous here = RENDEZVOUS.get(run);
    return here != null ? here : new RemoteRendezvous(DRIVER.get(), run);
  }

  /** Enters a job's exchange; the first task of an executor makes it. */
  static Exchange enter(String run, int tasks, Supplier<Exchange> first) {
    return EXCHANGES.computeIfAbsent(run, k -> new Entry(first.get(), tasks)).exchange;
  }

  /** Leaves an exchange; it goes with the last task. */
  static void leave(String run) {
    EXCHANGES.computeIfPresent(
        run,
        (k, entry) -> {
          if (--entry.tasksLeft > 0) {
            return entry;
          }
          entry.exchange.close();
          return null;
        });
  }

  /** How far this executor is, by job. */
  static Map<String, Pulse> pulses() {
    Map<String, Pulse> pulses = new HashMap<>();
    EXCHANGES.forEach((run, entry) -> pulses.put(run, entry.exchange.pulse()));
    return pulses;
  }

  /** How far a job is that has tasks in this process; null if it has none. */
  static Pulse pulse(String run) {
    Entry entry = EXCHANGES.get(run);
    return entry == null ? null : entry.exchange.pulse();
  }
}
