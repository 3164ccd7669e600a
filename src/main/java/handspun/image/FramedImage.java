package handspun.image;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * An image with background around it, which is looked up between its pixels (bilinear
 * interpolation, at places rounded to 1/256 of a pixel, in whole numbers). What comes out as faint
 * as {@link Ink#NOISE} is background: interpolation leaves wide faint edges, which tell a network
 * little and cost it as much as other ink.
 *
 * <p>The same on every machine. Not for several threads at once; allocates nothing after it was
 * made.
 */
final class FramedImage {
  private static final VarHandle TWO_PIXELS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  /** Of two pixels in an int, one in each half. */
  private static final int HALVES = 0x00ff00ff;

  private static final int FRACTION_BITS = 8;
  private static final int FRACTION = (1 << FRACTION_BITS) - 1;

  /** Added to a number, it leaves no more than {@link #FRACTION_BITS} bits behind the point. */
  private static final float ROUNDER = 1.5f * (1 << (23 - FRACTION_BITS));

  private static final int ROUNDER_BITS = Float.floatToRawIntBits(ROUNDER);

  /** A longer side would have places beyond what is rounded rightly. */
  private static final int MOST_SIDE = 1 << 12;

  /** Pixels of background before the first of a row or a column, so that all is 0 at place 0. */
  private static final int BEFORE = 2;

  /** As many as before it, and as many behind it. */
  private static final int FRAME = 2 * BEFORE;

  private final int rows;
  private final int columns;
  private final int stride;
  private final byte[] framed;

  /** Of every pixel, itself, its right neighbour, its lower one and that one's right neighbour. */
  private final int[] fours;

  private int[] parts = {};

  FramedImage(int rows, int columns) {
    if (!isPossible(rows, columns)) {
      throw new IllegalArgumentException(
          "%d x %d pixels cannot be looked up between.".formatted(rows, columns));
    }
    this.rows = rows;
    this.columns = columns;
    stride = columns + FRAME;
    framed = new byte[(rows + FRAME) * stride];
    fours = new int[(rows + FRAME - 1) * stride - 1];
  }

  /**
   * {@return whether images of that size can be turned, sheared and the like: if both sides are 2
   * to 4,096 pixels long}
   */
  static boolean isPossible(int rows, int columns) {
    return Math.min(rows, columns) >= 2 && Math.max(rows, columns) <= MOST_SIDE;
  }

  /** Takes in an image, row by row. */
  void set(byte[] pixels) {
    for (int y = 0; y < rows; y++) {
      System.arraycopy(pixels, y * columns, framed, (y + BEFORE) * stride + BEFORE, columns);
    }
    for (int i = 0; i < fours.length; i++) {
      int above = (short) TWO_PIXELS.get(framed, i) & 0xffff;
      fours[i] = above | (short) TWO_PIXELS.get(framed, i + stride) << 16;
    }
  }

  /**
   * Looks up many places.
   *
   * @param x of each place, to the right of the middle of the first pixel
   * @param y of each place, below it
   * @param brightness receives that of as many places as it is long, 0..255; outside of the image
   *     it is that of the background
   */
  void lookUp(float[] x, float[] y, int[] brightness) {
    int count = brightness.length;
    if (parts.length < count) {
      parts = new int[count];
    }
    for (int i = 0; i < count; i++) {
      int inX = place(x[i], columns);
      int inY = place(y[i], rows);
      parts[i] = inX & FRACTION | (inY & FRACTION) << 16;
      brightness[i] = fours[(inY >> FRACTION_BITS) * stride + (inX >> FRACTION_BITS)];
    }
    for (int i = 0; i < count; i++) {
      // The upper two pixels are in the lower half, so that one product serves both rows.
      int left = brightness[i] & HALVES;
      int right = brightness[i] >>> Byte.SIZE & HALVES;
      int both = (left << FRACTION_BITS) + (parts[i] & FRACTION) * (right - left);
      int above = both & 0xffff;
      int below = both >>> 16;
      int sum = (above << FRACTION_BITS) + (parts[i] >>> 16) * (below - above);
      int rounded = sum + (1 << 2 * FRACTION_BITS - 1) >>> 2 * FRACTION_BITS;
      brightness[i] = rounded > Ink.NOISE ? rounded : 0;
    }
  }

  /** A place in the frame, in units of 1/256 of a pixel. */
  private static int place(float place, int side) {
    float inFrame = Math.max(0f, Math.min(place + BEFORE, side + BEFORE));
    return Float.floatToRawIntBits(inFrame + ROUNDER) - ROUNDER_BITS;
  }
}
