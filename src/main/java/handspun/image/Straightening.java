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
 * <p>What {@link Resampling} does of a sheared image is done here row by row: all pixels of a row
 * lie on one line of the old image, so that the two rows around it are mixed once, and where both
 * are blank, nothing is to be done. The pixels are the same to the bit, since they are whole
 * numbers, which may be multiplied out in any order.
 *
 * <p>The same on every machine: sums are whole numbers. Not for several threads at once; allocates
 * nothing after it was made.
 */
final class Straightening implements Preprocessing.Step {
  private static final double BOX = 5.0 / 7;

  private static final int EIGHT_BITS = Float.floatToRawIntBits(Kernels.EIGHT_BITS);

  private final int rows;
  private final int columns;

  /** Of each row, the first pixel with ink and one past the last; both 0 if it is blank. */
  private final int[] first;

  private final int[] end;

  /**
   * A row between two of the old image, 256 times as bright, with the frame of {@link Resampling}.
   */
  private final int[] mixed;

  /** How far each pixel of a row is from its middle. */
  private final double[] fromMiddle;

  private int mixedFirst;
  private int mixedEnd;
  private long mass;
  private long massTimesX;
  private long massTimesY;
  private long massTimesXY;
  private long massTimesYY;

  /** For images of a size that is possible: {@link Resampling#isPossible}. */
  Straightening(int rows, int columns) {
    Resampling.requirePossible(rows, columns);
    this.rows = rows;
    this.columns = columns;
    first = new int[rows];
    end = new int[rows];
    mixed = new int[columns + 2 * Resampling.ORIGIN];
    fromMiddle = new double[columns];
    Arrays.setAll(fromMiddle, x -> x - columns / 2.0);
  }

  @Override
  public void apply(byte[] image, byte[] target, int at) {
    Arrays.fill(target, at, at + rows * columns, (byte) 0);
    sum(image);
    if (mass == 0) {
      return;
    }
    double centreX = (double) massTimesX / mass;
    double centreY = (double) massTimesY / mass;
    double covariance = (double) massTimesXY / mass - centreX * centreY;
    double variance = (double) massTimesYY / mass - centreY * centreY;
    // Ink in a single row has no slant; what rounding leaves of its variance is no number to use.
    double slant = variance > 1e-6 ? covariance / variance : 0;
    double scale = longerSide(slant) / BOX;
    for (int y = 0; y < rows; y++) {
      double down = scale * (y - rows / 2.0);
      int row = at + y * columns;
      int inY = eightBits(Resampling.ORIGIN + centreY + down, rows + Resampling.ORIGIN);
      if (mix(image, (inY >> 8) - Resampling.ORIGIN, inY & 0xff)) {
        look(Resampling.ORIGIN + centreX + slant * down, scale, target, row);
      }
    }
  }

  /** As {@link Kernels#interpolate} makes of a place. */
  private static int eightBits(double at, int last) {
    float place = (float) at;
    // Faster than the functions, of which one has to know the two zeros apart.
    if (place <= 0) {
      return 0;
    }
    return place >= last
        ? last << 8
        : Float.floatToRawIntBits(place + Kernels.EIGHT_BITS) - EIGHT_BITS;
  }

  /**
   * Mixes a row with the one below it, of which the part of 256 is given; returns whether there is
   * ink. Rows beyond the image are blank.
   */
  private boolean mix(byte[] image, int above, int part) {
    int below = above + 1;
    if (above < -1 || above >= rows || (!hasInk(above) && !hasInk(below))) {
      return false;
    }
    Arrays.fill(mixed, 0);
    mixedFirst = Resampling.ORIGIN + Math.min(first(above), first(below));
    mixedEnd = Resampling.ORIGIN + Math.max(end(above), end(below));
    // Of a row beyond the image, another one is taken for nothing.
    int ofAbove = above < 0 ? 0 : 256 - part;
    int ofBelow = below == rows ? 0 : part;
    int fromAbove = Math.max(above, 0) * columns - Resampling.ORIGIN;
    int fromBelow = Math.min(below, rows - 1) * columns - Resampling.ORIGIN;
    for (int x = mixedFirst; x < mixedEnd; x++) {
      mixed[x] = ofAbove * (image[fromAbove + x] & 0xff) + ofBelow * (image[fromBelow + x] & 0xff);
    }
    return true;
  }

  private boolean hasInk(int row) {
    return end(row) > 0;
  }

  private int first(int row) {
    return hasInk(row) ? first[row] : columns;
  }

  private int end(int row) {
    return row >= 0 && row < rows ? end[row] : 0;
  }

  /** Looks up a row of the new image, whose middle is at {@code fromX}, in the mixed one. */
  private void look(double fromX, double scale, byte[] target, int at) {
    double middle = columns / 2.0;
    // A pixel more at each side, since places are rounded.
    int from = limited((mixedFirst - 1 - fromX) / scale + middle - 1);
    int to = limited((mixedEnd - fromX) / scale + middle + 2);
    for (int x = from; x < to; x++) {
      int inX = eightBits(fromX + scale * fromMiddle[x], columns + Resampling.ORIGIN);
      int left = mixed[inX >> 8];
      int right = mixed[(inX >> 8) + 1];
      int value = (256 * left + (inX & 0xff) * (right - left) + (1 << 15)) >> 16;
      target[at + x] = (byte) (value < Resampling.FAINTEST ? 0 : value);
    }
  }

  private int limited(double x) {
    return Math.min(Math.max((int) x, 0), columns);
  }

  private void sum(byte[] image) {
    mass = 0;
    massTimesX = 0;
    massTimesY = 0;
    massTimesXY = 0;
    massTimesYY = 0;
    for (int y = 0; y < rows; y++) {
      findInk(image, y);
      int from = y * columns;
      int ofRow = 0;
      int ofRowTimesX = 0;
      for (int x = first[y]; x < end[y]; x++) {
        int ink = image[from + x] & 0xff;
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

  private void findInk(byte[] image, int y) {
    int from = y * columns;
    int left = 0;
    while (left < columns && image[from + left] == 0) {
      left++;
    }
    if (left == columns) {
      first[y] = 0;
      end[y] = 0;
      return;
    }
    int right = columns;
    while (image[from + right - 1] == 0) {
      right--;
    }
    first[y] = left;
    end[y] = right;
  }

  /** Of the ink when it is straight, as a part of the image's side. */
  private double longerSide(double slant) {
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    int top = rows;
    int bottom = 0;
    for (int y = 0; y < rows; y++) {
      if (end[y] > 0) {
        left = Math.min(left, first[y] - slant * y);
        right = Math.max(right, end[y] - 1 - slant * y);
        top = Math.min(top, y);
        bottom = y;
      }
    }
    return Math.max((right - left + 1) / columns, (bottom - top + 1.0) / rows);
  }
}
