package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.files.Location;
import handspun.report.Axis.Names;
import handspun.report.Axis.Numbers;
import handspun.report.ParallelCoordinates.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class ParallelCoordinatesTest {
  private static final List<Axis> AXES =
      List.of(
          new Numbers("rate", 0.01, 100, true),
          new Numbers("momentum", 0, 0.9, false),
          new Names("cost", List.of("quadratic", "cross-entropy", "a<b&c")));

  private static final List<Line> LINES =
      List.of(
          new Line("Trial 3", List.of("1", "0.9", "cross-entropy"), 0.98, "done"),
          new Line("Trial 1", List.of("0.01", "0.45", "quadratic"), 0.8, "dropped"),
          new Line("Trial 2", List.of("100", "0", "a<b&c"), Double.NaN, "diverged"));

  @TempDir Path folder;

  private Element draw(List<Axis> axes, List<Line> lines) throws IOException {
    Path file = folder.resolve("trials.svg");
    assertThat(ParallelCoordinates.write(Location.of(file), "Search", axes, lines)).isEmpty();
    return SvgFile.read(file);
  }

  private static List<String> of(Element svg, String tag, String attribute) {
    NodeList elements = svg.getElementsByTagName(tag);
    return IntStream.range(0, elements.getLength())
        .mapToObj(i -> (Element) elements.item(i))
        .map(one -> attribute.isEmpty() ? one.getTextContent() : one.getAttribute(attribute))
        .toList();
  }

  @Test
  void aTrialIsALineThroughItsValuesAndTheBestIsDrawnLast() throws IOException {
    Element svg = draw(AXES, LINES);
    // From 422 at the bottom to 92 at the top; 26 below it for those that have failed. The three
    // costs have 110 each, of which 60 are shared by the lines: the first 20 higher, the last
    // lower.
    assertThat(of(svg, "polyline", "points"))
        .containsExactly(
            "110.0,92.0 260.0,422.0 410.0,167.0 560.0,448.0",
            "110.0,422.0 260.0,257.0 410.0,367.0 560.0,422.0",
            "110.0,257.0 260.0,92.0 410.0,237.0 560.0,92.0");
    assertThat(of(svg, "polyline", "class"))
        .containsExactly("trial failed", "trial dropped", "trial best");
    assertThat(of(svg, "title", ""))
        .containsExactly(
            "Trial 2: rate 100, momentum 0, cost a<b&c, diverged",
            "Trial 1: rate 0.01, momentum 0.45, cost quadratic, 80.00 %, dropped",
            "Trial 3: rate 1, momentum 0.9, cost cross-entropy, 98.00 %, done");
  }

  @Test
  void axesHaveNamesAndRoundNumbersAndTheBestItsValues() throws IOException {
    List<String> texts = of(draw(AXES, LINES), "text", "");
    assertThat(texts)
        .contains("Search", "rate", "momentum", "cost", "validation accuracy")
        .contains("0.01", "0.1", "10", "0.2", "quadratic", "a<b&c")
        .contains("98.00 %", "80 %", "90 %", "95 %", "failed");
    assertThat(texts).filteredOn("1"::equals).as("a number of the axis, and the value").hasSize(2);
    assertThat(texts).filteredOn("cross-entropy"::equals).hasSize(1);
  }

  @Test
  void isDarkWhereThePageIsAndTheSameInEveryLanguage() throws IOException {
    draw(AXES, LINES);
    String before = Files.readString(folder.resolve("trials.svg"));
    assertThat(before).contains("@media (prefers-color-scheme: dark)").doesNotContain("NaN");
    Locale locale = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      draw(AXES, LINES);
    } finally {
      Locale.setDefault(locale);
    }
    assertThat(Files.readString(folder.resolve("trials.svg"))).isEqualTo(before);
  }

  @Test
  void oneTrialAndNoneThatHasLearnedAreDrawn() throws IOException {
    assertThat(of(draw(AXES, LINES.subList(0, 1)), "polyline", "class"))
        .containsExactly("trial best");
    assertThat(of(draw(AXES, LINES.subList(2, 3)), "polyline", "class"))
        .containsExactly("trial failed");
    assertThat(of(draw(List.of(), List.of(new Line("Trial 1", List.of(), 1, "done"))), "text", ""))
        .contains("100.00 %");
  }

  @Test
  void accuraciesAreAsFarApartAsTheirErrorsAreTimesEachOther() {
    AccuracyScale scale = AccuracyScale.of(new double[] {0.9, 0.99, 0.2});
    assertThat(scale.position(0.2)).isZero();
    assertThat(scale.position(0.99)).isOne();
    assertThat(scale.position(0.98) - scale.position(0.96))
        .isCloseTo(scale.position(0.92) - scale.position(0.84), within(1e-9));
    assertThat(AccuracyScale.of(new double[] {0.931, 0.934}).ticks().stream().map(Math::rint))
        .as("round ones between two that are near each other")
        .hasSizeBetween(3, 8)
        .containsOnly(93.0);
  }

  @Test
  void ticksAreRoundAndNotTooNear() {
    assertThat(new Ticks(0.03, 10, true).labels())
        .containsExactly("0.03", "0.05", "0.1", "0.2", "0.5", "1", "2", "5", "10");
    assertThat(new Ticks(1e-6, 1, true).labels())
        .containsExactly("0.000001", "0.00001", "0.0001", "0.001", "0.01", "0.1", "1");
    assertThat(new Ticks(10, 50, false).labels())
        .containsExactly("10", "15", "20", "25", "30", "35", "40", "45", "50");
    assertThat(new Ticks(0, 0.9, false).labels())
        .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "0.9");
    assertThat(new Ticks(1, 1_000_000, false).labels()).contains("1", "200000", "1000000");
  }
}
