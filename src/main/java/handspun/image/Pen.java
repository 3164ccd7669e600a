package handspun.image;

import java.util.Arrays;

/**
 * Draws strokes as {@link DigitNormalizer} would see them, drawn on paper with a round pen: fitted
 * into 20 x 20 pixels with their proportions kept, and placed on 28 x 28 so that the centre of mass
 * lies in the middle. What a pixel has of the pen's line is taken from the distance of its quarters
 * to the line's middle.
 *
 * <p>The same on every machine. Not for several threads at once; allocates nothing after it was
 * made.
 */
final class Pen {
  private static final int SIZE = DigitNormalizer.SIZE;
  private static final int BOX = 20;

  /** Places that are looked at in a pixel, in each direction. */
  private static final int FINE = 2;

  /** Where the box begins: before it is room for half a place of a soft edge. */
  private static final int MARGIN = 2;

  private static final int SIDE = BOX * FINE + 2 * MARGIN;
  private static final float FAR = Float.MAX_VALUE;
  private static final int BITS_OF_ONE = Float.floatToRawIntBits(1);

  /** The squared distance of each place to the line's middle. */
  private final float[] nearest = new float[SIDE * SIDE];

  /** How much of each place is ink. */
  private final float[] parts = new float[SIDE * SIDE];

  private final float[] box = new float[BOX * BOX];

  /**
   * @param x of the points
   * @param y of the points
   * @param ends of each stroke, one past its last point
   * @param count how many strokes there are, at least one
   * @param width of the pen, in the unit of the points, above 0
   * @param target receives 28 x 28 pixels, an unsigned byte each
   * @param at where in the target
   */
  void draw(float[] x, float[] y, int[] ends, int count, float width, byte[] target, int at) {
    int points = ends[count - 1];
    Strokes.Box around = Strokes.Box.of(x, y, points);
    float wide = around.width() + width;
    float high = around.height() + width;
    float scale = BOX * FINE / Math.max(wide, high);
    float radius = scale * width / 2;
    float originX = MARGIN - scale * (around.left() - width / 2);
    float originY = MARGIN - scale * (around.top() - width / 2);
    Arrays.fill(nearest, FAR);
    int p = 0;
    for (int s = 0; s < count; s++) {
      float fromX = originX + scale * x[p];
      float fromY = originY + scale * y[p];
      p++;
      if (p == ends[s]) {
        segment(fromX, fromY, fromX, fromY, radius);
      }
      for (; p < ends[s]; p++) {
        float toX = originX + scale * x[p];
        float toY = originY + scale * y[p];
        segment(fromX, fromY, toX, toY, radius);
        fromX = toX;
        fromY = toY;
      }
    }
    int columns = (int) Math.ceil(scale * wide / FINE - 1e-3f);
    int rows = (int) Math.ceil(scale * high / FINE - 1e-3f);
    fillBox(
        radius, Math.min(BOX, Math.max(1, rows)), Math.min(BOX, Math.max(1, columns)), target, at);
  }

  /** Notes the squared distance to a segment of each place that is near it. */
  private void segment(float fromX, float fromY, float toX, float toY, float radius) {
    float reach = radius + 1;
    int firstX = Math.max(0, (int) (Math.min(fromX, toX) - reach));
    int lastX = Math.min(SIDE - 1, (int) (Math.max(fromX, toX) + reach));
    int firstY = Math.max(0, (int) (Math.min(fromY, toY) - reach));
    int lastY = Math.min(SIDE - 1, (int) (Math.max(fromY, toY) + reach));
    float dx = toX - fromX;
    float dy = toY - fromY;
    float squared = dx * dx + dy * dy;
    float inverse = squared > 0 ? 1 / squared : 0;
    for (int row = firstY; row <= lastY; row++) {
      float py = row + 0.5f - fromY;
      for (int column = firstX; column <= lastX; column++) {
        float px = column + 0.5f - fromX;
        float along = clamp((px * dx + py * dy) * inverse);
        float offX = px - along * dx;
        float offY = py - along * dy;
        int place = row * SIDE + column;
        nearest[place] = lesser(nearest[place], offX * offX + offY * offY);
      }
    }
  }

  /*
   * Float.min and max must tell -0 from 0 and mind NaN, which takes a dozen instructions, and branches are
   * foreseen badly here. Floats that are not below 0 have the order of their bits read as whole numbers, and
   * what is below 0 has bits below 0: so two comparisons of whole numbers do the same.
   */
  /** {@return 0..1} */
  private static float clamp(float number) {
    return Float.intBitsToFloat(
        Math.max(0, Math.min(BITS_OF_ONE, Float.floatToRawIntBits(number))));
  }

  /** {@return the lesser of two that are not below 0} */
  private static float lesser(float one, float other) {
    return Float.intBitsToFloat(
        Math.min(Float.floatToRawIntBits(one), Float.floatToRawIntBits(other)));
  }

  /** {@return the same as {@link #clamp}, but in a form that Java makes vectors of} */
  private static float part(float inside) {
    return Math.max(0, Math.min(1, inside));
  }

  /**
   * How much of each of the first places is ink. Without a branch, so that Java makes vectors of
   * it.
   */
  private void findParts(float radius, int count) {
    for (int place = 0; place < count; place++) {
      float edge = 0.5f - (float) Math.sqrt(nearest[place]);
      // A line that is thinner than the place has another edge in it.
      parts[place] = part(edge + radius) - part(edge - radius);
    }
  }

  private void fillBox(float radius, int rows, int columns, byte[] target, int at) {
    findParts(radius, (2 * MARGIN + rows * FINE) * SIDE);
    float mass = 0;
    float massTimesColumn = 0;
    float massTimesRow = 0;
    float strongest = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int place = (MARGIN + row * FINE) * SIDE + MARGIN + column * FINE;
        // FINE is 2.
        float ink = parts[place] + parts[place + 1] + parts[place + SIDE] + parts[place + SIDE + 1];
        box[row * BOX + column] = ink;
        mass += ink;
        massTimesColumn += ink * column;
        massTimesRow += ink * row;
        strongest = Math.max(strongest, ink);
      }
    }
    Arrays.fill(target, at, at + SIZE * SIZE, (byte) 0);
    int left = DigitNormalizer.start(massTimesColumn / mass, columns);
    int top = DigitNormalizer.start(massTimesRow / mass, rows);
    float stretch = 255 / strongest;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        target[at + (top + row) * SIZE + left + column] =
            (byte) Math.round(stretch * box[row * BOX + column]);
      }
    }
  }
}
