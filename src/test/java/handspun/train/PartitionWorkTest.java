package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionWorkTest {
  private static final PartitionWork QUICK = new PartitionWork(1_000_000_000, 3_000_000_000L, 70);
  private static final PartitionWork SLOW = new PartitionWork(3_500_000_000L, 500_000_000, 30);

  private static EpochSummary epoch(PartitionWork... work) {
    return new EpochSummary(1, 0.1, 0, 0, 4, List.of(10), List.of(work));
  }

  @Test
  void tellsSecondsAndTheShareOfComputing() {
    assertThat(QUICK.computeSeconds()).isEqualTo(1, within(1e-12));
    assertThat(QUICK.waitSeconds()).isEqualTo(3, within(1e-12));
    assertThat(QUICK.computeShare()).isEqualTo(0.25);
    assertThat(PartitionWork.NONE.computeShare()).isNaN();
  }

  @Test
  void theSlowestIsWhoComputesLongest() {
    assertThat(PartitionWork.slowest(List.of(QUICK, SLOW, QUICK))).isEqualTo(1);
    assertThat(PartitionWork.slowest(List.of(QUICK, QUICK))).isZero();
  }

  @Test
  void addsUpOverEpochsPartitionByPartition() {
    List<PartitionWork> total = PartitionWork.total(List.of(epoch(QUICK, SLOW), epoch(QUICK)));
    assertThat(total).containsExactly(new PartitionWork(2_000_000_000, 6_000_000_000L, 140), SLOW);
    assertThat(PartitionWork.bytesExchanged(total)).isEqualTo(170);
  }

  @Test
  void knowsNothingOfEpochsThatTellNothing() {
    EpochSummary silent = new EpochSummary(1, 0.1, 0, 0, 4, List.of(10));
    assertThat(PartitionWork.total(List.of(silent))).isEmpty();
    assertThat(PartitionWork.total(List.of(silent, epoch(SLOW)))).containsExactly(SLOW);
    assertThat(PartitionWork.bytesExchanged(List.of())).isZero();
  }
}
