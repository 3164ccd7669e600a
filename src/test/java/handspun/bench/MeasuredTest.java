package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeasuredTest {
  @Test
  void steadyEpochsOfAllRoundsAreOneSpread() {
    Measured measured =
        Fake.measured(Fake.program("a", 1), Fake.epochs(9, 1, 2), Fake.epochs(8, 3, 10));
    assertThat(measured.steady()).isEqualTo(new Spread(2.5, 1, 10));
  }

  @Test
  void ratiosAreThoseOfEachRound() {
    // The machine was three times as slow in the second round, and nobody must notice.
    Measured fast =
        Fake.measured(
            Fake.program("fast", 1), Fake.epochs(1, 1), Fake.epochs(3, 3), Fake.epochs(1, 1));
    Measured slow =
        Fake.measured(
            Fake.program("slow", 1), Fake.epochs(9, 10), Fake.epochs(9, 30), Fake.epochs(9, 11));
    assertThat(fast.timesAsFastAs(List.of(slow), Measurement::epochSeconds))
        .isEqualTo(new Spread(10, 10, 11));
    assertThat(slow.timesAsFastAs(List.of(fast), Measurement::epochSeconds).median())
        .isEqualTo(0.1);
  }

  @Test
  void theFastestOfSeveralOthersCountsInEveryRoundAnew() {
    Measured own = Fake.measured(Fake.program("own", 1), Fake.epochs(1, 1), Fake.epochs(1, 1));
    Measured one = Fake.measured(Fake.program("one", 1), Fake.epochs(2, 2), Fake.epochs(8, 8));
    Measured two = Fake.measured(Fake.program("two", 1), Fake.epochs(6, 6), Fake.epochs(4, 4));
    assertThat(own.timesAsFastAs(List.of(one, two), Measurement::allSeconds))
        .isEqualTo(new Spread(3, 2, 4));
  }

  @Test
  void onlyRoundsThatBothHaveAreCompared() {
    Measured own = Fake.measured(Fake.program("own", 1), Fake.epochs(1, 1), Fake.epochs(1, 1));
    Measured other = new Measured(Fake.workload(), Fake.program("other", 1));
    other.add(2, Fake.epochs(7, 7));
    assertThat(own.timesAsFastAs(List.of(other), Measurement::epochSeconds))
        .isEqualTo(new Spread(7, 7, 7));
    assertThat(own.timesAsFastAs(List.of(), Measurement::epochSeconds).isKnown()).isFalse();
  }

  @Test
  void unknownMemoryIsNoMemory() {
    Measurement unknown = new Measurement(Fake.epochs(1).steps(), false, Double.NaN, "v", "", 0);
    Measured measured = Fake.measured(Fake.program("a", 1), unknown, Fake.epochs(1));
    assertThat(measured.over(Measurement::peakMegabytes)).isEqualTo(new Spread(100, 100, 100));
  }

  @Test
  void aFailureIsHopelessOnlyWithoutAnySuccess() {
    Measured measured = new Measured(Fake.workload(), Fake.program("a", 1));
    assertThat(measured.hopeless()).isFalse();
    measured.fail("it fell over");
    assertThat(measured.hopeless()).isTrue();
    measured.add(2, Fake.epochs(1));
    assertThat(measured.hopeless()).isFalse();
    assertThat(measured.failure()).contains("it fell over");
  }
}
