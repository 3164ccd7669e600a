package handspun.cli;

import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What is still done when the process is told to end (Ctrl-C), which makes everything else fail
 * too. When it is done, Spark may take its time to stop, but not for long: on a cluster it waits
 * for others, and a person waits for it.
 */
final class Interruption implements TrainingListener, AutoCloseable {
  private static final long PATIENCE_MILLIS = 1_500;

  /** For what is still to be saved, perhaps far away. */
  private static final long LONGEST_MILLIS = 30_000;

  /** As the shell counts a process that Ctrl-C has ended. */
  private static final int STOPPED = 130;

  private final Thread hook;
  private volatile boolean happened;

  /**
   * @param lastAct done in a thread of its own, while others still run
   */
  Interruption(Runnable lastAct) {
    hook = new Thread(() -> end(lastAct), "interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end(Runnable lastAct) {
    happened = true;
    CountDownLatch done = new CountDownLatch(1);
    Thread deadline = new Thread(() -> haltAfter(done), "deadline");
    deadline.setDaemon(true);
    deadline.start();
    try {
      lastAct.run();
    } finally {
      done.countDown();
    }
  }

  private static void haltAfter(CountDownLatch lastAct) {
    long begin = System.nanoTime();
    try {
      if (lastAct.await(LONGEST_MILLIS, TimeUnit.MILLISECONDS)) {
        long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
        Thread.sleep(Math.max(0, PATIENCE_MILLIS - passed));
      }
    } catch (InterruptedException e) {
      // Nobody has a reason to; then the end comes sooner.
    }
    Runtime.getRuntime().halt(STOPPED);
  }

  /** Training does not go on past the state that is saved last. */
  @Override
  public void reached(TrainingState state) {
    leaveTheLastWord();
  }

  /** Does not return if the process is ending: what fails now is of no interest. */
  void leaveTheLastWord() {
    while (happened) {
      LockSupport.park();
    }
  }

  @Override
  public void close() {
    if (!happened) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The end has just begun.
      }
    }
  }
}
