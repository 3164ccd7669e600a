package handspun.image;

import handspun.math.Kernels;

/**
 * Makes a new image whose pixels are looked up in an old one of the same size, at places between
 * its pixels, which whoever uses this writes into {@link #x} and {@link #y}. Outside of the old
 * image there is background. What comes out fainter than a fifth of full ink is background, too:
 * interpolation leaves wide faint edges, which cost a network as much as other ink and tell it no
 * more than the edges of the old image did.
 *
 * <p>The same on every machine. Not for several threads at once; allocates nothing after it was
 * made.
 */
final class Resampling {
  /**
   * The place of the middle of the old image's first pixel: before it are two of background, so
   * that all is background at place 0.
   */
  static final int ORIGIN = 2;

  /** As many before it, and as many behind it. */
  private static final int FRAME = 2 * ORIGIN;

  /** What is fainter, of 255, is background. */
  static final int FAINTEST = 51;

  /** A longer side would have places beyond what {@link Kernels#interpolate} tells apart. */
  private static final int MOST_SIDE = 1 << 12;

  private final Kernels kernels;
  private final int rows;
  private final int columns;
  private final int frameStride;
  private final byte[] framed;
  private final int stride;
  private final float[] x;
  private final float[] y;
  private final int[] brightness;

  /** For images of a size that is possible. */
  Resampling(int rows, int columns, Kernels kernels) {
    requirePossible(rows, columns);
    this.kernels = kernels;
    this.rows = rows;
    this.columns = columns;
    frameStride = columns + FRAME;
    framed = new byte[(rows + FRAME) * frameStride];
    stride = Kernels.padded(columns);
    x = new float[rows * stride];
    y = new float[rows * stride];
    brightness = new int[rows * stride];
  }

  /** {@return whether images of that size have rows and columns, neither longer than 4,096} */
  static boolean isPossible(int rows, int columns) {
    return Math.min(rows, columns) >= 2 && Math.max(rows, columns) <= MOST_SIDE;
  }

  static void requirePossible(int rows, int columns) {
    if (!isPossible(rows, columns)) {
      throw new IllegalArgumentException(
          "Images of %d x %d pixels cannot be resampled.".formatted(rows, columns));
    }
  }

  /** {@return how far it is in {@link #x} and {@link #y} from a row of pixels to the next} */
  int stride() {
    return stride;
  }

  /** {@return of each pixel, row by row, how far right its place is, {@link #ORIGIN} included} */
  float[] x() {
    return x;
  }

  /** {@return how far down it is, likewise} */
  float[] y() {
    return y;
  }

  /**
   * @param image the old image, row by row, one unsigned byte a pixel
   * @param target receives the new one
   * @param at where in the target
   */
  void run(byte[] image, byte[] target, int at) {
    for (int row = 0; row < rows; row++) {
      int framedRow = (row + ORIGIN) * frameStride + ORIGIN;
      System.arraycopy(image, row * columns, framed, framedRow, columns);
    }
    kernels.interpolate(framed, frameStride, x, y, columns + ORIGIN, rows + ORIGIN, brightness);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int value = brightness[row * stride + column];
        target[at + row * columns + column] = (byte) (value < FAINTEST ? 0 : value);
      }
    }
  }
}
