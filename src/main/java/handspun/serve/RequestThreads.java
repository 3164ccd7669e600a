package handspun.serve;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
  private static final int STOP_CHECK_MILLIS = 10;

  /** That are there from the beginning, in case the system gives no more. */
  private static final int ALWAYS = 2;

  private final Timeouts timeouts;
  private final Capacity capacity;
  private final Runnable cutOff;
  private final ThreadPoolExecutor threads;
  private final ScheduledExecutorService watch;

  /** Requests for which there was no thread. */
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  /** By their threads. */
  private final Map<Thread, ActiveRequest> requests = new ConcurrentHashMap<>();

  /** Of all requests that are under way, read or not: no less than is in memory. */
  private final AtomicLong bodyBytes = new AtomicLong();

  /**
   * @param cutOff is run when a connection was closed before a request's head was whole
   */
  RequestThreads(Timeouts timeouts, Capacity capacity, Runnable cutOff) {
    this(timeouts, capacity, cutOff, numbered());
  }

  /** As the other, with threads of one's own. */
  RequestThreads(Timeouts timeouts, Capacity capacity, Runnable cutOff, ThreadFactory factory) {
    this.timeouts = timeouts;
    this.capacity = capacity;
    this.cutOff = cutOff;
    this.threads =
        new ThreadPoolExecutor(
            Math.min(ALWAYS, capacity.threads()),
            capacity.threads(),
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            factory);
    threads.prestartAllCoreThreads();
    this.watch =
        Executors.newSingleThreadScheduledExecutor(task -> thread(task, "handspun-serve-watch"));
    Future<?> unused =
        watch.scheduleWithFixedDelay(
            this::check, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private static ThreadFactory numbered() {
    AtomicInteger number = new AtomicInteger();
    return task -> thread(task, "handspun-serve-" + number.incrementAndGet());
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(null, task, name, STACK_BYTES);
    thread.setDaemon(true);
    return thread;
  }

  /** Runs a request of the JDK's server, from its head to its answer. */
  @Override
  public void execute(Runnable request) {
    if (requests.size() >= capacity.threads() - capacity.spareThreads()) {
      makeRoom(ActiveRequest::waitsForItsClient, "connections");
    }
    if (!start(() -> take(request))) {
      makeRoom(ActiveRequest::waitsForItsClient, "connections");
      waiting.add(request);
    }
  }

  /** {@return whether there was a thread for it} */
  private boolean start(Runnable task) {
    try {
      threads.execute(task);
      return true;
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The latter where the system gives no more threads.
      return false;
    }
  }

  /** Runs a request, and then what has waited for a thread meanwhile. */
  private void take(Runnable request) {
    for (Runnable next = request; next != null; next = waiting.poll()) {
      takeOne(next);
    }
  }

  private void takeOne(Runnable request) {
    ActiveRequest active = new ActiveRequest(timeouts);
    requests.put(Thread.currentThread(), active);
    try {
      request.run();
    } finally {
      if (active.end()) {
        cutOff.run();
      }
      requests.remove(Thread.currentThread());
      bodyBytes.addAndGet(-active.bytes());
    }
  }

  /** {@return the request that this thread is with} */
  ActiveRequest current() {
    return requests.get(Thread.currentThread());
  }

  /** Counts bytes of a body, and makes room for them. */
  void received(ActiveRequest active, int bytes) {
    active.received(bytes);
    // All requests are asked only if it may be too much.
    if (bodyBytes.addAndGet(bytes) > capacity.bodyBytes() && sum() > capacity.bodyBytes()) {
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
    requests.values().forEach(active -> replies.add(active.reply()));
    return replies.stream().mapToLong(reply -> reply.length).sum();
  }

  /**
   * Answers in the place of a thread that waits for its client; returns whether there was a thread
   * for it.
   */
  boolean executeInPlace(Runnable answer) {
    return start(() -> take(answer));
  }

  private long sum() {
    return requests.values().stream().mapToLong(ActiveRequest::held).sum();
  }

  private void check() {
    requests.values().forEach(ActiveRequest::check);
    // All threads may have ended their requests just before one began to wait.
    Runnable next = waiting.poll();
    if (next != null && !start(() -> take(next))) {
      waiting.add(next);
    }
  }

  private void makeRoom(Predicate<ActiveRequest> which, String what) {
    requests.values().stream()
        .filter(which)
        .min(ActiveRequest.FIRST_BEGUN)
        .ifPresent(
            active ->
                active.makeRoom(
                    which,
                    "The server has too many %s, and this one took longest: try again in a second."
                        .formatted(what)));
  }

  /** Waits until no request is under way, for a limited time. */
  void awaitNone(Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    // So that no request has to tell of its end.
    while (!requests.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(STOP_CHECK_MILLIS);
    }
  }

  @Override
  public void close() {
    watch.shutdownNow();
    threads.shutdownNow();
  }
}
