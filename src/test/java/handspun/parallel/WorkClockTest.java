package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.train.PartitionWork;
import org.junit.jupiter.api.Test;

class WorkClockTest {
  private final WorkClock clock = new WorkClock();

  @Test
  void countsNothingBeforeAnEpoch() {
    assertThat(clock.soFar(0)).isEqualTo(PartitionWork.NONE);
  }

  @Test
  void whatIsNotWaitingIsComputing() throws InterruptedException {
    long before = System.nanoTime();
    clock.start();
    Thread.sleep(20);
    clock.addWait(5_000_000);
    clock.addWait(7_000_000);
    PartitionWork work = clock.stop(0);
    assertThat(work.waitNanos()).isEqualTo(12_000_000);
    assertThat(work.computeNanos())
        .isBetween(8_000_000L, System.nanoTime() - before - work.waitNanos());
  }

  @Test
  void theTimeBetweenEpochsIsNobodys() throws InterruptedException {
    clock.start();
    clock.addWait(1);
    PartitionWork first = clock.stop(100);
    assertThat(clock.soFar(100)).isEqualTo(first);
    Thread.sleep(20);
    assertThat(clock.soFar(100)).isEqualTo(first);
    clock.start();
    clock.addWait(2);
    PartitionWork second = clock.stop(130);
    assertThat(second.waitNanos()).isEqualTo(2);
    assertThat(first.bytesSent()).isEqualTo(100);
    assertThat(second.bytesSent()).isEqualTo(30);
    assertThat(clock.soFar(130)).isEqualTo(first.plus(second));
  }

  @Test
  void tellsOfAnEpochThatIsUnderWay() {
    clock.start();
    clock.addWait(3);
    clock.stop(10);
    clock.start();
    clock.addWait(4);
    PartitionWork once = clock.soFar(25);
    PartitionWork again = clock.soFar(26);
    assertThat(once.waitNanos()).isEqualTo(7);
    assertThat(once.bytesSent()).isEqualTo(25);
    assertThat(again.bytesSent()).isEqualTo(26);
    assertThat(again.computeNanos()).isGreaterThanOrEqualTo(once.computeNanos());
  }

  @Test
  void nobodyComputesLessThanNothing() {
    clock.start();
    clock.addWait(Long.MAX_VALUE / 2);
    assertThat(clock.stop(0).computeNanos()).isZero();
  }
}
