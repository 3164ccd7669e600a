package handspun.drawings;

import handspun.image.Strokes;
import handspun.math.RandomStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/**
 * The lines that a pen goes along, without its width: strokes of points. Each method makes another
 * drawing; the same on every machine.
 */
final class Drawing {
  /** How far apart the points of a drawing of unit size are. */
  private static final double STEP = 0.02;

  /** How far a hand strays to either side at most, before that is smoothed: parts of the size. */
  private static final double TREMBLE = 0.025;

  /** How much of where a hand has strayed to is left at the next point. */
  private static final double KEPT = 0.85;

  private final double[] x;
  private final double[] y;

  /** Of each stroke, one past its last point. */
  private final int[] ends;

  /**
   * Takes arrays that nobody changes.
   *
   * @param ends of each stroke, one past its last point; a stroke has at least one
   */
  Drawing(double[] x, double[] y, int[] ends) {
    this.x = x;
    this.y = y;
    this.ends = ends;
  }

  /** The smallest upright rectangle around the points. */
  record Bounds(double left, double top, double right, double bottom) {
    double width() {
      return right - left;
    }

    double height() {
      return bottom - top;
    }

    /** {@return the longer of width and height} */
    double side() {
      return Math.max(width(), height());
    }
  }

  /** {@return curves through the points of strokes} */
  static Drawing of(Strokes strokes) {
    StrokeBuilder curves = new StrokeBuilder();
    for (int s = 0; s < strokes.count(); s++) {
      List<StrokeBuilder.Point> through = new ArrayList<>();
      for (int p = strokes.start(s); p < strokes.ends()[s]; p++) {
        through.add(new StrokeBuilder.Point(strokes.x()[p], strokes.y()[p]));
      }
      curves.curve(through);
      curves.lift();
    }
    return curves.build();
  }

  int strokes() {
    return ends.length;
  }

  int points() {
    return x.length;
  }

  /** {@return the first point of a stroke} */
  int start(int stroke) {
    return stroke == 0 ? 0 : ends[stroke - 1];
  }

  /** {@return one past the last point of a stroke} */
  int end(int stroke) {
    return ends[stroke];
  }

  double x(int point) {
    return x[point];
  }

  double y(int point) {
    return y[point];
  }

  /** {@return where it lies; of a drawing with at least one point} */
  Bounds bounds() {
    double left = x[0];
    double right = x[0];
    double top = y[0];
    double bottom = y[0];
    for (int p = 1; p < x.length; p++) {
      left = Math.min(left, x[p]);
      right = Math.max(right, x[p]);
      top = Math.min(top, y[p]);
      bottom = Math.max(bottom, y[p]);
    }
    return new Bounds(left, top, right, bottom);
  }

  private Drawing moved(DoubleBinaryOperator toX, DoubleBinaryOperator toY) {
    double[] newX = new double[x.length];
    double[] newY = new double[x.length];
    for (int p = 0; p < x.length; p++) {
      newX[p] = toX.applyAsDouble(x[p], y[p]);
      newY[p] = toY.applyAsDouble(x[p], y[p]);
    }
    return new Drawing(newX, newY, ends);
  }

  /** {@return the same, with so much of x in x, of y in x, of x in y, and of y in y} */
  Drawing mapped(double xx, double yx, double xy, double yy) {
    return moved((px, py) -> xx * px + yx * py, (px, py) -> xy * px + yy * py);
  }

  Drawing moved(double right, double down) {
    return moved((px, py) -> px + right, (px, py) -> py + down);
  }

  Drawing scaled(double factor) {
    return moved((px, py) -> px * factor, (px, py) -> py * factor);
  }

  /** {@return the same, the middle of its bounds at 0, 0} */
  Drawing centred() {
    Bounds bounds = bounds();
    return moved(-(bounds.left + bounds.right) / 2, -(bounds.top + bounds.bottom) / 2);
  }

  /** {@return the same, centred, the longer side of its bounds 1; a single point stays one} */
  Drawing ofUnitSize() {
    double side = bounds().side();
    return centred().scaled(side > 0 ? 1 / side : 1);
  }

  /** {@return both} */
  Drawing with(Drawing other) {
    StrokeBuilder both = new StrokeBuilder();
    both.add(this);
    both.add(other);
    return both.build();
  }

  /** {@return a drawing of unit size whose points are equally far apart within a stroke} */
  Drawing evenly() {
    StrokeBuilder even = new StrokeBuilder();
    for (int s = 0; s < ends.length; s++) {
      double length = 0;
      for (int p = start(s) + 1; p < ends[s]; p++) {
        length += distance(p - 1, p);
      }
      int steps = Math.max(1, (int) Math.round(length / STEP));
      int p = start(s);
      double passed = 0;
      even.point(x[p], y[p]);
      for (int step = 1; step < steps && length > 0; step++) {
        double along = length * step / steps;
        while (p + 2 < ends[s] && passed + distance(p, p + 1) < along) {
          passed += distance(p, p + 1);
          p++;
        }
        double part = (along - passed) / distance(p, p + 1);
        even.point(x[p] + part * (x[p + 1] - x[p]), y[p] + part * (y[p + 1] - y[p]));
      }
      if (length > 0) {
        even.point(x[ends[s] - 1], y[ends[s] - 1]);
      }
      even.lift();
    }
    return even.build();
  }

  private double distance(int one, int other) {
    double right = x[other] - x[one];
    double down = y[other] - y[one];
    return Math.sqrt(right * right + down * down);
  }

  /**
   * Drawn by a hand that trembles: each point strays from its place by what is left of how far the
   * one before strayed, and a little at random.
   *
   * @param random two numbers for each point
   * @return the same drawing of unit size with {@linkplain #evenly even} points, trembling
   */
  Drawing trembling(RandomStream random) {
    Drawing even = evenly();
    double[] strayX = new double[even.x.length];
    double[] strayY = new double[even.x.length];
    for (int s = 0; s < even.ends.length; s++) {
      double right = 0;
      double down = 0;
      for (int p = even.start(s); p < even.ends[s]; p++) {
        right = KEPT * right + (1 - KEPT) * TREMBLE * (2 * random.nextDouble() - 1);
        down = KEPT * down + (1 - KEPT) * TREMBLE * (2 * random.nextDouble() - 1);
        strayX[p] = even.x[p] + right;
        strayY[p] = even.y[p] + down;
      }
      smooth(strayX, even.start(s), even.ends[s]);
      smooth(strayY, even.start(s), even.ends[s]);
    }
    return new Drawing(strayX, strayY, even.ends);
  }

  /** Each but the ends becomes the mean of itself, twice, and its neighbours. */
  private static void smooth(double[] places, int from, int to) {
    double before = places[from];
    for (int p = from + 1; p < to - 1; p++) {
      double place = places[p];
      places[p] = (before + 2 * place + places[p + 1]) / 4;
      before = place;
    }
  }

  /** Which points of a drawing are kept. */
  @FunctionalInterface
  interface Part {
    boolean has(double x, double y);
  }

  /** {@return those runs of at least three points that are in a part; empty if there are none} */
  Drawing clipped(Part part) {
    StrokeBuilder kept = new StrokeBuilder();
    for (int s = 0; s < ends.length; s++) {
      int from = start(s);
      for (int p = start(s); p <= ends[s]; p++) {
        if (p == ends[s] || !part.has(x[p], y[p])) {
          if (p - from >= 3) {
            for (int q = from; q < p; q++) {
              kept.point(x[q], y[q]);
            }
            kept.lift();
          }
          from = p + 1;
        }
      }
    }
    return kept.build();
  }
}
