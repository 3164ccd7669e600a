package handspun.drawings;

import handspun.image.BinomialFilter;
import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
import handspun.math.RandomStream;

/**
 * The hand that draws whatever is measured, which trembles a little: each point strays from its
 * place by what is left of how far the one before strayed, and a little at random.
 */
final class TremblingHand {
  /** How far apart the points of a drawing of unit size are. */
  static final double STEP = 0.02;

  /** How far it strays to either side at most, before that is smoothed: parts of the size. */
  private static final double TREMBLE = 0.025;

  /** How much of where it has strayed to is left at the next point. */
  private static final double KEPT = 0.85;

  private TremblingHand() {}

  /**
   * @param lines of any size
   * @param random two numbers for each point
   * @return the same of unit size with {@linkplain #evenly even} points, trembling
   */
  static Strokes draw(Strokes lines, RandomStream random) {
    Strokes even = evenly(lines.ofUnitSize());
    double[] x = new double[even.points()];
    double[] y = new double[even.points()];
    StrokesBuilder drawn = new StrokesBuilder();
    for (int s = 0; s < even.count(); s++) {
      int start = even.start(s);
      int end = even.end(s);
      double right = 0;
      double down = 0;
      for (int p = start; p < end; p++) {
        right = KEPT * right + (1 - KEPT) * TREMBLE * (2 * random.nextDouble() - 1);
        down = KEPT * down + (1 - KEPT) * TREMBLE * (2 * random.nextDouble() - 1);
        x[p] = even.x()[p] + right;
        y[p] = even.y()[p] + down;
      }
      BinomialFilter.smooth(x, start, end);
      BinomialFilter.smooth(y, start, end);
      for (int p = start; p < end; p++) {
        drawn.point(x[p], y[p]);
      }
      drawn.end();
    }
    return drawn.build();
  }

  /** {@return a drawing of unit size whose points are equally far apart within a stroke} */
  static Strokes evenly(Strokes lines) {
    float[] x = lines.x();
    float[] y = lines.y();
    StrokesBuilder even = new StrokesBuilder();
    for (int s = 0; s < lines.count(); s++) {
      int last = lines.end(s) - 1;
      double length = 0;
      for (int p = lines.start(s); p < last; p++) {
        length += toNext(lines, p);
      }
      int steps = Math.max(1, (int) Math.round(length / STEP));
      int p = lines.start(s);
      double passed = 0;
      even.point(x[p], y[p]);
      for (int step = 1; step < steps; step++) {
        double along = length * step / steps;
        while (p + 1 < last && passed + toNext(lines, p) < along) {
          passed += toNext(lines, p);
          p++;
        }
        double part = (along - passed) / toNext(lines, p);
        even.point(x[p] + part * (x[p + 1] - x[p]), y[p] + part * (y[p + 1] - y[p]));
      }
      if (length > 0) {
        even.point(x[last], y[last]);
      }
      even.end();
    }
    return even.build();
  }

  private static double toNext(Strokes lines, int point) {
    double right = lines.x()[point + 1] - lines.x()[point];
    double down = lines.y()[point + 1] - lines.y()[point];
    return Math.sqrt(right * right + down * down);
  }
}
