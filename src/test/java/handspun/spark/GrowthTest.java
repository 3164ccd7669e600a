package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class GrowthTest {
  private static final long SECOND = 1_000_000_000;

  private final Growth growth = new Growth(4, false);
  private final Growth told = new Growth(2, true);

  private static void epochs(Growth growth, int count, double seconds) {
    for (int e = 0; e < count; e++) {
      growth.took(seconds);
    }
  }

  private static Optional<Growth.Change> next(
      Growth growth, int epoch, int partitions, int slots, long nanos) {
    return growth.next(epoch, partitions, slots, possible -> true, nanos);
  }

  private static Optional<Integer> partitions(Optional<Growth.Change> change) {
    return change.map(Growth.Change::partitions);
  }

  @Test
  void takesNewcomersInWhenNoneHasComeForTwoSeconds() {
    assertThat(next(growth, 1, 1, 1, 0)).isEmpty();
    assertThat(next(growth, 2, 1, 2, SECOND)).isEmpty();
    assertThat(next(growth, 3, 1, 3, 2 * SECOND)).isEmpty();
    assertThat(next(growth, 4, 1, 3, 3 * SECOND)).isEmpty();
    assertThat(next(growth, 5, 1, 3, 4 * SECOND))
        .hasValue(
            new Growth.Change(
                3, "From epoch 5 on there are 3 partitions, since executors have come."));
  }

  @Test
  void takesNobodyInWhoIsNotReady() {
    assertThat(growth.next(2, 1, 4, slots -> false, 0)).isEmpty();
    assertThat(growth.next(3, 1, 4, slots -> slots < 4, 9 * SECOND)).isEmpty();
    assertThat(partitions(growth.next(4, 1, 4, slots -> slots == 4, 10 * SECOND))).hasValue(4);
  }

  @Test
  void waitsForNobodyWhereAllAreThereThatCanBeBusy() {
    assertThat(partitions(next(growth, 2, 1, 7, 0))).hasValue(4);
  }

  @Test
  void doesNotGrowBeyondWhatThereIsRoomFor() {
    assertThat(next(growth, 1, 3, 3, 0)).isEmpty();
    assertThat(next(growth, 2, 3, 3, 9 * SECOND)).isEmpty();
  }

  @Test
  void goesBackIfEpochsHaveBecomeSlowerAndStaysThere() {
    epochs(growth, 5, 1.0);
    assertThat(partitions(next(growth, 6, 1, 4, 0))).hasValue(4);
    // The first two epochs of newcomers do not count.
    epochs(growth, 2, 0.1);
    epochs(growth, 2, 1.2);
    assertThat(next(growth, 10, 4, 4, SECOND)).isEmpty();
    epochs(growth, 1, 1.2);
    assertThat(next(growth, 11, 4, 4, 2 * SECOND))
        .hasValue(
            new Growth.Change(
                1,
                "From epoch 11 on there is 1 partition again: an epoch took 1.000 s, and takes 1.200 s with 4 (--partitions 4 has them all the same)."));
    assertThat(next(growth, 12, 1, 4, 9 * SECOND)).isEmpty();
  }

  @Test
  void goesOnGrowingIfEpochsHaveBecomeFaster() {
    epochs(growth, 5, 1.0);
    assertThat(next(growth, 6, 1, 2, 0)).isEmpty();
    assertThat(partitions(next(growth, 7, 1, 2, 2 * SECOND))).hasValue(2);
    epochs(growth, 5, 0.6);
    assertThat(next(growth, 12, 2, 4, 3 * SECOND)).isEmpty();
    assertThat(partitions(next(growth, 13, 2, 4, 4 * SECOND))).hasValue(4);
  }

  @Test
  void givesAPersonTheNumberThatWasToldEvenIfItIsSlower() {
    epochs(told, 5, 1.0);
    assertThat(partitions(next(told, 6, 1, 2, 0))).hasValue(2);
    epochs(told, 9, 5.0);
    assertThat(next(told, 15, 2, 2, SECOND)).isEmpty();
  }

  @Test
  void comparesWithNothingThatWasBeforeALoss() {
    epochs(growth, 5, 1.0);
    assertThat(partitions(next(growth, 6, 2, 4, 0))).hasValue(4);
    growth.changed();
    epochs(growth, 9, 5.0);
    assertThat(next(growth, 15, 3, 3, 9 * SECOND)).isEmpty();
    assertThat(partitions(next(growth, 16, 3, 4, 10 * SECOND))).hasValue(4);
  }
}
