package handspun.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expected numbers were reckoned by hand. */
class HalvingTest {
  private static String rungs(int eta, int trials, int epochs) {
    Halving halving = Halving.of(eta, trials, epochs);
    return String.join(
        " ",
        IntStream.range(0, halving.rungs())
            .mapToObj(rung -> halving.trialsIn(rung) + "x" + halving.epochsIn(rung, epochs))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    // Hyperband's most exploring bracket for 81 epochs.
    "3, 81, 81, 81x1 27x3 9x9 3x27 1x81",
    "3, 27, 30, 27x2 9x4 3x10 1x30",
    "3, 20, 30, 20x4 6x10 2x30",
    "2, 8, 8, 8x1 4x2 2x4 1x8",
    "2, 9, 20, 9x3 4x5 2x10 1x20",
    // As many rungs as the epochs allow, and the trials.
    "3, 100, 5, 100x2 33x5",
    "3, 2, 100, 2x100",
    "4, 1000, 1, 1000x1",
    "0, 20, 30, 20x30",
    "1, 20, 30, 20x30",
    "2147483647, 20, 30, 20x30"
  })
  void trialsAndEpochsOfEachRung(int eta, int trials, int epochs, String rungs) {
    assertThat(rungs(eta, trials, epochs)).isEqualTo(rungs);
  }

  @Test
  void plansOfFewerEpochsComeToTheSamePartOfThem() {
    Halving halving = Halving.of(3, 9, 9);
    assertThat(IntStream.range(0, 3).map(rung -> halving.epochsIn(rung, 2)))
        .containsExactly(1, 1, 2);
  }

  @Test
  void refusesNumbersThatCannotBe() {
    assertThatThrownBy(() -> Halving.of(-1, 5, 5))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("halving is -1", "at least 2, or 0");
    assertThatThrownBy(() -> Halving.of(3, 0, 5))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("trials is 0");
  }
}
