package handspun.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.HandspunException;
import handspun.Json;
import handspun.network.Outputs;
import handspun.train.Acceptance;
import handspun.train.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private static final Optional<Acceptance> ACCEPTANCE = Optional.of(new Acceptance(0.5f, 0.25f));

  private static Reading read(int digits, Optional<Acceptance> acceptance, float... outputs) {
    return Reading.of(outputs, Outputs.SIGMOID, new byte[784], digits, acceptance);
  }

  private static JsonNode json(Reading reading) throws IOException {
    return new ObjectMapper().readTree(Json.object(reading::writeFields));
  }

  @Test
  void aDigitIsTheOneCandidate() throws IOException {
    Reading reading = read(1, ACCEPTANCE, 0.125f, 0, 0.75f, 0.5f);
    assertThat(reading.verdict()).isEqualTo(Verdict.DIGIT);
    assertThat(reading.candidates()).containsExactly(2);
    assertThat(json(reading).toString())
        .startsWith(
            "{\"reading\":\"digit\",\"candidates\":[2],\"score\":0.890625,\"threshold\":0.5,\"digit\":2,\"confidence\":");
  }

  @Test
  void twoCandidatesOfWhichNoneIsClearAreInTheOrderOfTheirOutputs() throws IOException {
    Reading reading = read(1, ACCEPTANCE, 0.5f, 0, 0.125f, 0.625f);
    assertThat(reading.verdict()).isEqualTo(Verdict.UNSURE);
    assertThat(reading.digit()).isEqualTo(3);
    assertThat(reading.candidates()).containsExactly(3, 0);
    assertThat(read(1, ACCEPTANCE, 0.75f, 0, 0.125f, 0.625f).candidates()).containsExactly(0, 3);
    assertThat(read(1, ACCEPTANCE, 0.75f, 0.75f, 0.75f).candidates()).containsExactly(0, 1);
    assertThat(json(reading).toString())
        .startsWith(
            "{\"reading\":\"unsure\",\"candidates\":[3,0],\"score\":0.8359375,\"threshold\":0.5,\"digit\":3,");
  }

  @Test
  void theDocumentHasAReadingAsItIs() throws IOException {
    Optional<Acceptance> acceptance = Optional.of(new Acceptance(0.5f, 0.5f));
    Reading reading = read(1, acceptance, 0, 0, 0, 0, 0.375f, 0, 0, 0, 0, 0.625f);
    String document = Files.readString(Path.of("src/docs/api.md"));
    assertThat(document.replace("\n ", ""))
        .contains(
            "```\n"
                + json(reading).toString().replaceFirst("\"input\":\\[[0,]+]", "\"input\":[784]")
                + "\n```\n");
    json(reading)
        .fieldNames()
        .forEachRemaining(field -> assertThat(document).contains("\n| `" + field + "` | "));
  }

  @Test
  void whatIsNoDigitHasNoCandidatesButANearestDigit() throws IOException {
    Reading reading = read(1, ACCEPTANCE, 0, 0.25f);
    assertThat(reading.verdict()).isEqualTo(Verdict.NONE);
    assertThat(reading.digit()).isEqualTo(1);
    assertThat(json(reading).toString())
        .startsWith(
            "{\"reading\":\"none\",\"candidates\":[],\"score\":0.25,\"threshold\":0.5,\"digit\":1,");
  }

  @Test
  void severalDigitsAreSeveralWhateverTheOutputsAre() throws IOException {
    for (float output : new float[] {0, 1}) {
      for (Optional<Acceptance> acceptance : List.of(ACCEPTANCE, Optional.<Acceptance>empty())) {
        Reading reading = read(2, acceptance, output, 0);
        assertThat(reading.verdict()).isEqualTo(Verdict.SEVERAL);
        assertThat(json(reading).toString())
            .startsWith("{\"reading\":\"several\",\"candidates\":[],\"score\":");
      }
    }
  }

  @Test
  void withoutAnAcceptanceEverythingIsADigitAndThereIsNoThreshold() throws IOException {
    Reading reading = read(1, Optional.empty(), 0, 0.125f, 0.125f);
    assertThat(reading.verdict()).isEqualTo(Verdict.DIGIT);
    assertThat(json(reading).toString())
        .startsWith(
            "{\"reading\":\"digit\",\"candidates\":[1],\"score\":0.234375,\"threshold\":null,\"digit\":1,");
  }

  @Test
  void isAsSureOfAllDigitsWhenNoOutputIsActive() {
    Reading reading = Reading.of(new float[4], Outputs.SIGMOID, new byte[784], 1, Optional.empty());
    assertThat(reading.probabilities()).containsExactly(0.25, 0.25, 0.25, 0.25);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesOutputsThatAreNoNumbersInWords(float output) {
    assertThatThrownBy(() -> read(1, Optional.empty(), 0, output))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("output for 1 is " + output)
        .hasMessageContaining("weights are too large");
  }
}
