package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0.016234, 0.0162",
    "0.09996, 0.100",
    "0.1, 0.100",
    "0.9999, 1.00",
    "2.0449, 2.04",
    "9.996, 10.0",
    "61.24, 61.2",
    "99.96, 100",
    "1234.4, 1234",
    "Infinity, never",
    "NaN, -"
  })
  void figuresHaveThreeDigitsThatCount(double figure, String shown) {
    assertThat(Figures.threeDigits(figure)).isEqualTo(shown);
  }

  @Test
  void rangesHaveTwoEnds() {
    assertThat(Figures.range(new Spread(2, 1, 30))).isEqualTo("1.00 to 30.0");
    assertThat(Figures.range(Spread.NONE)).isEqualTo("-");
  }

  @Test
  void whatIsUnknownOrNeverIsEmptyInACsv() {
    assertThat(Figures.csv(Double.POSITIVE_INFINITY)).isEmpty();
    assertThat(Figures.csv(Double.NaN)).isEmpty();
    assertThat(Figures.csv(0.5)).isEqualTo("0.500000");
  }

  @Test
  void textWithCommasAndQuotesIsQuotedInACsv() {
    assertThat(Figures.csv("plain")).isEqualTo("plain");
    assertThat(Figures.csv("a, \"b\"")).isEqualTo("\"a, \"\"b\"\"\"");
    assertThat(Figures.csv("two\nlines")).isEqualTo("\"two\nlines\"");
  }
}
