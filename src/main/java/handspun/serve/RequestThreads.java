package handspun.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The threads that requests run in. The JDK's server reads a request in a thread of its own from
 * the first byte on, so slow clients hold threads: there are many, they are cheap, and a watch
 * looks after them. When few are left, or bodies take too much memory, the client that has been
 * waited for longest makes room: who is quick is never that one, so nobody is locked out by others.
 */
final class RequestThreads implements Executor, AutoCloseable {
  private static final int STACK_BYTES = 256 << 10;
  private static final int IDLE_THREAD_SECONDS = 10;
  private static final int CHECK_MILLIS = 100;

  private final Timeouts timeouts;
  private final Capacity capacity;
  private final Runnable cutOff;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService watch;

  /** By their threads, in the order in which they began. */
  private final Map<Thread, ActiveRequest> requests = new LinkedHashMap<>();

  /**
   * @param cutOff is run when a connection was closed before a request's head was whole
   */
  RequestThreads(Timeouts timeouts, Capacity capacity, Runnable cutOff) {
    this.timeouts = timeouts;
    this.capacity = capacity;
    this.cutOff = cutOff;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            0,
            capacity.threads(),
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> thread(task, "handspun-serve-" + number.incrementAndGet()));
    this.watch =
        Executors.newSingleThreadScheduledExecutor(task -> thread(task, "handspun-serve-watch"));
    Future<?> unused =
        watch.scheduleWithFixedDelay(
            this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a request of the JDK's server, from its head to its answer. */
  @Override
  public void execute(Runnable request) {
    if (threads.getActiveCount() >= capacity.threads() - capacity.spareThreads()) {
      makeRoom(ActiveRequest::waitsForItsClient, "connections");
    }
    threads.execute(() -> take(request));
  }

  private void take(Runnable request) {
    ActiveRequest active = new ActiveRequest(timeouts);
    synchronized (this) {
      requests.put(Thread.currentThread(), active);
    }
    try {
      request.run();
    } finally {
      if (active.end()) {
        cutOff.run();
      }
      synchronized (this) {
        requests.remove(Thread.currentThread());
        notifyAll();
      }
    }
  }

  /** {@return the request that this thread is with} */
  synchronized ActiveRequest current() {
    return requests.get(Thread.currentThread());
  }

  /** Counts bytes of a body, and makes room for them. */
  void received(ActiveRequest active, int bytes) {
    active.received(bytes);
    if (sum() > capacity.bodyBytes()) {
      makeRoom(ActiveRequest::holdsPartOfABody, "pictures on their way");
    }
  }

  /** Counts bytes that a body is larger when unpacked, and gives up if others need the room. */
  void unpacked(ActiveRequest active, int bytes) {
    received(active, bytes);
    if (active.isRefused()) {
      throw RefusedRequest.busy("The server has no room to unpack this: try again in a second.");
    }
  }

  /** The thread begins to send an answer, for which room is made. */
  void replying(ActiveRequest active, byte[] body) {
    active.beginReply(body);
    if (body.length >= ActiveRequest.LARGE_REPLY_BYTES && repliesSum() > capacity.bodyBytes()) {
      makeRoom(ActiveRequest::holdsALargeReply, "answers on their way");
    }
  }

  /** What is sent to many at once is in memory once. */
  private long repliesSum() {
    Set<byte[]> replies = Collections.newSetFromMap(new IdentityHashMap<>());
    all().forEach(active -> replies.add(active.reply()));
    return replies.stream().mapToLong(reply -> reply.length).sum();
  }

  /**
   * Answers in the place of a thread that waits for its client; returns whether there was a thread
   * for it.
   */
  boolean executeInPlace(Runnable answer) {
    try {
      threads.execute(() -> take(answer));
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The latter where the system gives no more threads.
      return false;
    }
  }

  private synchronized List<ActiveRequest> all() {
    return new ArrayList<>(requests.values());
  }

  private long sum() {
    return all().stream().mapToLong(ActiveRequest::held).sum();
  }

  private void check() {
    all().forEach(ActiveRequest::check);
  }

  private void makeRoom(Predicate<ActiveRequest> which, String what) {
    all().stream()
        .filter(which)
        .findFirst()
        .ifPresent(
            active ->
                active.makeRoom(
                    which,
                    "The server has too many %s, and this one took longest: try again in a second."
                        .formatted(what)));
  }

  /** Waits until no request is under way, for a limited time. */
  synchronized void awaitNone(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    for (long left; !requests.isEmpty() && (left = end - System.nanoTime()) > 0; ) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    threads.shutdownNow();
  }
}
