package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LateNoticeTest {
  @Test
  void isGivenToWhoeverWaitsThatLong() {
    BlockingQueue<String> told = new ArrayBlockingQueue<>(1);
    String result =
        LateNotice.during(Duration.ofMillis(1), "Waiting ...", told::add, () -> await(told));
    assertThat(result).isEqualTo("Waiting ...");
  }

  private static String await(BlockingQueue<String> told) {
    try {
      return told.take();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void isNotGivenAfterTheEndOfWaitingHoweverItEnds() throws InterruptedException {
    List<String> told = new CopyOnWriteArrayList<>();
    Duration delay = Duration.ofSeconds(2);
    assertThat(LateNotice.during(delay, "Waiting ...", told::add, () -> 3)).isEqualTo(3);
    assertThatThrownBy(
            () ->
                LateNotice.during(
                    delay,
                    "Waiting ...",
                    told::add,
                    () -> {
                      throw new IllegalStateException("it failed");
                    }))
        .hasMessage("it failed");
    Thread.sleep(2500);
    assertThat(told).isEmpty();
  }
}
