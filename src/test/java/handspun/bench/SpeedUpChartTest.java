package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SpeedUpChart.Line;
import handspun.files.Location;
import handspun.report.SvgFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedUpChartTest {
  private static final String BLUE = "31,95,168";
  private static final String ORANGE = "181,80,11";

  @TempDir private Path folder;

  private static Line line(String network, String strategy, String partitions) {
    return new Line(network, strategy, partitions, List.of(10, 1000), List.of(0.9, 1.8));
  }

  @Test
  void everyNetworkHasItsColourAndEveryStrategyItsDashes() throws Exception {
    Path file = folder.resolve("scaling.svg");
    assertThat(
            SpeedUpChart.write(
                Location.of(file), List.of(line("one", "exchange", "2"), line("one", "jobs", "2"))))
        .isEmpty();
    assertThat(SvgFile.read(file).getAttribute("viewBox")).isEqualTo("0 0 1000 640");
    assertThat(SvgFile.countColor(file, BLUE)).isPositive();
    assertThat(SvgFile.countColor(file, ORANGE)).isZero();
    assertThat(Files.readString(file)).contains("stroke-dasharray:8,6");
    assertThat(
            SpeedUpChart.write(
                Location.of(file),
                List.of(line("one", "exchange", "2"), line("two", "exchange", "2"))))
        .isEmpty();
    assertThat(SvgFile.countColor(file, ORANGE)).isPositive();
    assertThat(Files.readString(file)).doesNotContain("stroke-dasharray:8,6");
  }

  @Test
  void drawsOnePointAndMoreLinesThanItHasColours() {
    Line point = new Line("n", "s", "p", List.of(10), List.of(1.0));
    assertThat(SpeedUpChart.write(Location.of(folder.resolve("point.svg")), List.of(point)))
        .isEmpty();
    List<Line> many =
        IntStream.range(0, 12).mapToObj(i -> line("n" + i, "s" + i, "p" + i)).toList();
    assertThat(SpeedUpChart.write(Location.of(folder.resolve("many.svg")), many)).isEmpty();
  }

  @Test
  void aPictureThatCannotBeWrittenIsAWarning() {
    assertThat(
            SpeedUpChart.write(
                Location.of(folder.resolve("missing/scaling.svg")), List.of(line("n", "s", "p"))))
        .isPresent();
  }
}
