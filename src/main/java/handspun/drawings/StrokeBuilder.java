package handspun.drawings;

import java.util.Arrays;
import java.util.List;

/** Makes a {@link Drawing}, point by point. */
final class StrokeBuilder {
  /** Pieces of a curve from one of its points to the next. */
  private static final int PIECES = 12;

  private double[] x = new double[64];
  private double[] y = new double[64];
  private int points;
  private int[] ends = new int[4];
  private int strokes;

  /** Where a curve goes through. */
  record Point(double x, double y) {}

  /** The pen goes straight to a point, or is set down there. */
  void point(double right, double down) {
    if (points == x.length) {
      x = Arrays.copyOf(x, 2 * points);
      y = Arrays.copyOf(y, 2 * points);
    }
    x[points] = right;
    y[points++] = down;
  }

  /** The pen is lifted: the stroke, if there is one, ends. */
  void lift() {
    if (points > begin()) {
      if (strokes == ends.length) {
        ends = Arrays.copyOf(ends, 2 * strokes);
      }
      ends[strokes++] = points;
    }
  }

  private int begin() {
    return strokes == 0 ? 0 : ends[strokes - 1];
  }

  /**
   * The pen goes along a smooth curve (Catmull, Rom, "A Class of Local Interpolating Splines",
   * 1974), from the first point, at which it may be already, through all others.
   */
  void curve(List<Point> through) {
    if (points == begin()) {
      point(through.get(0).x, through.get(0).y);
    }
    for (int i = 0; i + 1 < through.size(); i++) {
      Point before = through.get(Math.max(0, i - 1));
      Point from = through.get(i);
      Point to = through.get(i + 1);
      Point behind = through.get(Math.min(through.size() - 1, i + 2));
      for (int piece = 1; piece <= PIECES; piece++) {
        double t = (double) piece / PIECES;
        point(
            between(before.x, from.x, to.x, behind.x, t),
            between(before.y, from.y, to.y, behind.y, t));
      }
    }
  }

  private static double between(double before, double from, double to, double behind, double t) {
    double slope = to - before;
    double square = 2 * before - 5 * from + 4 * to - behind;
    double cube = 3 * (from - to) + behind - before;
    return from + t / 2 * (slope + t * (square + t * cube));
  }

  void add(Drawing drawing) {
    for (int s = 0; s < drawing.strokes(); s++) {
      for (int p = drawing.start(s); p < drawing.end(s); p++) {
        point(drawing.x(p), drawing.y(p));
      }
      lift();
    }
  }

  Drawing build() {
    return new Drawing(
        Arrays.copyOf(x, points), Arrays.copyOf(y, points), Arrays.copyOf(ends, strokes));
  }
}
