package handspun.drawings;

import handspun.image.Strokes;
import java.util.Arrays;

/**
 * A square of paper and what a round pen leaves on it: how much of each pixel is ink, from the
 * distance of the pixel's middle to the nearest line, so that edges are soft. That is another pen
 * than the one that training draws with, which makes 28 x 28 pixels at once: what a measure draws
 * must not follow what training does.
 *
 * <p>The same on every machine. Not for several threads at once; allocates nothing after it was
 * made.
 */
final class Canvas {
  /** Width and height in pixels. */
  static final int SIDE = 280;

  static final int PIXELS = SIDE * SIDE;

  private static final double HALF = 0.5;

  private final float[] ink = new float[PIXELS];

  /** Of each pixel near a line, the squared distance to it. */
  private final float[] nearest = new float[PIXELS];

  void clear() {
    Arrays.fill(ink, 0);
  }

  /** {@return how much of a pixel is ink, 0 to 1} */
  float ink(int pixel) {
    return ink[pixel];
  }

  /**
   * @param strokes in pixels, where the first one reaches from 0 to 1
   * @param pen width of the line in pixels, at least 1
   */
  void draw(Strokes strokes, double pen) {
    double radius = pen / 2;
    Arrays.fill(nearest, Float.MAX_VALUE);
    for (int s = 0; s < strokes.count(); s++) {
      int first = strokes.start(s);
      line(strokes, first, first, radius);
      for (int p = first + 1; p < strokes.end(s); p++) {
        line(strokes, p - 1, p, radius);
      }
    }
    float reach = (float) ((radius + HALF) * (radius + HALF));
    for (int p = 0; p < PIXELS; p++) {
      if (nearest[p] < reach) {
        ink[p] = Math.max(ink[p], edge(radius, Math.sqrt(nearest[p])));
      }
    }
  }

  /**
   * {@return the part of a pixel that is inside, if its middle is so far from the middle of what
   * reaches so far}
   */
  static float edge(double radius, double distance) {
    return (float) Math.max(0, Math.min(1, radius - distance + HALF));
  }

  private void line(Strokes strokes, int from, int to, double radius) {
    double fromX = strokes.x()[from] - HALF;
    double fromY = strokes.y()[from] - HALF;
    double right = strokes.x()[to] - HALF - fromX;
    double down = strokes.y()[to] - HALF - fromY;
    double squared = right * right + down * down;
    double inverse = squared > 0 ? 1 / squared : 0;
    double reach = radius + 1;
    int left = first(Math.min(fromX, fromX + right) - reach);
    int end = last(Math.max(fromX, fromX + right) + reach);
    int top = first(Math.min(fromY, fromY + down) - reach);
    int bottom = last(Math.max(fromY, fromY + down) + reach);
    for (int row = top; row <= bottom; row++) {
      double y = row - fromY;
      int at = row * SIDE;
      for (int column = left; column <= end; column++) {
        double x = column - fromX;
        double along = Math.max(0, Math.min(1, (x * right + y * down) * inverse));
        double offX = x - along * right;
        double offY = y - along * down;
        float distance = (float) (offX * offX + offY * offY);
        nearest[at + column] = Math.min(nearest[at + column], distance);
      }
    }
  }

  private static int first(double place) {
    return Math.max(0, (int) place);
  }

  private static int last(double place) {
    return Math.min(SIDE - 1, (int) place);
  }
}
