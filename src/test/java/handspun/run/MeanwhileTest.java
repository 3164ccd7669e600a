package handspun.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class MeanwhileTest {
  @Test
  void worksOnAnotherThreadWhileThisOneGoesOn() {
    CountDownLatch started = new CountDownLatch(1);
    Meanwhile<String> name =
        Meanwhile.start(
            "worker",
            () -> {
              await(started);
              return Thread.currentThread().getName();
            });
    started.countDown();
    assertThat(name.result()).isEqualTo("worker");
  }

  @Test
  void throwsWhatTheWorkThrewToWhomAsks() {
    IllegalArgumentException failure = new IllegalArgumentException("odd");
    Meanwhile<String> work =
        Meanwhile.start(
            "worker",
            () -> {
              throw failure;
            });
    work.close();
    assertThatThrownBy(work::result).isSameAs(failure);
    Meanwhile<String> worse =
        Meanwhile.start(
            "worker",
            () -> {
              throw new NoClassDefFoundError("Font");
            });
    assertThatThrownBy(worse::result).isInstanceOf(NoClassDefFoundError.class);
  }

  @Test
  void isNotClosedBeforeTheWorkIsDone() {
    CountDownLatch started = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    try (Meanwhile<Boolean> work =
        Meanwhile.start(
            "worker",
            () -> {
              await(started);
              done.set(true);
              return true;
            })) {
      assertThat(done).isFalse();
      started.countDown();
      assertThat(work).isNotNull();
    }
    assertThat(done).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
