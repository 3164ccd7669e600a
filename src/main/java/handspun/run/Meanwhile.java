package handspun.run;

import handspun.HandspunException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * Work that another thread does while this one does something else.
 *
 * @param <T> what comes of it
 */
final class Meanwhile<T> implements AutoCloseable {
  private final FutureTask<T> task;

  private Meanwhile(FutureTask<T> task) {
    this.task = task;
  }

  /**
   * Starts the work.
   *
   * @param name of the thread
   * @param work may throw a runtime exception
   * @return the work on its way; it does not keep the process alive
   */
  static <T> Meanwhile<T> start(String name, Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return new Meanwhile<>(task);
  }

  /**
   * Waits until the work is done.
   *
   * @return what came of it
   * @throws RuntimeException what the work threw
   */
  T result() {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HandspunException("Stopped before the end.", e);
    }
  }

  /** Waits until the work is done, whatever comes of it. */
  @Override
  public void close() {
    try {
      task.get();
    } catch (ExecutionException e) {
      // That is for those who ask for the result.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
