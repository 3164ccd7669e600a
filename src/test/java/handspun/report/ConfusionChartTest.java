package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.math.Kernels;
import handspun.network.QuadraticCost;
import handspun.train.Evaluation;
import handspun.train.OneLitPixel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class ConfusionChartTest {
  @TempDir Path folder;

  /** Every class is read as itself twice, and the first once as the last. */
  private static Evaluation evaluation(int classes) {
    int[][] outcomes = new int[2 * classes + 1][];
    for (int i = 0; i < 2 * classes; i++) {
      outcomes[i] = new int[] {i / 2, i / 2};
    }
    outcomes[2 * classes] = new int[] {0, classes - 1};
    return Evaluation.of(
        OneLitPixel.network(classes),
        new QuadraticCost(),
        OneLitPixel.examples(classes, outcomes),
        Kernels.fastest());
  }

  @ParameterizedTest
  @CsvSource({"2,680", "10,680", "26,1086", "47,1842"})
  void growsWithTheNumberOfClasses(int classes, int size) throws IOException {
    Path file = folder.resolve("confusion.svg");
    assertThat(ConfusionChart.write(Location.of(file), evaluation(classes))).isEmpty();
    Element svg = SvgFile.read(file);
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 " + size + " " + size);
  }

  @Test
  void fillsACellForEveryPairThatOccurs() throws IOException {
    Path file = folder.resolve("confusion.svg");
    ConfusionChart.write(Location.of(file), evaluation(10));
    // Two is the most, which gives the darkest shade to the diagonal; the one mistake is lighter.
    assertThat(SvgFile.countColor(file, "91,155,213")).isEqualTo(10);
    assertThat(SvgFile.countColor(file, "145,188,227")).isEqualTo(1);
  }

  @Test
  void isTheSameWhereNumbersHaveCommas() throws IOException {
    Path here = folder.resolve("here.svg");
    Path there = folder.resolve("there.svg");
    Locale kept = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      ConfusionChart.write(Location.of(here), evaluation(3));
      Locale.setDefault(Locale.GERMANY);
      ConfusionChart.write(Location.of(there), evaluation(3));
    } finally {
      Locale.setDefault(kept);
    }
    assertThat(SvgFile.comparable(there).equals(SvgFile.comparable(here))).isTrue();
  }
}
