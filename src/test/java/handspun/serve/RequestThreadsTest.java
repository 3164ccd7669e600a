package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestThreadsTest {
  private static final int BYTES = 1 << 20;

  private RequestThreads threads =
      new RequestThreads(Timeouts.DEFAULT, new Capacity(20, 2, 2 * BYTES), () -> {});
  private final BlockingQueue<Integer> cutOff = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    threads.close();
  }

  /** A request whose client does not take its answer. */
  private void reply(int number, byte[] body) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    threads.execute(
        () -> {
          threads.replying(threads.current(), body);
          begun.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            cutOff.add(number);
          }
        });
    begun.await();
  }

  @Test
  void answersThatTakeTooMuchMemoryMakeRoom() throws InterruptedException {
    reply(1, new byte[BYTES]);
    reply(2, new byte[BYTES]);
    assertThat(cutOff).isEmpty();
    reply(3, new byte[BYTES]);
    assertThat(cutOff.poll(60, TimeUnit.SECONDS)).isEqualTo(1);
    reply(4, new byte[BYTES]);
    assertThat(cutOff.poll(60, TimeUnit.SECONDS)).isEqualTo(2);
    assertThat(cutOff).isEmpty();
  }

  /** A system that gives so many threads, and no more. */
  private static ThreadFactory giving(int most) {
    AtomicInteger given = new AtomicInteger();
    return task ->
        given.incrementAndGet() <= most
            ? new Thread(task)
            : new Thread(task) {
              @Override
              public synchronized void start() {
                throw new OutOfMemoryError("unable to create native thread");
              }
            };
  }

  @Test
  void theOldestMakesRoomWhereTheSystemGivesNoMoreThreads() throws InterruptedException {
    threads.close();
    threads =
        new RequestThreads(
            Timeouts.DEFAULT, new Capacity(20, 2, 100L * BYTES), () -> {}, giving(2));
    for (int i = 1; i <= 10; i++) {
      reply(i, new byte[1000]);
    }
    for (int i = 1; i <= 8; i++) {
      assertThat(cutOff.poll(60, TimeUnit.SECONDS)).isEqualTo(i);
    }
    assertThat(cutOff).isEmpty();
  }

  @Test
  void oneAnswerToManyTakesMemoryOnce() throws InterruptedException {
    byte[] body = new byte[2 * BYTES];
    for (int i = 0; i < 10; i++) {
      reply(i, body);
    }
    reply(10, new byte[1000]);
    assertThat(cutOff).isEmpty();
    reply(11, new byte[BYTES]);
    assertThat(cutOff.poll(60, TimeUnit.SECONDS)).isZero();
  }
}
