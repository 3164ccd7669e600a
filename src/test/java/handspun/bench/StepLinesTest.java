package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.bench.Measurement.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepLinesTest {
  private static final String EPOCH =
      "{\"epoch\":1,\"trainSeconds\":2.5,\"evaluationSeconds\":0.1,\"accuracy\":0.88}";

  private static Measurement parse(long peak, String... lines) {
    return StepLines.parse(new Child.Ended(List.of(lines), peak), false);
  }

  @Test
  void readsEpochsAndTheEnd() {
    Measurement measurement =
        parse(
            0,
            EPOCH,
            "{\"epoch\": 2, \"trainSeconds\": 2, \"accuracy\": 0.9}",
            "{\"version\": \"NumPy 2\", \"peakKilobytes\": 2048, \"parametersSha256\": \"ab\"}");
    assertThat(measurement.steps())
        .containsExactly(new Step(1, 2.5, 0.1, 0.88), new Step(2, 2, Double.NaN, 0.9));
    assertThat(measurement.version()).isEqualTo("NumPy 2");
    assertThat(measurement.peakMegabytes()).isEqualTo(2);
    assertThat(measurement.parametersSha256()).isEqualTo("ab");
    assertThat(measurement.wholeFits()).isFalse();
  }

  @Test
  void theSystemsMemoryFigureGoesBeforeTheProgramsOwn() {
    assertThat(parse(4096, EPOCH, "{\"version\":\"v\",\"peakKilobytes\":2048}").peakMegabytes())
        .isEqualTo(4);
  }

  @Test
  void memoryThatNobodyTellsIsUnknown() {
    assertThat(parse(0, EPOCH, "{\"version\":\"v\"}").peakMegabytes()).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hello | no JSON object: Hello",
        "12 | no JSON object: 12",
        "{\"epoch\":1 | no JSON object: {\"epoch\":1",
        "{\"epoch\":1,\"accuracy\":0.5} | without the number trainSeconds",
        "{\"epoch\":1,\"trainSeconds\":\"2\",\"accuracy\":0.5} | without the number trainSeconds",
        "{\"epoch\":1,\"trainSeconds\":2} | without the number accuracy",
        "{\"version\":\"v\"} | it printed 0 epochs",
        "{\"epoch\":1,\"trainSeconds\":2,\"accuracy\":0.5} | 1 epochs and no last line",
        "{\"peakKilobytes\":1} | must print at least one epoch and in the end its version"
      })
  void saysWhatIsWrongWithOtherLines(String line, String words) {
    assertThatThrownBy(() -> parse(0, line))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining(words);
  }

  @Test
  void aProgramThatPrintsNothingIsRefused() {
    assertThatThrownBy(() -> parse(0)).hasMessageContaining("0 epochs and no last line");
  }
}
