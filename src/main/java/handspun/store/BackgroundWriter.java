package handspun.store;

import handspun.HandspunException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes a file again and again, in a thread of its own, so that nobody waits for a disk, or for a
 * file system that is far away. What is written is always the newest content; where it comes faster
 * than it can be written, what lies between is left out. Only the last one is waited for.
 *
 * <p>If it cannot be written this is said once.
 */
public final class BackgroundWriter implements AutoCloseable {
  private final ThreadPoolExecutor thread;
  private final Consumer<String> warning;

  /** Of the one thread. */
  private boolean warned;

  /** The warning is told, once, if something cannot be written. */
  public BackgroundWriter(String name, Consumer<String> warning) {
    this.warning = warning;
    // One content is written, one waits; a newer one takes its place.
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            task -> {
              Thread daemon = new Thread(task, name);
              daemon.setDaemon(true);
              return daemon;
            },
            new ThreadPoolExecutor.DiscardOldestPolicy());
  }

  /** Has the newest content written, unless this was closed. */
  public void submit(Runnable writing) {
    thread.execute(() -> write(writing));
  }

  private void write(Runnable writing) {
    try {
      writing.run();
    } catch (HandspunException e) {
      if (!warned) {
        warning.accept(e.getMessage());
      }
      warned = true;
    }
  }

  /** Waits until the newest content is written, and ends. By any thread, and again. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      thread.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
