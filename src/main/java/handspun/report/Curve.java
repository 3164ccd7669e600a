package handspun.report;

import handspun.files.Location;
import handspun.train.EpochSummary;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.Styler.YAxisPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The learning curve: training cost (left axis) and validation accuracy (right axis) by epoch. */
public final class Curve {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 500;

  /** More points than this are drawn as a line alone. */
  private static final int MOST_MARKERS = 60;

  private static final Color COST = new Color(0xb5500b);
  private static final Color ACCURACY = new Color(0x1f5fa8);

  private Curve() {}

  /**
   * Draws the curve as SVG.
   *
   * @param file created or replaced
   * @param epochs at least one, in order; epochs without a finite cost or without validation
   *     examples are left out of the line that they have no value for
   * @return empty, or a warning if the picture could not be drawn or written
   */
  public static Optional<String> write(Location file, List<EpochSummary> epochs) {
    return Figure.write(file, () -> draw(epochs));
  }

  private static byte[] draw(List<EpochSummary> epochs) throws IOException {
    XYChart chart = new XYChart(WIDTH, HEIGHT);
    chart.setTitle("Learning curve");
    chart.setXAxisTitle("Epoch");
    style(chart.getStyler(), epochs);
    addLine(chart, 0, "Training cost", COST, epochs, EpochSummary::cost);
    addLine(chart, 1, "Validation accuracy (%)", ACCURACY, epochs, Curve::percent);
    return ChartStyle.svg(chart);
  }

  private static double percent(EpochSummary epoch) {
    return 100 * epoch.validationAccuracy();
  }

  private static void addLine(
      XYChart chart,
      int axis,
      String name,
      Color color,
      List<EpochSummary> epochs,
      ToDoubleFunction<EpochSummary> value) {
    List<EpochSummary> known =
        epochs.stream().filter(epoch -> Double.isFinite(value.applyAsDouble(epoch))).toList();
    if (known.isEmpty()) {
      return;
    }
    XYSeries line =
        chart.addSeries(
            name,
            known.stream().mapToDouble(EpochSummary::epoch).toArray(),
            known.stream().mapToDouble(value).toArray());
    line.setYAxisGroup(axis);
    line.setLineColor(color);
    line.setLineStyle(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    line.setMarkerColor(color);
    line.setMarker(known.size() > MOST_MARKERS ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
    chart.setYAxisGroupTitle(axis, name);
    chart.getStyler().setYAxisGroupTitleColor(axis, color);
    chart.getStyler().setYAxisGroupTickLabelsColorMap(axis, color);
  }

  private static void style(XYStyler styler, List<EpochSummary> epochs) {
    ChartStyle.apply(styler);
    styler.setMarkerSize(7);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setYAxisGroupPosition(1, YAxisPosition.Right);
    // Half an epoch of room keeps XChart from marking every k-th value (36, 72, ...), as it does
    // where the ends of the axis and the values are equally spaced; with one value they always are.
    double room = epochs.size() == 1 ? 1 : 0.5;
    styler.setXAxisMin(epochs.get(0).epoch() - room);
    styler.setXAxisMax(epochs.get(epochs.size() - 1).epoch() + room);
    styler.setXAxisDecimalPattern("0");
    styler.setYAxisDecimalPattern("0.######");
    double highestCost = known(epochs, EpochSummary::cost).max().orElse(1);
    styler.setYAxisMin(0, 0.0);
    styler.setYAxisMax(0, highestCost > 0 ? 1.05 * highestCost : 1);
    styler.setYAxisMin(1, Math.floor(known(epochs, Curve::percent).min().orElse(0) - 0.5));
    styler.setYAxisMax(1, Math.ceil(known(epochs, Curve::percent).max().orElse(100) + 0.5));
  }

  private static DoubleStream known(
      List<EpochSummary> epochs, ToDoubleFunction<EpochSummary> value) {
    return epochs.stream().mapToDouble(value).filter(Double::isFinite);
  }
}
