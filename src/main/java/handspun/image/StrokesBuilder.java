package handspun.image;

import java.util.Arrays;

/**
 * Makes {@link Strokes} point by point. What {@link #line} and {@link #curve} add has points that
 * are about equally far apart, so that it can be bent.
 */
public final class StrokesBuilder {
  /** What moves a point nowhere: see {@link #add}. */
  static final double[] SAME = {1, 0, 0, 1};

  private final double apart;
  private float[] x = new float[64];
  private float[] y = new float[64];
  private int[] ends = new int[8];
  private int points;
  private int strokes;

  /** One whose lines and curves have a point for about every unit of their length. */
  public StrokesBuilder() {
    this(1);
  }

  /**
   * @param apart about how far the points of lines and curves are from each other, above 0
   */
  public StrokesBuilder(double apart) {
    this.apart = apart;
  }

  /** Adds a point to the stroke that is begun. */
  public StrokesBuilder point(double right, double down) {
    if (points == x.length) {
      x = Arrays.copyOf(x, 2 * points);
      y = Arrays.copyOf(y, 2 * points);
    }
    x[points] = (float) right;
    y[points++] = (float) down;
    return this;
  }

  /** Ends the stroke that is begun; the next point begins another one. */
  public StrokesBuilder end() {
    if (points > begun()) {
      if (strokes == ends.length) {
        ends = Arrays.copyOf(ends, 2 * strokes);
      }
      ends[strokes++] = points;
    }
    return this;
  }

  private int begun() {
    return strokes == 0 ? 0 : ends[strokes - 1];
  }

  /** Goes on in a straight line, or begins a stroke with one. */
  StrokesBuilder line(double fromX, double fromY, double toX, double toY) {
    int steps = steps(fromX, fromY, toX, toY);
    for (int s = points == begun() ? 0 : 1; s <= steps; s++) {
      double part = (double) s / steps;
      point(fromX + (toX - fromX) * part, fromY + (toY - fromY) * part);
    }
    return this;
  }

  /**
   * Goes on in a smooth curve through some points, or begins a stroke with one (Catmull, Rom: "A
   * Class of Local Interpolating Splines", 1974).
   *
   * @param knots x and y of each point in turn, at least one
   */
  public StrokesBuilder curve(double... knots) {
    int count = knots.length / 2;
    boolean begins = points == begun();
    if (begins) {
      point(knots[0], knots[1]);
    }
    for (int k = 0; k + 1 < count; k++) {
      int before = 2 * Math.max(0, k - 1);
      int from = 2 * k;
      int to = from + 2;
      int after = 2 * Math.min(count - 1, k + 2);
      int steps = steps(knots[from], knots[from + 1], knots[to], knots[to + 1]);
      for (int s = 1; s <= steps; s++) {
        double part = (double) s / steps;
        point(
            spline(knots[before], knots[from], knots[to], knots[after], part),
            spline(knots[before + 1], knots[from + 1], knots[to + 1], knots[after + 1], part));
      }
    }
    return this;
  }

  /** The same, from the last point of the stroke that is begun, which is a corner then. */
  StrokesBuilder curveOn(double... knots) {
    if (points == begun()) {
      return curve(knots);
    }
    double[] all = new double[knots.length + 2];
    all[0] = x[points - 1];
    all[1] = y[points - 1];
    System.arraycopy(knots, 0, all, 2, knots.length);
    return curve(all);
  }

  private int steps(double fromX, double fromY, double toX, double toY) {
    double right = toX - fromX;
    double down = toY - fromY;
    return Math.max(1, (int) Math.round(Math.sqrt(right * right + down * down) / apart));
  }

  private static double spline(double before, double from, double to, double after, double t) {
    return (2 * from
            + (to - before) * t
            + (2 * before - 5 * from + 4 * to - after) * t * t
            + (3 * from - before - 3 * to + after) * t * t * t)
        / 2;
  }

  /** Adds strokes as they are. */
  StrokesBuilder add(Strokes others) {
    return add(others, SAME, 0, 0);
  }

  /**
   * Adds strokes, moved: {@code x' = xx x + xy y + right}, {@code y' = yx x + yy y + down}.
   *
   * @param linear xx, xy, yx, yy
   */
  StrokesBuilder add(Strokes others, double[] linear, double right, double down) {
    int p = 0;
    for (int end : others.ends()) {
      for (; p < end; p++) {
        double ownX = others.x()[p];
        double ownY = others.y()[p];
        point(
            linear[0] * ownX + linear[1] * ownY + right,
            linear[2] * ownX + linear[3] * ownY + down);
      }
      end();
    }
    return this;
  }

  /** {@return how many points there are} */
  int points() {
    return points;
  }

  /** {@return all that was added} */
  public Strokes build() {
    end();
    return new Strokes(
        Arrays.copyOf(x, points), Arrays.copyOf(y, points), Arrays.copyOf(ends, strokes));
  }
}
