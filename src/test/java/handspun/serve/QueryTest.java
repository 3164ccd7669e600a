package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void decodesNamesAndValues() {
    Query query = Query.parse("model=a%2Fb+c&mistakes&%66rom=7&&=&x=1=2");
    assertThat(query.text("model")).contains("a/b c");
    assertThat(query.has("mistakes")).isTrue();
    assertThat(query.text("mistakes")).contains("");
    assertThat(query.number("from")).hasValue(7);
    assertThat(query.text("x")).contains("1=2");
    assertThat(query.has("epoch")).isFalse();
    assertThat(query.text("epoch")).isEmpty();
    assertThat(query.number("epoch")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.0", "0x1", "1e3", "9999999999", "\u0661", " 1", "NaN"})
  void refusesWhatIsNoNumber(String value) {
    Query query = Query.parse("epoch=" + value.replace("+", "%2B"));
    assertThatThrownBy(() -> query.number("epoch"))
        .isInstanceOf(RefusedRequest.class)
        .hasMessage(
            "The address says \"epoch\" is \"%s\", but it must be a whole number of at most 9 digits.",
            value);
  }

  @Test
  void refusesANameThatIsSaidTwiceIfItIsAskedFor() {
    Query query = Query.parse("epoch=1&epoch=1&x=1&x=2");
    assertThatThrownBy(() -> query.number("epoch"))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining("\"epoch\" 2 times");
  }

  @Test
  void refusesWhatIsNotEncodedAndHandsLittleOfItBack() {
    assertThatThrownBy(() -> Query.parse("x=%zz" + "y".repeat(10_000)))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining("percent-encoded")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }
}
