package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LateNoticeTest {
  @Test
  void isGivenToWhoeverWaitsThatLong() throws InterruptedException {
    CountDownLatch told = new CountDownLatch(1);
    LateNotice notice =
        new LateNotice(Duration.ofMillis(1), "Waiting ...", sentence -> told.countDown());
    assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
    notice.close();
  }

  @Test
  void isNotGivenAfterTheEndOfWaiting() throws InterruptedException {
    List<String> told = new CopyOnWriteArrayList<>();
    new LateNotice(Duration.ofMillis(200), "Waiting ...", told::add).close();
    Thread.sleep(400);
    assertThat(told).isEmpty();
  }
}
