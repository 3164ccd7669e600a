package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.Measurement.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeasurementTest {
  private static final Measurement FITS =
      new Measurement(
          List.of(
              new Step(100, 24, Double.NaN, 0.94),
              new Step(50, 13, Double.NaN, 0.93),
              new Step(25, 7, Double.NaN, 0.88)),
          true,
          1,
          "fits",
          "",
          0);

  @Test
  void steadyEpochsAreAllButTheFirst() {
    assertThat(Fake.epochs(5, 1, 2, 4).steadySeconds()).containsExactly(1.0, 2.0, 4.0);
    assertThat(Fake.epochs(5, 1, 2, 4).epochSeconds()).isEqualTo(2);
    assertThat(Fake.epochs(5).steadySeconds()).containsExactly(5.0);
  }

  @Test
  void allSecondsCountTheFirstEpochToo() {
    assertThat(Fake.epochs(5, 1, 2, 4).allSeconds()).isEqualTo(12);
  }

  @Test
  void anAccuracyCostsAllEpochsUntilTheOneThatReachesIt() {
    Measurement epochs = Fake.epochs(5, 1, 2, 4);
    assertThat(epochs.secondsTo(0.5)).isEqualTo(5);
    assertThat(epochs.secondsTo(0.90)).isEqualTo(6);
    assertThat(epochs.secondsTo(0.94)).isEqualTo(12);
    assertThat(epochs.secondsTo(0.96)).isInfinite();
  }

  @Test
  void anAccuracyCostsTheShortestWholeFitThatReachesIt() {
    assertThat(FITS.secondsTo(0.80)).isEqualTo(7);
    assertThat(FITS.secondsTo(0.90)).isEqualTo(13);
    assertThat(FITS.secondsTo(0.94)).isEqualTo(24);
    assertThat(FITS.secondsTo(0.95)).isInfinite();
  }

  @Test
  void wholeFitsHaveNoEpochsAndTheLongestIsAll() {
    assertThat(FITS.steadySeconds()).isEmpty();
    assertThat(FITS.epochSeconds()).isNaN();
    assertThat(FITS.allSeconds()).isEqualTo(24);
  }
}
