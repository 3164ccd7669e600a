package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.files.Location;
import handspun.train.Calibration;
import handspun.train.Calibration.Bin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReliabilityChartTest {
  private static final String MEAN = "31,95,168";
  private static final Bin EMPTY = new Bin(0, 0.5, 0, 0, Double.NaN);

  @TempDir Path folder;

  private Path write(Bin... bins) {
    Path file = folder.resolve("reliability.svg");
    assertThat(ReliabilityChart.write(Location.of(file), new Calibration(List.of(bins)))).isEmpty();
    return file;
  }

  private static int points(Path file) throws IOException {
    return Files.readString(file).split("<ellipse", -1).length - 1;
  }

  @Test
  void hasAPointForEveryBinThatHasExamples() throws IOException {
    Path one = write(EMPTY, new Bin(0.5, 1, 7, 7, 0.9));
    assertThat(SvgFile.read(one).getAttribute("viewBox")).isEqualTo("0 0 680 680");
    assertThat(SvgFile.comparable(one)).doesNotContain("NaN");
    assertThat(SvgFile.countColor(one, MEAN)).isPositive();
    int points = points(one);
    Path two = write(new Bin(0, 0.5, 3, 1, 0.4), new Bin(0.5, 1, 7, 7, 0.9));
    assertThat(points(two)).isEqualTo(points + 1);
  }

  @Test
  void saysHowManyExamplesThereAre() throws IOException {
    // Text is drawn as paths: all else is the same.
    String few = SvgFile.comparable(write(EMPTY, new Bin(0.5, 1, 10, 9, 0.9)));
    String many = SvgFile.comparable(write(EMPTY, new Bin(0.5, 1, 1000, 900, 0.9)));
    assertThat(many.equals(few)).isFalse();
  }

  @Test
  void isDrawnEvenIfNothingIsKnown() throws IOException {
    Path file = write(new Bin(0, 0.5, 3, 1, Double.NaN), new Bin(0.5, 1, 0, 0, Double.NaN));
    assertThat(SvgFile.read(file).getTagName()).isEqualTo("svg");
    assertThat(SvgFile.countColor(file, MEAN)).isZero();
  }

  @Test
  void isTheSameWhereNumbersHaveCommas() throws IOException {
    Bin[] bins = {EMPTY, new Bin(0.5, 1, 4321, 4000, 0.9)};
    Locale kept = Locale.getDefault();
    try {
      Locale.setDefault(Locale.ROOT);
      String here = SvgFile.comparable(write(bins));
      Locale.setDefault(Locale.GERMANY);
      assertThat(SvgFile.comparable(write(bins)).equals(here)).isTrue();
    } finally {
      Locale.setDefault(kept);
    }
  }
}
