package handspun.report;

import handspun.files.Location;
import handspun.train.Evaluation;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.style.HeatMapStyler;

/** The confusion matrix as a heat map: what the examples are, by what they were taken for. */
public final class ConfusionChart {
  private static final int FEWEST_PIXELS = 680;
  private static final int CELL = 36;
  private static final int MARGIN = 150;
  private static final Color LIGHTEST = new Color(0xeef4fb);
  private static final Color DARKEST = new Color(0x5b9bd5);
  private static final Color INK = new Color(0x222222);

  /** Steps of the colour ramp, which XChart interpolates between. */
  private static final int SHADES = 512;

  private ConfusionChart() {}

  /**
   * Draws the matrix as SVG: a row per class, a column per answer, the number of examples in the
   * cell, no number where there are none. The shade grows with the logarithm of that number, or
   * else the correct answers would leave nothing to see of the others.
   *
   * @param file created or replaced
   * @param evaluation of any number of classes
   * @return empty, or a warning if the picture could not be drawn or written
   */
  public static Optional<String> write(Location file, Evaluation evaluation) {
    return Figure.write(file, () -> draw(evaluation));
  }

  private static byte[] draw(Evaluation evaluation) throws IOException {
    int classes = evaluation.classes();
    int most = 1;
    List<Number[]> cells = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      for (int answer = 0; answer < classes; answer++) {
        int count = evaluation.confusion(label, answer);
        if (count > 0) {
          cells.add(new Number[] {answer, classes - 1 - label, count});
          most = Math.max(most, count);
        }
      }
    }
    int size = Math.max(FEWEST_PIXELS, classes * CELL + MARGIN);
    HeatMapChart chart = new HeatMapChartBuilder().width(size).height(size).build();
    chart.setTitle(
        String.format(
            Locale.ROOT,
            "Confusion matrix: %.2f %% correct (%d of %d)",
            100 * evaluation.accuracy(),
            evaluation.correct(),
            evaluation.total()));
    chart.setXAxisTitle("read as");
    chart.setYAxisTitle("label");
    style(chart.getStyler(), most);
    List<Integer> labels = IntStream.range(0, classes).boxed().toList();
    List<Integer> fromTheTop = labels.stream().map(label -> classes - 1 - label).toList();
    chart.addSeries("examples", labels, fromTheTop, cells);
    return ChartStyle.svg(chart);
  }

  private static void style(HeatMapStyler styler, int most) {
    ChartStyle.apply(styler);
    styler.setPlotGridLinesVisible(false);
    styler.setLegendVisible(false);
    styler.setPlotContentSize(1);
    styler.setMin(0);
    styler.setMax(most);
    styler.setRangeColors(shades(most));
    styler.setShowValue(true);
    styler.setValueFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
    styler.setValueFontColor(INK);
    styler.setHeatMapValueDecimalPattern("0");
  }

  private static Color[] shades(int most) {
    Color[] shades = new Color[SHADES];
    for (int s = 0; s < SHADES; s++) {
      double count = (double) most * s / (SHADES - 1);
      double part = Math.log1p(count) / Math.log1p(most);
      shades[s] =
          new Color(
              between(LIGHTEST.getRed(), DARKEST.getRed(), part),
              between(LIGHTEST.getGreen(), DARKEST.getGreen(), part),
              between(LIGHTEST.getBlue(), DARKEST.getBlue(), part));
    }
    return shades;
  }

  private static int between(int low, int high, double part) {
    return (int) Math.round(low + part * (high - low));
  }
}
