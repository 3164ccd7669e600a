package handspun.report;

import handspun.files.Location;
import handspun.train.Calibration;
import handspun.train.Calibration.Bin;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The reliability diagram (DeGroot and Fienberg, "The Comparison and Evaluation of Forecasters",
 * 1983): the accuracy of the examples by how sure the network is of them. Where it is below the
 * diagonal, the network is surer than it should be.
 */
public final class ReliabilityChart {
  private static final int SIZE = 680;

  /** In per cent: between two bars, on each side; and how high numbers stand. */
  private static final double GAP = 0.25;

  private static final double FOOT = 2;

  private static final Color BAR = new Color(0x9dc3e6);
  private static final Color MEAN = new Color(0x1f5fa8);
  private static final Color IDEAL = new Color(0xb5500b);
  private static final Color INK = new Color(0x333333);

  private ReliabilityChart() {}

  /**
   * Draws the diagram as SVG: a bar for each bin that has examples, with their number on it, and a
   * point at their mean confidence and accuracy.
   *
   * @param file created or replaced
   * @return empty, or a warning if the picture could not be drawn or written
   */
  public static Optional<String> write(Location file, Calibration calibration) {
    return Figure.write(file, () -> draw(calibration));
  }

  private static byte[] draw(Calibration calibration) throws IOException {
    XYChart chart = new XYChart(SIZE, SIZE);
    chart.setTitle(
        String.format(
            Locale.ROOT,
            "Reliability: expected calibration error %.2f %%",
            100 * calibration.expectedError()));
    chart.setXAxisTitle("Confidence (%)");
    chart.setYAxisTitle("Correct (%)");
    style(chart.getStyler());
    List<Bin> bins =
        calibration.bins().stream()
            .filter(bin -> bin.count() > 0 && Double.isFinite(bin.confidence()))
            .toList();
    if (!bins.isEmpty()) {
      addBars(chart, bins);
    }
    addDiagonal(chart);
    if (!bins.isEmpty()) {
      addPoints(chart, bins);
    }
    return ChartStyle.svg(chart);
  }

  /** The edges of all bars, as one area: up, along, and down again; at their feet the numbers. */
  private static void addBars(XYChart chart, List<Bin> bins) {
    List<Double> x = new ArrayList<>();
    List<Double> y = new ArrayList<>();
    for (Bin bin : bins) {
      double height = 100 * bin.accuracy();
      double left = 100 * bin.from() + GAP;
      double right = 100 * bin.to() - GAP;
      x.addAll(List.of(left, left, right, right));
      y.addAll(List.of(0.0, height, height, 0.0));
      chart.addAnnotation(
          new AnnotationText(String.valueOf(bin.count()), (left + right) / 2, FOOT, false));
    }
    XYSeries bars = chart.addSeries("correct, of so many", x, y);
    bars.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
    bars.setFillColor(BAR);
    bars.setLineColor(BAR);
    bars.setLineStyle(new BasicStroke(1f));
    bars.setMarker(SeriesMarkers.NONE);
  }

  private static void addDiagonal(XYChart chart) {
    XYSeries ideal = chart.addSeries("as it should be", List.of(0.0, 100.0), List.of(0.0, 100.0));
    ideal.setLineColor(IDEAL);
    ideal.setLineStyle(new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    ideal.setMarker(SeriesMarkers.NONE);
  }

  private static void addPoints(XYChart chart, List<Bin> bins) {
    XYSeries means =
        chart.addSeries(
            "mean confidence of a bar",
            bins.stream().map(bin -> 100 * bin.confidence()).toList(),
            bins.stream().map(bin -> 100 * bin.accuracy()).toList());
    means.setLineStyle(SeriesLines.NONE);
    means.setMarker(SeriesMarkers.CIRCLE);
    means.setMarkerColor(MEAN);
  }

  private static void style(XYStyler styler) {
    ChartStyle.apply(styler);
    styler.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 11));
    styler.setAnnotationTextFontColor(INK);
    styler.setMarkerSize(7);
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setXAxisMin(0.0);
    styler.setXAxisMax(100.0);
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(100.0);
    styler.setXAxisDecimalPattern("0");
    styler.setYAxisDecimalPattern("0");
  }
}
