package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.train.EpochSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class CurveTest {
  private static final String COST = "181,80,11";
  private static final String ACCURACY = "31,95,168";

  @TempDir Path folder;

  private static List<EpochSummary> epochs(int count, int validationTotal) {
    List<EpochSummary> epochs = new ArrayList<>();
    for (int e = 1; e <= count; e++) {
      int correct = validationTotal - validationTotal / (e + 1);
      epochs.add(new EpochSummary(e, 0.5 / e, correct, validationTotal, 1, List.of(10)));
    }
    return epochs;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 30, 1000})
  void showsBothLinesForAnyNumberOfEpochs(int count) throws IOException {
    Path file = folder.resolve("curve.svg");
    assertThat(Curve.write(Location.of(file), epochs(count, 100))).isEmpty();
    Element svg = SvgFile.read(file);
    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 900 500");
    assertThat(SvgFile.countColor(file, COST)).isPositive();
    assertThat(SvgFile.countColor(file, ACCURACY)).isPositive();
  }

  @Test
  void leavesAccuracyOutWithoutValidationExamples() throws IOException {
    Path file = folder.resolve("curve.svg");
    assertThat(Curve.write(Location.of(file), epochs(3, 0))).isEmpty();
    assertThat(SvgFile.countColor(file, COST)).isPositive();
    assertThat(SvgFile.countColor(file, ACCURACY)).isZero();
  }

  @Test
  void leavesOutEpochsWhoseCostIsNaN() throws IOException {
    List<EpochSummary> epochs = new ArrayList<>(epochs(3, 100));
    epochs.add(new EpochSummary(4, Double.NaN, 10, 100, 1, List.of(10)));
    Path file = folder.resolve("curve.svg");
    assertThat(Curve.write(Location.of(file), epochs)).isEmpty();
    assertThat(SvgFile.comparable(file)).doesNotContain("NaN");
    assertThat(SvgFile.countColor(file, COST)).isPositive();
  }

  @Test
  void isDrawnEvenIfNothingIsKnown() throws IOException {
    Path file = folder.resolve("curve.svg");
    assertThat(
            Curve.write(
                Location.of(file), List.of(new EpochSummary(1, Double.NaN, 0, 0, 1, List.of(1)))))
        .isEmpty();
    assertThat(SvgFile.read(file).getTagName()).isEqualTo("svg");
  }

  @Test
  void isTheSameInEveryLocale() throws IOException {
    Path here = folder.resolve("here.svg");
    Path there = folder.resolve("there.svg");
    Locale kept = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      Curve.write(Location.of(here), epochs(5, 100));
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      Curve.write(Location.of(there), epochs(5, 100));
    } finally {
      Locale.setDefault(kept);
    }
    assertThat(SvgFile.comparable(there).equals(SvgFile.comparable(here))).isTrue();
  }
}
