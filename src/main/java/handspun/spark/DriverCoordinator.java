package handspun.spark;

import handspun.HandspunException;
import handspun.parallel.EpochPart;
import handspun.train.EpochStart;
import handspun.train.Progress;
import handspun.wire.Peer;
import handspun.wire.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.spark.TaskKilledException;

/**
 * Coordinates the tasks of one training job, in the driver. Tasks in the same process, as with a
 * local master, use it as it is; others through the {@link ExchangePlugin}, which never waits.
 */
final class DriverCoordinator implements Coordinator {
  private static final long POLL_MILLIS = 100;

  private final EpochPart[] parts;
  private final Duration timeout;
  private final Secret secret = Secret.random();
  private final Map<Integer, Peer> peers = new TreeMap<>();
  private final Map<Integer, Heartbeat> heartbeats = new TreeMap<>();
  private final Map<String, Arrival> arrivals = new TreeMap<>();
  private final ExecutorSigns signs = new ExecutorSigns();
  private Assignment assignment;
  private int missing;
  private int arrived;
  private int ready;
  private String fault;
  private boolean hopeless;
  private Throwable failure;
  private boolean ended;

  /**
   * @param timeout how long an executor may be silent that has ever given a sign of life
   */
  DriverCoordinator(int partitions, Duration timeout) {
    parts = new EpochPart[partitions];
    this.timeout = timeout;
  }

  /**
   * The driver assigns an epoch and waits for all parts.
   *
   * @param start of the epoch; not to be changed any more
   * @return the parts, by partition
   * @throws ExecutionException if the job has failed
   * @throws InterruptedException if the driver is told to end
   */
  synchronized List<EpochPart> run(EpochStart start)
      throws ExecutionException, InterruptedException {
    assignment = new Assignment(assignment == null ? 1 : assignment.number() + 1, start);
    missing = parts.length;
    notifyAll();
    while (missing > 0) {
      requireNoFailure();
      wait(POLL_MILLIS);
    }
    List<EpochPart> all = new ArrayList<>(List.of(parts));
    Arrays.fill(parts, null);
    return all;
  }

  /**
   * The driver waits until all tasks have come, some time after it has started the job, and then
   * until they have read their examples.
   *
   * @param limit how long they may take to come
   * @param canRun whether there are slots for all of them
   * @throws ExecutionException if the job has failed, or not all have come in time
   * @throws InterruptedException if the driver is told to end
   */
  synchronized void awaitTasks(Duration limit, BooleanSupplier canRun)
      throws ExecutionException, InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (arrived < parts.length) {
      requireNoFailure();
      if (System.nanoTime() > end || !canRun.getAsBoolean()) {
        throw new ExecutionException(
            canRun.getAsBoolean()
                ? "only %d of %d tasks started within %d s"
                    .formatted(arrived, parts.length, limit.toSeconds())
                : "an executor was lost before its task started",
            null);
      }
      wait(POLL_MILLIS);
    }
    while (ready < parts.length) {
      requireNoFailure();
      wait(POLL_MILLIS);
    }
  }

  private void requireNoFailure() throws ExecutionException {
    if (hopeless) {
      throw new HandspunException(fault, failure);
    }
    if (fault != null) {
      throw new ExecutionException(fault, failure);
    }
    if (failure != null) {
      throw new ExecutionException(String.valueOf(failure.getMessage()), failure);
    }
    Optional<Arrival> silent = signs.silentFor(timeout).stream().map(arrivals::get).findFirst();
    if (silent.isPresent()) {
      throw new ExecutionException(
          silent.get() + " has not been heard of for " + timeout.toSeconds() + " s", null);
    }
  }

  /** The job has failed: so does the driver's waiting, now or next time. */
  synchronized void fail(Throwable cause) {
    failure = cause;
    notifyAll();
  }

  @Override
  public synchronized void fault(String message, boolean isHopeless) {
    if (fault == null) {
      fault = message;
      hopeless = isHopeless;
    }
    notifyAll();
  }

  /** There are no more epochs. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  @Override
  public Meeting meet(Peer self, int executors, BooleanSupplier cancelled) {
    throw new IllegalStateException("There is one executor only.");
  }

  /**
   * The first task of an executor has come.
   *
   * @return what all executors must know of each other; null while some are missing
   */
  synchronized Meeting join(Peer self, int executors) {
    peers.put(self.number(), self);
    signs.heard(self.id());
    return peers.size() == executors ? new Meeting(List.copyOf(peers.values()), secret) : null;
  }

  @Override
  public synchronized Assignment next(int done, int tasks, BooleanSupplier cancelled) {
    if (done == 0) {
      ready(tasks);
    }
    Assignment next = poll(done);
    while (next == null) {
      if (cancelled.getAsBoolean()) {
        throw new TaskKilledException("killed while it waited for an epoch");
      }
      try {
        wait(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TaskKilledException("killed while it waited for an epoch");
      }
      next = poll(done);
    }
    return next;
  }

  @Override
  public synchronized void arrive(Arrival task) {
    arrived++;
    arrivals.put(task.executor(), task);
    signs.arrived(task.executor());
    notifyAll();
  }

  @Override
  public synchronized void leave(String executor) {
    signs.left(executor);
    notifyAll();
  }

  /** {@return a task of every executor that has come} */
  synchronized List<Arrival> arrivals() {
    return List.copyOf(arrivals.values());
  }

  /** {@return names of the executors that run tasks} */
  synchronized Set<String> present() {
    return signs.present();
  }

  /**
   * Waits until no executor runs tasks any more, of those that are still there and that are heard
   * of.
   *
   * @param limit how long they may take
   * @param silence after which an executor is not waited for
   * @param isThere whether an executor is still there, by its name
   * @return those that still run tasks: the silent ones, and those that have taken longer
   */
  synchronized Set<String> awaitLeft(Duration limit, Duration silence, Predicate<String> isThere)
      throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      Set<String> busy = new TreeSet<>(signs.present());
      busy.removeIf(isThere.negate());
      if (signs.silentFor(silence).containsAll(busy) || System.nanoTime() > end) {
        return busy;
      }
      wait(POLL_MILLIS);
    }
  }

  /**
   * {@return executors whose tasks have ended, but of which nothing was heard for so long, so that
   * Spark may not know of it}
   *
   * @param isThere whether an executor is still there, by its name
   */
  synchronized Set<String> silentAfterTasks(Duration silence, Predicate<String> isThere) {
    Set<String> silent = signs.silentAfterTasks(silence);
    silent.removeIf(isThere.negate());
    return silent;
  }

  /** Counts tasks that have read their examples, when their first asks for its first epoch. */
  synchronized void ready(int tasks) {
    ready += tasks;
    notifyAll();
  }

  /**
   * @param done number of the assignment that was reported last; 0 for none
   * @return the next assignment; null if there is none yet
   */
  synchronized Assignment poll(int done) {
    if (ended) {
      return Assignment.NONE;
    }
    return assignment == null || assignment.number() <= done ? null : assignment;
  }

  @Override
  public synchronized void report(EpochPart part) {
    if (parts[part.partition()] == null) {
      parts[part.partition()] = part;
      missing--;
      notifyAll();
    }
  }

  /**
   * An executor tells how far it is.
   *
   * @param executor its name in Spark
   */
  synchronized void heartbeat(String executor, Heartbeat heartbeat) {
    heartbeats.put(heartbeat.executor(), heartbeat);
    signs.heard(executor);
  }

  /**
   * An executor whose tasks have ended lives.
   *
   * @param executor its name in Spark
   */
  synchronized void lives(String executor) {
    signs.heard(executor);
  }

  /** {@return how far the executors are, as they have told last} */
  synchronized Progress progress() {
    return assignment == null || heartbeats.isEmpty() || heartbeats.size() < peers.size()
        ? Progress.NONE
        : Heartbeat.progress(heartbeats.values(), assignment.start().epoch(), peers);
  }
}
