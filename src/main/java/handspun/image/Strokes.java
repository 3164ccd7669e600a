package handspun.image;

/**
 * A drawing as lines that a pen goes along, without the pen's width. The arrays are not copied and
 * must not be changed.
 *
 * @param x how far right each point is, one stroke after the other
 * @param y how far down it is
 * @param ends of each stroke, one past its last point; a stroke has at least one point
 */
public record Strokes(float[] x, float[] y, int[] ends) {

  /** {@return how many strokes there are} */
  public int count() {
    return ends.length;
  }

  /** {@return the first point of a stroke} */
  public int start(int stroke) {
    return stroke == 0 ? 0 : ends[stroke - 1];
  }

  /** {@return one past the last point of a stroke} */
  public int end(int stroke) {
    return ends[stroke];
  }

  /** {@return how many points there are} */
  public int points() {
    return x.length;
  }

  /** {@return where the points are, of which there must be one at least} */
  public Box box() {
    return Box.of(x, y, x.length);
  }

  /** {@return the same, with {@code x' = xx x + xy y} and {@code y' = yx x + yy y}} */
  public Strokes mapped(double xx, double xy, double yx, double yy) {
    return new StrokesBuilder().add(this, new double[] {xx, xy, yx, yy}, 0, 0).build();
  }

  /** {@return the same, so much larger} */
  public Strokes scaled(double factor) {
    return mapped(factor, 0, 0, factor);
  }

  /** {@return the same at another place} */
  public Strokes moved(double right, double down) {
    return new StrokesBuilder().add(this, StrokesBuilder.SAME, right, down).build();
  }

  /** {@return the same, the middle of its box at 0, 0} */
  public Strokes centred() {
    Box box = box();
    return moved(-box.middleX(), -box.middleY());
  }

  /** {@return the same, centred, the longer side of its box 1; a single point stays one} */
  public Strokes ofUnitSize() {
    double side = box().longerSide();
    return centred().scaled(side > 0 ? 1 / side : 1);
  }

  /** {@return both} */
  public Strokes with(Strokes others) {
    return new StrokesBuilder().add(this).add(others).build();
  }

  /** The smallest upright rectangle that holds points. */
  public record Box(float left, float top, float right, float bottom) {
    static Box of(float[] x, float[] y, int count) {
      float left = x[0];
      float right = x[0];
      float top = y[0];
      float bottom = y[0];
      for (int p = 1; p < count; p++) {
        left = Math.min(left, x[p]);
        right = Math.max(right, x[p]);
        top = Math.min(top, y[p]);
        bottom = Math.max(bottom, y[p]);
      }
      return new Box(left, top, right, bottom);
    }

    /** {@return from left to right} */
    public float width() {
      return right - left;
    }

    /** {@return from top to bottom} */
    public float height() {
      return bottom - top;
    }

    /** {@return the larger of width and height} */
    public float longerSide() {
      return Math.max(width(), height());
    }

    float middleX() {
      return (left + right) / 2;
    }

    float middleY() {
      return (top + bottom) / 2;
    }
  }
}
