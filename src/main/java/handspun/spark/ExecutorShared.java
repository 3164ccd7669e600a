package handspun.spark;

import handspun.parallel.Team;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.spark.api.plugin.PluginContext;

/**
 * The one place for what the tasks of an executor share: the only static mutable state of the
 * program. In the driver's process, jobs' coordinators are here too: those who are started by Spark
 * find them by name.
 */
final class ExecutorShared {

  private static final class Entry {
    private final Team team;
    private int tasksLeft;

    private Entry(Team team, int tasks) {
      this.team = team;
      tasksLeft = tasks;
    }
  }

  /**
   * To which job an executor that has left it still says that it lives, and until when.
   *
   * @param end as {@link System#nanoTime} tells
   */
  private record Farewell(String run, long end) {}

  private static final ConcurrentMap<String, Entry> TEAMS = new ConcurrentHashMap<>();

  private static final ConcurrentMap<String, DriverCoordinator> COORDINATORS =
      new ConcurrentHashMap<>();

  private static final AtomicReference<Farewell> FAREWELL = new AtomicReference<>();

  private static final AtomicReference<PluginContext> DRIVER = new AtomicReference<>();

  private ExecutorShared() {}

  /** Has a job's tasks find its coordinator. */
  static void open(String run, DriverCoordinator coordinator) {
    COORDINATORS.put(run, coordinator);
  }

  /** A job's coordinator; null if this is not the driver's process. */
  static DriverCoordinator driverCoordinator(String run) {
    return COORDINATORS.get(run);
  }

  /** Forgets a job's coordinator. */
  static void close(String run) {
    COORDINATORS.remove(run);
  }

  /** Says how this executor reaches the driver. */
  static void connect(PluginContext driver) {
    DRIVER.set(driver);
  }

  /** What this executor's machine is called; empty if this is no executor. */
  static Optional<String> hostname() {
    return Optional.ofNullable(DRIVER.get()).map(PluginContext::hostname);
  }

  /**
   * A job's coordinator, as a task sees it.
   *
   * @param executors how many the job has
   */
  static Coordinator coordinator(String run, int executors) {
    Coordinator here = COORDINATORS.get(run);
    return here != null ? here : new RemoteCoordinator(DRIVER.get(), run, executors);
  }

  /**
   * Joins a job's team; the first task of an executor makes it. Nobody waits any more for the job
   * before.
   */
  static Team join(String run, int tasks, Supplier<Team> first) {
    FAREWELL.set(null);
    return TEAMS.computeIfAbsent(run, k -> new Entry(first.get(), tasks)).team;
  }

  /**
   * Leaves a team; it goes with the last task.
   *
   * @param farewell how long this executor is to say that it lives, until Spark knows
   */
  static void leave(String run, Duration farewell) {
    TEAMS.computeIfPresent(
        run,
        (k, entry) -> {
          if (--entry.tasksLeft > 0) {
            return entry;
          }
          FAREWELL.set(new Farewell(run, System.nanoTime() + farewell.toNanos()));
          entry.team.close();
          return null;
        });
  }

  /** How far this executor is, by job. */
  static Map<String, Heartbeat> heartbeats() {
    Map<String, Heartbeat> heartbeats = new HashMap<>();
    TEAMS.forEach((run, entry) -> heartbeats.put(run, Heartbeat.of(entry.team)));
    return heartbeats;
  }

  /**
   * The job that this executor has left last and still says farewell to; empty if there is none.
   */
  static Optional<String> farewell() {
    return Optional.ofNullable(FAREWELL.get())
        .filter(farewell -> farewell.end() > System.nanoTime())
        .map(Farewell::run);
  }

  /** How far a job is that has tasks in this process; null if it has none. */
  static Heartbeat heartbeat(String run) {
    Entry entry = TEAMS.get(run);
    return entry == null ? null : Heartbeat.of(entry.team);
  }
}
