package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBarrierTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 8})
  void nobodyPassesBeforeAllHaveCome(int parties) throws Exception {
    int rounds = 2_000;
    MemoryBarrier barrier = new MemoryBarrier(parties);
    // Plain memory, not volatile: the barrier itself must make it visible.
    int[] progress = new int[parties * 32];
    List<Future<Boolean>> results = new ArrayList<>();
    for (int party = 0; party < parties; party++) {
      int mine = party;
      results.add(
          threads.submit(
              () -> {
                boolean good = true;
                for (int round = 1; round <= rounds; round++) {
                  progress[mine * 32] = round;
                  barrier.await(() -> false);
                  for (int other = 0; other < parties; other++) {
                    good &= progress[other * 32] == round;
                  }
                  barrier.await(() -> false);
                }
                return good;
              }));
    }
    for (Future<Boolean> result : results) {
      assertThat(result.get()).isTrue();
    }
  }

  @Test
  void tellsHowLongItWaited() throws Exception {
    assertThat(new MemoryBarrier(1).await(() -> false)).isZero();
    MemoryBarrier barrier = new MemoryBarrier(2);
    CountDownLatch begun = new CountDownLatch(1);
    Future<Long> first =
        threads.submit(
            () -> {
              return barrier.await(
                  () -> {
                    begun.countDown();
                    return false;
                  });
            });
    begun.await();
    long start = System.nanoTime();
    Thread.sleep(100);
    long waited = System.nanoTime() - start;
    // Whoever comes last does not wait.
    assertThat(barrier.await(() -> false)).isZero();
    assertThat(first.get()).isGreaterThanOrEqualTo(waited);
  }

  @Test
  void aFailureWakesWhoeverWaits() throws Exception {
    MemoryBarrier barrier = new MemoryBarrier(2);
    Future<?> waiting = threads.submit(() -> barrier.await(() -> false));
    Thread.sleep(50);
    barrier.breakUp(new IllegalArgumentException("out of paper"));
    assertThatThrownBy(() -> waiting.get())
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("Another partition failed")
        .hasMessageContaining("out of paper");
    assertThatThrownBy(() -> barrier.await(() -> false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aCancelledThreadStopsWaiting() throws Exception {
    MemoryBarrier barrier = new MemoryBarrier(2);
    AtomicBoolean killed = new AtomicBoolean();
    Future<?> waiting = threads.submit(() -> barrier.await(killed::get));
    Thread.sleep(50);
    killed.set(true);
    assertThatThrownBy(() -> waiting.get()).hasCauseInstanceOf(CancelledException.class);
  }

  @Test
  void anInterruptedThreadStopsWaiting() throws Exception {
    MemoryBarrier barrier = new MemoryBarrier(2);
    AtomicBoolean ended = new AtomicBoolean();
    Thread waiting =
        new Thread(
            () -> {
              try {
                barrier.await(() -> false);
              } catch (CancelledException e) {
                ended.set(true);
              }
            });
    waiting.start();
    Thread.sleep(50);
    waiting.interrupt();
    waiting.join();
    assertThat(ended).isTrue();
  }
}
