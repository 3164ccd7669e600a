package handspun.parallel;

import handspun.train.PartitionWork;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How one partition spends the time of its epochs. Its thread tells; whoever looks on may ask at
 * any time. A wait counts once it is over.
 */
final class WorkClock {
  /** Of the running epoch. The thread alone writes it, so it needs no locked instruction. */
  private final AtomicLong waitNanos = new AtomicLong();

  private PartitionWork ended = PartitionWork.NONE;
  private long startNanos;
  private boolean running;

  /** An epoch begins. */
  synchronized void start() {
    waitNanos.setRelease(0);
    startNanos = System.nanoTime();
    running = true;
  }

  /** The thread has waited; called by it alone. */
  void addWait(long nanos) {
    waitNanos.setRelease(waitNanos.getPlain() + nanos);
  }

  /** {@return nanoseconds that the thread has waited in this epoch, or what is like one} */
  long waitNanos() {
    return waitNanos.getAcquire();
  }

  /**
   * The epoch has ended.
   *
   * @param bytesSent by this partition, since the job began
   * @return what it did in the epoch
   */
  synchronized PartitionWork stop(long bytesSent) {
    PartitionWork epoch = epoch(bytesSent);
    ended = ended.plus(epoch);
    running = false;
    return epoch;
  }

  /**
   * @param bytesSent by this partition, since the job began
   * @return what it has done since the job began
   */
  synchronized PartitionWork soFar(long bytesSent) {
    return running ? ended.plus(epoch(bytesSent)) : ended;
  }

  private PartitionWork epoch(long bytesSent) {
    long waited = waitNanos.getAcquire();
    long computed = Math.max(0, System.nanoTime() - startNanos - waited);
    return new PartitionWork(computed, waited, bytesSent - ended.bytesSent());
  }
}
