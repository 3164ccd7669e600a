package handspun.image;

import handspun.math.Kernels;
import java.util.Arrays;

/**
 * Straightens slanted digits by their moments (LeCun, Bottou, Bengio, Haffner: "Gradient-Based
 * Learning Applied to Document Recognition", Proceedings of the IEEE 86, 1998, which calls it
 * deslanting): an image is sheared along its rows until the ink's covariance of x and y is 0.
 *
 * <p>In the same step it is placed as MNIST's makers placed their digits: it is made larger or
 * smaller, its proportions kept, until the longer side of its ink has 5/7 of the image (20 of 28
 * pixels), and its centre of mass falls on half the number of rows and of columns, counting pixels
 * from 0. That point lies between pixels as a rule, where brightness is interpolated. A blank image
 * stays blank.
 *
 * <p>The same on every machine: sums are whole numbers. Not for several threads at once; allocates
 * nothing after it was made.
 */
final class Straightening implements Preprocessing.Step {
  private static final double BOX = 5.0 / 7;

  private final int rows;
  private final int columns;
  private final Resampling resampling;
  private long mass;
  private long massTimesX;
  private long massTimesY;
  private long massTimesXY;
  private long massTimesYY;

  /**
   * @param kernels arithmetic to use; the result does not depend on it
   */
  Straightening(int rows, int columns, Kernels kernels) {
    this.rows = rows;
    this.columns = columns;
    resampling = new Resampling(rows, columns, kernels);
  }

  @Override
  public void apply(byte[] image, byte[] target, int at) {
    sum(image);
    if (mass == 0) {
      Arrays.fill(target, at, at + rows * columns, (byte) 0);
      return;
    }
    double centreX = (double) massTimesX / mass;
    double centreY = (double) massTimesY / mass;
    double covariance = (double) massTimesXY / mass - centreX * centreY;
    double variance = (double) massTimesYY / mass - centreY * centreY;
    // Ink in a single row has no slant; what rounding leaves of its variance is no number to use.
    double slant = variance > 1e-6 ? covariance / variance : 0;
    double scale = longerSide(image, slant) / BOX;
    float[] placesX = resampling.x();
    float[] placesY = resampling.y();
    for (int y = 0; y < rows; y++) {
      double down = scale * (y - rows / 2.0);
      double fromX = Resampling.ORIGIN + centreX + slant * down;
      float fromY = (float) (Resampling.ORIGIN + centreY + down);
      int row = y * resampling.stride();
      for (int x = 0; x < columns; x++) {
        placesX[row + x] = (float) (fromX + scale * (x - columns / 2.0));
        placesY[row + x] = fromY;
      }
    }
    resampling.run(image, target, at);
  }

  private void sum(byte[] image) {
    mass = 0;
    massTimesX = 0;
    massTimesY = 0;
    massTimesXY = 0;
    massTimesYY = 0;
    for (int y = 0; y < rows; y++) {
      int ofRow = 0;
      int ofRowTimesX = 0;
      for (int x = 0; x < columns; x++) {
        int ink = image[y * columns + x] & 0xff;
        ofRow += ink;
        ofRowTimesX += ink * x;
      }
      mass += ofRow;
      massTimesX += ofRowTimesX;
      massTimesY += (long) ofRow * y;
      massTimesXY += (long) ofRowTimesX * y;
      massTimesYY += (long) ofRow * y * y;
    }
  }

  /** Of the ink when it is straight, as a part of the image's side. */
  private double longerSide(byte[] image, double slant) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    int top = rows;
    int bottom = 0;
    for (int y = 0; y < rows; y++) {
      int from = y * columns;
      int to = from + columns;
      int first = from;
      while (first < to && image[first] == 0) {
        first++;
      }
      if (first < to) {
        int last = to - 1;
        while (image[last] == 0) {
          last--;
        }
        left = Math.min(left, first - from - slant * y);
        right = Math.max(right, last - from - slant * y);
        top = Math.min(top, y);
        bottom = y;
      }
    }
    return Math.max((right - left + 1) / columns, (bottom - top + 1.0) / rows);
  }
}
