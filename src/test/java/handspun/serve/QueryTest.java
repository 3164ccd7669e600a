package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  private static final List<Parameter> DESCRIBED =
      Stream.of("model", "mistakes", "from", "x", "epoch").map(QueryTest::asked).toList();

  private static Parameter asked(String name) {
    return Parameter.text(name, "Something.");
  }

  @Test
  void decodesNamesAndValues() {
    Query query = Query.parse("model=a%2Fb+c&mistakes&%66rom=7&&=&x=1=2&other=3", DESCRIBED);
    assertThat(query.text(asked("model"))).contains("a/b c");
    assertThat(query.has(asked("mistakes"))).isTrue();
    assertThat(query.text(asked("mistakes"))).contains("");
    assertThat(query.number(asked("from"))).hasValue(7);
    assertThat(query.text(asked("x"))).contains("1=2");
    assertThat(query.has(asked("other"))).isFalse();
    assertThat(query.has(asked("epoch"))).isFalse();
    assertThat(query.text(asked("epoch"))).isEmpty();
    assertThat(query.number(asked("epoch"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "+1", "1.0", "0x1", "1e3", "9999999999", "\u0661", " 1", "NaN"})
  void refusesWhatIsNoNumber(String value) {
    Query query = Query.parse("epoch=" + value.replace("+", "%2B"), DESCRIBED);
    assertThatThrownBy(() -> query.number(asked("epoch")))
        .isInstanceOf(RefusedRequest.class)
        .hasMessage(
            "The address says \"epoch\" is \"%s\", but it must be a whole number of at most 9 digits.",
            value);
  }

  @Test
  void refusesANameThatIsSaidTwiceIfItIsAskedFor() {
    Query query = Query.parse("epoch=1&epoch=1&x=1&x=2", DESCRIBED);
    assertThatThrownBy(() -> query.number(asked("epoch")))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining("\"epoch\" 2 times");
  }

  @Test
  void refusesWhatIsNotEncodedAndHandsLittleOfItBack() {
    assertThatThrownBy(() -> Query.parse("x=%zz" + "y".repeat(10_000), DESCRIBED))
        .isInstanceOf(RefusedRequest.class)
        .hasMessageContaining("percent-encoded")
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
  }
}
