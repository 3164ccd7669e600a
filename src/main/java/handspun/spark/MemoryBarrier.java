package handspun.spark;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;

/**
 * A barrier for the tasks of one executor, made for waits of microseconds: whoever waits first
 * spins, then yields, then sleeps in short naps. What a task wrote before the barrier, all read
 * after it.
 *
 * <p>A task that fails breaks the barrier, which wakes the others: they fail too, and Spark may run
 * the stage again.
 */
final class MemoryBarrier {
  private static final int SPINS = 5_000;
  private static final int YIELDS = 200;
  private static final long NAP_NANOS = 50_000;

  private final int parties;
  private final int spins;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int generation;
  private volatile Throwable broken;

  /**
   * @param parties how many tasks meet
   */
  MemoryBarrier(int parties) {
    this.parties = parties;
    // With fewer cores than tasks, whoever spins keeps those away that it waits for.
    spins = parties <= Runtime.getRuntime().availableProcessors() ? SPINS : 0;
  }

  /**
   * Waits until all have come.
   *
   * @param cancelled whether the task was told to end
   * @throws IllegalStateException if another task has failed
   */
  void await(BooleanSupplier cancelled) {
    if (broken != null) {
      throw broken();
    }
    if (parties == 1) {
      return;
    }
    int mine = generation;
    if (arrived.incrementAndGet() == parties) {
      arrived.set(0);
      generation = mine + 1;
      return;
    }
    for (int i = 0; i < spins; i++) {
      if (generation != mine) {
        return;
      }
      Thread.onSpinWait();
    }
    for (int i = 0; generation == mine; i++) {
      if (broken != null) {
        throw broken();
      }
      if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        throw new TaskKilledException("killed while it waited for the other partitions");
      }
      if (i < YIELDS) {
        Thread.yield();
      } else {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  /**
   * Wakes all who wait, and lets nobody pass any more.
   *
   * @param cause why
   */
  void breakUp(Throwable cause) {
    broken = cause;
  }

  private IllegalStateException broken() {
    return new IllegalStateException("Another partition failed: " + broken, broken);
  }
}
