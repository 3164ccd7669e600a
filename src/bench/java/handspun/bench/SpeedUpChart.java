package handspun.bench;

import handspun.files.Location;
import handspun.report.ChartStyle;
import handspun.report.Figure;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Where parallel pays: how much faster several cores are than one, over the mini-batch's size. */
final class SpeedUpChart {
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 640;
  private static final String BASE = "one core";

  private static final List<Color> COLORS =
      List.of(
          new Color(0x1f5fa8),
          new Color(0xb5500b),
          new Color(0x2c7a3f),
          new Color(0x7a3f8f),
          new Color(0x8a6d00));
  private static final List<float[]> DASHES =
      List.of(new float[] {1, 0}, new float[] {8, 6}, new float[] {2, 5});
  private static final List<Marker> MARKERS =
      List.of(
          SeriesMarkers.CIRCLE,
          SeriesMarkers.DIAMOND,
          SeriesMarkers.SQUARE,
          SeriesMarkers.TRIANGLE_UP,
          SeriesMarkers.CROSS);

  private SpeedUpChart() {}

  /**
   * A line of the picture.
   *
   * @param network gives the line its colour
   * @param strategy gives it its dashes
   * @param partitions give it its marks
   * @param miniBatches ascending, at least one
   * @param speedUps as many: times as fast as one core
   */
  record Line(
      String network,
      String strategy,
      String partitions,
      List<Integer> miniBatches,
      List<Double> speedUps) {

    String name() {
      return network + ", " + strategy + ", " + partitions;
    }
  }

  /**
   * Draws the lines as SVG.
   *
   * @param file created or replaced
   * @param lines at least one
   * @return empty, or a warning if the picture could not be drawn or written
   */
  static Optional<String> write(Location file, List<Line> lines) {
    return Figure.write(file, () -> draw(lines));
  }

  private static byte[] draw(List<Line> lines) throws IOException {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle("Where parallel pays");
    chart.setXAxisTitle("Mini-batch");
    chart.setYAxisTitle("Times as fast as the exchange on one core");
    double least = miniBatches(lines).min().orElse(1);
    double most = miniBatches(lines).max().orElse(1);
    style(chart.getStyler(), lines, least, most);
    XYSeries base = chart.addSeries(BASE, new double[] {least, most}, new double[] {1, 1});
    base.setLineColor(Color.GRAY);
    base.setLineStyle(new BasicStroke(1f));
    base.setMarker(SeriesMarkers.NONE);
    for (Line line : lines) {
      XYSeries series =
          chart.addSeries(
              line.name(),
              line.miniBatches().stream().mapToDouble(Integer::doubleValue).toArray(),
              line.speedUps().stream().mapToDouble(Double::doubleValue).toArray());
      Color color = COLORS.get(place(lines, line, Line::network) % COLORS.size());
      float[] dashes = DASHES.get(place(lines, line, Line::strategy) % DASHES.size());
      series.setLineColor(color);
      series.setLineStyle(
          new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0));
      series.setMarkerColor(color);
      series.setMarker(MARKERS.get(place(lines, line, Line::partitions) % MARKERS.size()));
    }
    return ChartStyle.svg(chart);
  }

  /** Where a line's network, strategy or partitions come among those of all lines. */
  private static int place(List<Line> lines, Line line, Function<Line, String> of) {
    return lines.stream().map(of).distinct().toList().indexOf(of.apply(line));
  }

  private static DoubleStream miniBatches(List<Line> lines) {
    return lines.stream().flatMap(line -> line.miniBatches().stream()).mapToDouble(size -> size);
  }

  private static void style(XYStyler styler, List<Line> lines, double least, double most) {
    ChartStyle.apply(styler);
    styler.setMarkerSize(8);
    styler.setLegendPosition(LegendPosition.OutsideE);
    styler.setLegendLayout(LegendLayout.Vertical);
    styler.setLegendSeriesLineLength(40);
    styler.setXAxisLogarithmic(true);
    styler.setXAxisMin(least / 1.3);
    styler.setXAxisMax(most * 1.3);
    styler.setXAxisDecimalPattern("#,##0");
    styler.setYAxisDecimalPattern("0.0#");
    double highest =
        lines.stream()
            .flatMap(line -> line.speedUps().stream())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(1);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(Math.max(1.2, 1.1 * highest));
  }
}
