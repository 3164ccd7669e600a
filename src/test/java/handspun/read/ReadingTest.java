package handspun.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  @Test
  void isAsSureOfAllDigitsWhenNoOutputIsActive() {
    Reading reading = new Reading(2, new float[4], new byte[784]);
    assertThat(reading.probabilities()).containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesOutputsThatAreNoNumbersInWords(float output) {
    assertThatThrownBy(() -> new Reading(0, new float[] {0, output}, new byte[784]))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("output for 1 is " + output)
        .hasMessageContaining("weights are too large");
  }
}
