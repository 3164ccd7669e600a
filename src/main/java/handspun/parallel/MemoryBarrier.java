package handspun.parallel;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A barrier for the threads of one process, made for waits of microseconds: whoever waits first
 * spins, then sleeps until the last one comes. What a thread wrote before the barrier, all read
 * after it.
 *
 * <p>The operating system may have put two threads on one core while another is idle. One that
 * yields to the other, back and forth, looks busy, and stays there: for whole epochs, at half the
 * speed. One that sleeps is put on an idle core when it is woken. With more threads than cores
 * there is no idle one to hope for, and yielding is cheaper than sleeping.
 *
 * <p>A thread that fails breaks the barrier, which wakes the others: they fail too.
 */
final class MemoryBarrier {
  /**
   * A millisecond or less, to one and a half, by the processor. With a tenth of it, partitions that
   * are not equally long at work slept and were woken all the time.
   */
  private static final int SPINS = 50_000;

  private static final int YIELDS = 200;

  /** The longest sleep: then a thread looks whether it was told to end. */
  private static final long NAP_NANOS = 1_000_000;

  private final int parties;
  private final int spins;
  private final int yields;
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicReferenceArray<Thread> sleepers;
  private volatile int generation;
  private final AtomicReference<Throwable> broken = new AtomicReference<>();

  MemoryBarrier(int parties) {
    this.parties = parties;
    sleepers = new AtomicReferenceArray<>(parties);
    // With fewer cores than threads, whoever spins keeps those away that it waits for.
    boolean coreForEach = parties <= Runtime.getRuntime().availableProcessors();
    spins = coreForEach ? SPINS : 0;
    yields = coreForEach ? 0 : YIELDS;
  }

  /**
   * Waits until all have come.
   *
   * @return nanoseconds that it waited; 0 for the last one, who does not look at the clock
   * @throws CancelledException if it, or another thread, was told to end
   * @throws IllegalStateException if another thread has failed
   */
  long await(BooleanSupplier cancelled) {
    if (broken.get() != null) {
      throw broken();
    }
    if (parties == 1) {
      return 0;
    }
    int mine = generation;
    int place = arrived.getAndIncrement();
    if (place == parties - 1) {
      arrived.set(0);
      generation = mine + 1;
      wakeAll();
      return 0;
    }
    long start = System.nanoTime();
    for (int i = 0; i < spins; i++) {
      if (generation != mine) {
        return System.nanoTime() - start;
      }
      Thread.onSpinWait();
    }
    for (int i = 0; generation == mine; i++) {
      if (broken.get() != null) {
        throw broken();
      }
      if (cancelled.getAsBoolean() || Thread.currentThread().isInterrupted()) {
        throw new CancelledException("while it waited for the other partitions");
      }
      if (i < yields) {
        Thread.yield();
      } else {
        sleep(mine, place);
      }
    }
    return System.nanoTime() - start;
  }

  private void sleep(int mine, int place) {
    Thread self = Thread.currentThread();
    sleepers.set(place, self);
    // Whoever came last has either seen this thread in its place, or is seen here. (A straggler of
    // the wait before may take the place from it; that costs it one nap.)
    if (generation == mine && broken.get() == null) {
      LockSupport.parkNanos(this, NAP_NANOS);
    }
    sleepers.compareAndSet(place, self, null);
  }

  private void wakeAll() {
    for (int i = 0; i < parties; i++) {
      Thread sleeper = sleepers.get(i);
      if (sleeper != null) {
        LockSupport.unpark(sleeper);
      }
    }
  }

  /**
   * Wakes all who wait, and lets nobody pass any more.
   *
   * @return whether it was whole until now
   */
  boolean breakUp(Throwable cause) {
    boolean wasWhole = broken.compareAndSet(null, cause);
    wakeAll();
    return wasWhole;
  }

  private RuntimeException broken() {
    Throwable cause = broken.get();
    return cause instanceof CancelledException
        ? new CancelledException("with another partition")
        : new IllegalStateException("Another partition failed: " + cause, cause);
  }
}
