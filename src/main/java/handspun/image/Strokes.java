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
}
