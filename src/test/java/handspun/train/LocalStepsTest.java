package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalStepsTest {

  @ParameterizedTest
  @ValueSource(strings = {"1", "5", "2147483646", "epoch"})
  void readsWhatItWrites(String text) {
    assertThat(LocalSteps.toString(LocalSteps.parse(text))).isEqualTo(text);
  }

  @Test
  void knowsTheEpoch() {
    assertThat(LocalSteps.parse("Epoch")).isEqualTo(LocalSteps.EPOCH);
    assertThat(LocalSteps.parse("5")).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "five", "1.5", "2147483648", "epochs"})
  void refusesWhatIsNoNumberOfMiniBatches(String text) {
    assertThatThrownBy(() -> LocalSteps.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("local-steps is " + text + ", but")
        .hasMessageContaining("epoch");
  }
}
