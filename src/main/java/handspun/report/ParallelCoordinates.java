package handspun.report;

import handspun.files.Location;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trials in parallel coordinates (Inselberg, "The plane with parallel coordinates", The Visual
 * Computer 1, 1985): an upright axis for each hyperparameter that varies, and a last one for the
 * validation accuracy; a trial is a line through its values, in the colour of its accuracy. SVG
 * without fonts of Java's, in dark colours where the reader's page is dark.
 */
public final class ParallelCoordinates {
  private static final int SPACING = 150;
  private static final int MARGIN = 110;
  private static final int TOP = 92;
  private static final int LENGTH = 330;
  private static final int BOTTOM = TOP + LENGTH;
  private static final int HEIGHT = BOTTOM + 58;

  /** That lines through one name take, as a part of what the name has. */
  private static final double BESIDE = 0.6;

  private static final double MOST_BESIDE = 60;

  /** That a label takes. */
  private static final int ROOM = 15;

  /** Where trials without an accuracy end, below the last axis. */
  private static final int FAILED = BOTTOM + 26;

  /** Of the colours from the worst accuracy to the best; seen on white as on black. */
  private static final int[][] COLOURS = {
    {0x8a, 0x93, 0xb8},
    {0x3f, 0x8f, 0xc4},
    {0x1f, 0xa0, 0x7a},
    {0xd9, 0x82, 0x1b},
    {0xd6, 0x3a, 0x2f}
  };

  private static final String STYLE =
      """
      <style>
      svg { background: #ffffff; font-family: sans-serif; font-size: 12px }
      text { fill: #333333; stroke: #ffffff; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round }
      .title { font-size: 16px; font-weight: bold }
      .name { font-size: 13px; font-weight: bold }
      .axis { stroke: #8a8a8a; stroke-width: 1px }
      .trial { fill: none; stroke-width: 1.5px; stroke-linejoin: round }
      .dropped { stroke-width: 1.2px; stroke-opacity: 0.7 }
      .failed { stroke: #9a9a9a; stroke-width: 1px; stroke-dasharray: 3 4 }
      .best { stroke-width: 4px }
      .value { font-weight: bold }
      @media (prefers-color-scheme: dark) {
        svg { background: #1b1b1d }
        text { fill: #dddddd; stroke: #1b1b1d }
        .axis { stroke: #777777 }
        .failed { stroke: #6a6a6a }
      }
      </style>
      """;

  /**
   * A trial.
   *
   * @param label what it is called
   * @param values one for each axis
   * @param accuracy 0 to 1; NaN if it has failed
   * @param status a word that tells how it ended; {@code done} if it came to its end
   */
  public record Line(String label, List<String> values, double accuracy, String status) {
    private boolean hasFailed() {
      return Double.isNaN(accuracy);
    }
  }

  private final List<Axis> axes;
  private final List<Line> lines;
  private final AccuracyScale scale;
  private final StringBuilder svg = new StringBuilder();

  private ParallelCoordinates(List<Axis> axes, List<Line> lines) {
    this.axes = axes;
    this.lines = lines;
    scale =
        AccuracyScale.of(
            lines.stream().mapToDouble(Line::accuracy).filter(Double::isFinite).toArray());
  }

  /**
   * Draws trials as SVG.
   *
   * @param file created or replaced
   * @param lines at least one, best first
   * @return empty, or a warning if the picture could not be written
   */
  public static Optional<String> write(
      Location file, String title, List<Axis> axes, List<Line> lines) {
    return Figure.write(
        file,
        () -> new ParallelCoordinates(axes, lines).draw(title).getBytes(StandardCharsets.UTF_8));
  }

  private String draw(String title) {
    int width = 2 * MARGIN + SPACING * axes.size();
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\">",
        width, HEIGHT, width, HEIGHT);
    svg.append(STYLE);
    gradient();
    text("title", "middle", width / 2.0, 34, title);
    for (int i = lines.size() - 1; i >= 0; i--) {
      line(i);
    }
    for (int a = 0; a < axes.size(); a++) {
      axis(a, axes.get(a));
    }
    accuracyAxis();
    svg.append("</svg>\n");
    return svg.toString();
  }

  private void gradient() {
    svg.append("<defs><linearGradient id=\"accuracy\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">");
    for (int i = 0; i < COLOURS.length; i++) {
      double at = (double) i / (COLOURS.length - 1);
      add("<stop offset=\"%.2f\" stop-color=\"%s\"/>", at, colour(at));
    }
    svg.append("</linearGradient></defs>\n");
  }

  private void line(int rank) {
    Line line = lines.get(rank);
    List<String> points = new ArrayList<>();
    for (int a = 0; a < axes.size(); a++) {
      points.add(point(x(a), y(axes.get(a).position(line.values().get(a))) + beside(a, rank)));
    }
    boolean failed = line.hasFailed();
    points.add(point(x(axes.size()), failed ? FAILED : y(scale.position(line.accuracy()))));
    String kind =
        failed ? " failed" : rank == 0 ? " best" : line.status().equals("done") ? "" : " dropped";
    add(
        "<polyline class=\"trial%s\"%s points=\"%s\"><title>%s</title></polyline>%n",
        kind,
        failed ? "" : " stroke=\"%s\"".formatted(colour(scale.position(line.accuracy()))),
        String.join(" ", points),
        escaped(tooltip(line)));
  }

  /** How far a line is below the middle of those through the same name. */
  private double beside(int axis, int rank) {
    if (axes.get(axis) instanceof Axis.Names names) {
      double room = Math.min(MOST_BESIDE, BESIDE * LENGTH / names.names().size());
      return room * ((rank + 0.5) / lines.size() - 0.5);
    }
    return 0;
  }

  private String tooltip(Line line) {
    StringBuilder tooltip = new StringBuilder(line.label()).append(": ");
    for (int a = 0; a < axes.size(); a++) {
      tooltip.append(axes.get(a).name()).append(' ').append(line.values().get(a)).append(", ");
    }
    return tooltip
        .append(
            line.hasFailed()
                ? line.status()
                : format("%.2f %%, %s", 100 * line.accuracy(), line.status()))
        .toString();
  }

  private void axis(int number, Axis axis) {
    double x = x(number);
    add("<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n", x, TOP, x, BOTTOM);
    text("name", "middle", x, TOP - 22, axis.name());
    Optional<String> best = best().map(line -> line.values().get(number));
    for (String label : axis.labels()) {
      boolean isChosen = axis instanceof Axis.Names && best.equals(Optional.of(label));
      tick(isChosen ? "value" : "label", x, y(axis.position(label)), label);
    }
    if (axis instanceof Axis.Numbers) {
      best.ifPresent(value -> text("value", "start", x + 8, y(axis.position(value)) - 7, value));
    }
  }

  private Optional<Line> best() {
    return lines.stream().findFirst().filter(line -> !line.hasFailed());
  }

  private void accuracyAxis() {
    double x = x(axes.size());
    add(
        "<rect x=\"%.1f\" y=\"%d\" width=\"7\" height=\"%d\" fill=\"url(#accuracy)\"/>%n",
        x, TOP, LENGTH);
    text("name", "middle", x, TOP - 22, "validation accuracy");
    Optional<Double> best = best().map(Line::accuracy);
    double taken = best.map(scale::position).orElse(2.0);
    best.ifPresent(
        accuracy ->
            text("value", "start", x + 13, y(taken) + 4, format("%.2f %%", 100 * accuracy)));
    for (double percent : scale.ticks()) {
      double position = scale.position(percent / 100);
      if (Math.abs(taken - position) * LENGTH > ROOM) {
        text("label", "start", x + 13, y(position) + 4, plain(percent) + " %");
      }
    }
    if (lines.stream().anyMatch(Line::hasFailed)) {
      text("label", "start", x + 13, FAILED + 4, "failed");
    }
  }

  private void tick(String kind, double x, double y, String label) {
    add("<line class=\"axis\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", x - 5, y, x, y);
    text(kind, "end", x - 9, y + 4, label);
  }

  private void text(String kind, String anchor, double x, double y, String text) {
    add(
        "<text class=\"%s\" text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
        kind, anchor, x, y, escaped(text));
  }

  private static double x(int axis) {
    return MARGIN + SPACING * axis;
  }

  private static double y(double position) {
    return BOTTOM - LENGTH * position;
  }

  private static String point(double x, double y) {
    return format("%.1f,%.1f", x, y);
  }

  /** {@return the colour of an accuracy, by its position on the last axis} */
  private static String colour(double position) {
    double at = Math.max(0, Math.min(1, position)) * (COLOURS.length - 1);
    int from = (int) Math.min(at, COLOURS.length - 2);
    int[] mixed = new int[3];
    for (int c = 0; c < mixed.length; c++) {
      int low = COLOURS[from][c];
      mixed[c] = (int) Math.round(low + (at - from) * (COLOURS[from + 1][c] - low));
    }
    return format("#%02x%02x%02x", mixed[0], mixed[1], mixed[2]);
  }

  private static String plain(double number) {
    return new BigDecimal(format("%.3f", number)).stripTrailingZeros().toPlainString();
  }

  private void add(String format, Object... arguments) {
    svg.append(format(format, arguments));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format.replace("%n", "\n"), arguments);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
