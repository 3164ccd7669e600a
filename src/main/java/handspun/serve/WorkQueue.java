package handspun.serve;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that do what takes long, and a queue before them. Who finds the queue full is told so at
 * once, and work that takes too long is interrupted and given up.
 */
final class WorkQueue implements AutoCloseable {
  private static final int IDLE_THREAD_SECONDS = 30;

  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor clock;
  private final Duration most;
  private final Words words;

  /**
   * What is said to those whose work is not done.
   *
   * @param tooMuch when no place is left
   * @param tooLong when it has taken too long; {@code %d} is how many seconds
   */
  record Words(String tooMuch, String tooLong) {}

  /** Allows so many threads, so many who wait, and so much time for each, without its wait. */
  WorkQueue(String name, int threads, int capacity, Duration most, Words words) {
    ThreadFactory daemons =
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        };
    this.threads =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(capacity),
            daemons);
    this.threads.allowCoreThreadTimeOut(true);
    this.clock = new ScheduledThreadPoolExecutor(1, daemons);
    // When there is work, the system may give no thread to watch over it.
    clock.prestartAllCoreThreads();
    this.most = most;
    this.words = words;
  }

  /**
   * Waits until the work is done. The caller is not held up by work that passes over its
   * interruption; the thread is, until that work ends.
   *
   * @param work what to do; ends soon when its thread is interrupted
   * @return its result
   * @throws RefusedRequest with status 503 if there is no place, time or memory for it
   * @throws RuntimeException whatever the work throws
   */
  <T> T run(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    try {
      threads.execute(() -> runInTime(task));
    } catch (RejectedExecutionException | OutOfMemoryError e) {
      // The latter where the system gives no more threads.
      throw RefusedRequest.busy(words.tooMuch());
    }
    try {
      return task.get();
    } catch (CancellationException e) {
      throw RefusedRequest.busy(words.tooLong().formatted(most.toSeconds()));
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw stopping();
    }
  }

  private void runInTime(FutureTask<?> task) {
    Future<?> alarm =
        clock.schedule(() -> task.cancel(true), most.toMillis(), TimeUnit.MILLISECONDS);
    task.run();
    alarm.cancel(false);
  }

  /** {@return how many wait at the moment} */
  int waiting() {
    return threads.getQueue().size();
  }

  private RuntimeException failure(Throwable cause) {
    if (threads.isShutdown()) {
      return stopping();
    }
    if (cause instanceof OutOfMemoryError) {
      return RefusedRequest.busy(
          "The server does not have enough memory for this at the moment: try again in a second, or send a smaller picture.");
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  private static RefusedRequest stopping() {
    return RefusedRequest.busy("The server is being stopped: try again later.");
  }

  @Override
  public void close() {
    threads.shutdownNow();
    clock.shutdownNow();
  }
}
