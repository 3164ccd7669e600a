package handspun.image;

import handspun.math.RandomStream;

/**
 * Draws the strokes of a digit anew, as another hand would have: stretched, slanted, turned, bent
 * by a smooth field, with a hand that trembles and a pen of another width, onto paper of which
 * {@link DigitNormalizer} makes 28 x 28 pixels. A function of the strokes and the random numbers.
 *
 * <p>Not for several threads at once.
 */
final class Redrawing {
  private static final double UNIT = 0x1p-31;

  /** Of width to height, the most that either becomes of the other, as a logarithm. */
  static double STRETCH = 0.3;

  static double ROTATE = 0.25;
  static double SLANT = 0.35;
  static double BEND = 0.09;
  static double TREMBLE = 0.012;
  static double PAGE = 0.4;
  static double THIN = 0.025;
  static double BOLD = 0.25;
  static double STROKE = 0.03;
  static double END = 0.06;

  /** Knots of the field of displacements, in each direction, and how far apart they are. */
  private static final int KNOTS = 6;

  private static final float APART = 0.4f;

  private final Pen pen = new Pen();
  private float[] x = new float[128];
  private float[] y = new float[128];
  private final float[] right = new float[KNOTS * KNOTS];
  private final float[] down = new float[KNOTS * KNOTS];
  private final float[] weightsX = new float[4];
  private final float[] weightsY = new float[4];

  void draw(Strokes strokes, RandomStream random, byte[] target, int at) {
    int points = strokes.x().length;
    if (x.length < points) {
      x = new float[2 * points];
      y = new float[2 * points];
    }
    float left = Float.MAX_VALUE;
    float top = Float.MAX_VALUE;
    float rightmost = -Float.MAX_VALUE;
    float bottom = -Float.MAX_VALUE;
    for (int p = 0; p < points; p++) {
      left = Math.min(left, strokes.x()[p]);
      rightmost = Math.max(rightmost, strokes.x()[p]);
      top = Math.min(top, strokes.y()[p]);
      bottom = Math.max(bottom, strokes.y()[p]);
    }
    float longer = Math.max(1, Math.max(rightmost - left, bottom - top));
    for (int k = 0; k < right.length; k++) {
      long bits = random.nextLong();
      right[k] = (float) (BEND * 3 * UNIT * (int) (bits >> 32));
      down[k] = (float) (BEND * 3 * UNIT * (int) bits);
    }
    long one = random.nextLong();
    long two = random.nextLong();
    long three = random.nextLong();
    double stretch = STRETCH * first(one);
    double angle = ROTATE * second(one) * Math.abs(first(three));
    double slant = SLANT * first(two);
    float scaleX = (float) StrictMath.exp(stretch);
    float scaleY = (float) StrictMath.exp(-stretch);
    float sin = (float) StrictMath.sin(angle);
    float cos = (float) StrictMath.cos(angle);
    double tremble = TREMBLE * Math.abs(second(three));
    float midX = (left + rightmost) / 2;
    float midY = (top + bottom) / 2;
    int p = 0;
    for (int s = 0; s < strokes.count(); s++) {
      long moved = random.nextLong();
      float moveX = (float) (STROKE * first(moved));
      float moveY = (float) (STROKE * second(moved));
      long turned = random.nextLong();
      float turn = (float) (STROKE * 2 * first(turned));
      int startAt = p;
      double driftX = moveX;
      double driftY = moveY;
      double baseX = moveX, baseY = moveY;
      float cu = 0, cv = 0;
      for (int q = p; q < strokes.ends()[s]; q++) {
        cu += (strokes.x()[q] - midX) / longer;
        cv += (strokes.y()[q] - midY) / longer;
      }
      cu /= strokes.ends()[s] - p;
      cv /= strokes.ends()[s] - p;
      for (; p < strokes.ends()[s]; p++) {
        float u = (strokes.x()[p] - midX) / longer;
        float v = (strokes.y()[p] - midY) / longer;
        long bits = random.nextLong();
        driftX = baseX + 0.7 * (driftX - baseX) + tremble * 2 * first(bits);
        driftY = baseY + 0.7 * (driftY - baseY) + tremble * 2 * second(bits);
        float du = u - cu, dv = v - cv;
        u -= turn * dv;
        v += turn * du;
        bend(u, v);
        float bentX = scaleX * (u + bentRight) + (float) driftX;
        float bentY = scaleY * (v + bentDown) + (float) driftY;
        float slantedX = bentX + (float) slant * bentY;
        x[p] = cos * slantedX - sin * bentY;
        y[p] = sin * slantedX + cos * bentY;
      }
      long stretchEnds = random.nextLong();
      end(startAt, Math.min(startAt + 3, p - 1), (float) (END * first(stretchEnds)));
      end(p - 1, Math.max(p - 4, startAt), (float) (END * second(stretchEnds)));
    }
    float l = x[0], r = x[0], t = y[0], b = y[0];
    for (p = 1; p < points; p++) {
      l = Math.min(l, x[p]);
      r = Math.max(r, x[p]);
      t = Math.min(t, y[p]);
      b = Math.max(b, y[p]);
    }
    float side = Math.max(r - l, b - t);
    long width = random.nextLong();
    double part =
        (0.5 + 0.5 * first(width)) < PAGE
            ? 0.09
            : THIN * StrictMath.exp(StrictMath.log(BOLD / THIN) * (0.5 + 0.5 * second(width)));
    pen.draw(
        x,
        y,
        strokes.ends(),
        strokes.count(),
        Math.max(0.01f, (float) (side * part / (1 - part))),
        target,
        at);
  }

  private void end(int last, int before, float by) {
    float dx = x[last] - x[before];
    float dy = y[last] - y[before];
    float length = (float) Math.sqrt(dx * dx + dy * dy);
    if (length > 0) {
      by = Math.max(by, -0.7f * length / 3);
      x[last] += by * dx / length;
      y[last] += by * dy / length;
    }
  }

  private float bentRight;
  private float bentDown;

  private void bend(float u, float v) {
    int fromX = weights(u, weightsX);
    int fromY = weights(v, weightsY);
    bentRight = 0;
    bentDown = 0;
    for (int j = 0; j < 4; j++) {
      float r = 0;
      float d = 0;
      for (int i = 0; i < 4; i++) {
        int k = (fromY + j) * KNOTS + fromX + i;
        r += weightsX[i] * right[k];
        d += weightsX[i] * down[k];
      }
      bentRight += weightsY[j] * r;
      bentDown += weightsY[j] * d;
    }
  }

  private static int weights(float place, float[] weights) {
    // -0.5..0.5 lies between the knots 1 and 4.
    float knot = place / APART + (KNOTS - 1) / 2f;
    int from = Math.max(1, Math.min(KNOTS - 3, (int) knot));
    float t = knot - from;
    float u = 1 - t;
    weights[0] = u * u * u / 6;
    weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    weights[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
    weights[3] = t * t * t / 6;
    return from - 1;
  }

  private static double first(long bits) {
    return (int) (bits >> 32) * UNIT;
  }

  private static double second(long bits) {
    return (int) bits * UNIT;
  }
}
