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

  /** {@return where the points are, of which there must be one at least} */
  Box box() {
    return Box.of(x, y, x.length);
  }

  /** A rectangle that holds points. */
  record Box(float left, float top, float right, float bottom) {
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

    float width() {
      return right - left;
    }

    float height() {
      return bottom - top;
    }

    float longerSide() {
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
