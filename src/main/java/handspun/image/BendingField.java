package handspun.image;

import handspun.math.RandomStream;

/**
 * A smooth field of random displacements over a square of side 1 around (0, 0), and somewhat
 * beyond: the numbers of knots in a grid, interpolated by a cubic B-spline, as {@link ElasticField}
 * has them for pixels.
 */
final class BendingField {
  private static final int KNOTS = 6;
  private static final float APART = 0.4f;
  private static final int ORDER = 4;

  /**
   * Times the largest number of a knot: the deviation of what a spline makes of them is smaller.
   */
  private static final double STRENGTH = 3;

  private final double strength;
  private final float[] knotsRight = new float[KNOTS * KNOTS];
  private final float[] knotsDown = new float[KNOTS * KNOTS];
  private final float[] weightsRight = new float[ORDER];
  private final float[] weightsDown = new float[ORDER];
  private float right;
  private float down;

  /**
   * @param most about how far it moves a point
   */
  BendingField(double most) {
    strength = STRENGTH * most;
  }

  /** Draws another field. */
  void draw(RandomStream random) {
    for (int k = 0; k < knotsRight.length; k++) {
      long bits = random.nextLong();
      knotsRight[k] = (float) (strength * RandomStream.first(bits));
      knotsDown[k] = (float) (strength * RandomStream.second(bits));
    }
  }

  /** Looks up where a point is moved: {@link #right} and {@link #down}. */
  void at(float x, float y) {
    int firstColumn = weights(x, weightsRight);
    int firstRow = weights(y, weightsDown);
    right = 0;
    down = 0;
    for (int j = 0; j < ORDER; j++) {
      float rowRight = 0;
      float rowDown = 0;
      for (int i = 0; i < ORDER; i++) {
        int knot = (firstRow + j) * KNOTS + firstColumn + i;
        rowRight += weightsRight[i] * knotsRight[knot];
        rowDown += weightsRight[i] * knotsDown[knot];
      }
      right += weightsDown[j] * rowRight;
      down += weightsDown[j] * rowDown;
    }
  }

  /** {@return how far right the point is moved} */
  float right() {
    return right;
  }

  /** {@return how far down it is moved} */
  float down() {
    return down;
  }

  /** The weights of the knots around a place; gives the first of these. */
  private static int weights(float place, float[] weights) {
    float knot = place / APART + (KNOTS - 1) / 2f;
    int before = Math.max(1, Math.min(KNOTS - 3, (int) knot));
    // Beyond the grid it goes on as at its edge.
    float t = Math.max(0, Math.min(1, knot - before));
    float u = 1 - t;
    weights[0] = u * u * u / 6;
    weights[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    weights[2] = (3 * u * u * u - 6 * u * u + 4) / 6;
    weights[3] = t * t * t / 6;
    return before - 1;
  }
}
