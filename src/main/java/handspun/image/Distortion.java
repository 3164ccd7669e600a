package handspun.image;

import handspun.math.RandomStream;
import java.util.Arrays;

/**
 * Distorts images of digits at random, as other hands would have written them: turned, scaled,
 * sheared and shifted a little, and then warped elastically (Simard, Steinkraus, Platt: "Best
 * Practices for Convolutional Neural Networks applied to Visual Document Analysis", ICDAR 2003).
 *
 * <p>Every pixel of the new image is looked up at a place in the old one, between four pixels of
 * it. The place is the pixel's own, turned, scaled and sheared about the middle of the image,
 * shifted, and moved by a field of displacements: uniform random numbers, smoothed with a Gaussian
 * of standard deviation {@value #SIGMA} (the digit's elasticity) and multiplied by {@value #ALPHA}.
 * What is looked up outside is background.
 *
 * <p>The result is a function of the image and the random numbers, the same on every machine. Not
 * for several threads at once.
 */
public final class Distortion {
  private static final double MOST_DEGREES = 12;
  private static final double MOST_SCALE = 0.12;
  private static final double MOST_SHEAR = 0.12;
  private static final double MOST_SHIFT = 1;
  private static final double SIGMA = 4;
  private static final double ALPHA = 26;
  private static final int FRAME = 3;
  private static final int RADIUS = (int) (2.5 * SIGMA);

  /** Makes a random int one of -ALPHA to ALPHA. */
  private static final float UNIT = (float) (ALPHA * 0x1p-31);

  private final int rows;
  private final int columns;

  /** A row of a field: its pixels, and room for what smoothing reads beyond them. */
  private final int stride;

  private final float[] gaussian;
  private final float[] right;
  private final float[] down;
  private final float[] padded;
  private final float[] shifted;
  private final float[] sum;
  private final float[] framed;

  /** Distorts images of this size. */
  public Distortion(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    stride = columns + 2 * RADIUS;
    gaussian = gaussian();
    right = new float[(rows + 1) * stride];
    down = new float[right.length];
    framed = new float[(rows + FRAME) * (columns + FRAME)];
    padded = new float[(rows + 2 * RADIUS) * stride];
    shifted = new float[rows * stride];
    sum = new float[shifted.length];
  }

  private static float[] gaussian() {
    double[] weights = new double[2 * RADIUS + 1];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      double distance = (i - RADIUS) / SIGMA;
      weights[i] = StrictMath.exp(-0.5 * distance * distance);
      sum += weights[i];
    }
    float[] gaussian = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      gaussian[i] = (float) (weights[i] / sum);
    }
    return gaussian;
  }

  /**
   * @param image pixels row by row, one unsigned byte each; not changed
   * @param random source of the random numbers
   * @param target receives the new image
   * @param at where in the target
   */
  public void distort(byte[] image, RandomStream random, byte[] target, int at) {
    double angle = StrictMath.toRadians(most(random, MOST_DEGREES));
    double scaleX = 1 + most(random, MOST_SCALE);
    double scaleY = 1 + most(random, MOST_SCALE);
    double shear = most(random, MOST_SHEAR);
    double shiftX = most(random, MOST_SHIFT);
    double shiftY = most(random, MOST_SHIFT);
    displace(random);
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    // Scale, then shear along the rows, then turn.
    float xx = (float) (cos * scaleX);
    float xy = (float) (cos * shear - sin * scaleY);
    float yx = (float) (sin * scaleX);
    float yy = (float) (sin * shear + cos * scaleY);
    float middleX = (columns - 1) / 2f;
    float middleY = (rows - 1) / 2f;
    float startX = (float) (middleX + shiftX);
    float startY = (float) (middleY + shiftY);
    frame(image);
    for (int y = 0; y < rows; y++) {
      float rowX = startX + xy * (y - middleY);
      float rowY = startY + yy * (y - middleY);
      for (int x = 0; x < columns; x++) {
        int field = y * stride + x;
        float fromX = rowX + xx * (x - middleX) + right[field];
        float fromY = rowY + yx * (x - middleX) + down[field];
        target[at + y * columns + x] = (byte) (lookUp(fromX, fromY) + 0.5f);
      }
    }
  }

  private static double most(RandomStream random, double most) {
    return (2 * random.nextDouble() - 1) * most;
  }

  /** Fills both fields with displacements, in pixels; pixel (x, y) is at y * stride + x. */
  private void displace(RandomStream random) {
    // Beyond the edges nothing is displaced, so that little ink is pushed out.
    Arrays.fill(right, 0f);
    Arrays.fill(down, 0f);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int at = y * stride + RADIUS + x;
        long bits = random.nextLong();
        right[at] = (int) (bits >> 32) * UNIT;
        down[at] = (int) bits * UNIT;
      }
    }
    smooth(right);
    smooth(down);
  }

  /**
   * Smooths a field along its rows and then along its columns. Whole fields are added, in one
   * stretch each: short rows would leave the processor's vectors unused. What that makes of the
   * room between the rows is never looked at.
   */
  private void smooth(float[] field) {
    addShifted(field, 1);
    System.arraycopy(sum, 0, padded, RADIUS * stride, sum.length);
    addShifted(padded, stride);
    System.arraycopy(sum, 0, field, 0, sum.length);
  }

  /** Adds up what is at 0, 1, 2, ... steps from each place, times the Gaussian. */
  private void addShifted(float[] field, int step) {
    Arrays.fill(sum, 0f);
    for (int k = 0; k < gaussian.length; k++) {
      // Java makes vectors of the loop below only if both arrays start at the same place.
      System.arraycopy(field, k * step, shifted, 0, shifted.length);
      addScaled(gaussian[k], shifted, sum);
    }
  }

  private static void addScaled(float factor, float[] source, float[] target) {
    for (int i = 0; i < source.length; i++) {
      target[i] += factor * source[i];
    }
  }

  /** Puts background around an image: a pixel before it and two behind it. */
  private void frame(byte[] image) {
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        framed[(y + 1) * (columns + FRAME) + x + 1] = image[y * columns + x] & 0xff;
      }
    }
  }

  /** Brightness between four pixels, 0..255. */
  private float lookUp(float x, float y) {
    float inX = within(x + 1, columns + 1);
    float inY = within(y + 1, rows + 1);
    int left = (int) inX;
    int top = (int) inY;
    float partX = inX - left;
    float partY = inY - top;
    int above = top * (columns + FRAME) + left;
    int below = above + columns + FRAME;
    float brightnessAbove = framed[above] + partX * (framed[above + 1] - framed[above]);
    float brightnessBelow = framed[below] + partX * (framed[below + 1] - framed[below]);
    return brightnessAbove + partY * (brightnessBelow - brightnessAbove);
  }

  private static float within(float place, int last) {
    return place < 0 ? 0 : place > last ? last : place;
  }
}
