package handspun.image;

import java.util.Arrays;

/**
 * The middle line of the ink of an image, one pixel wide, by thinning (Guo, Hall: "Parallel
 * Thinning with Two-Subiteration Algorithms", Communications of the ACM 32, 1989, algorithm A1).
 * The image is enlarged before, so that the line goes between the image's own pixels as well.
 *
 * <p>Whole numbers only. Not for several threads at once; allocates nothing after it was made.
 */
final class Skeleton {
  /** Pixels of the enlarged image for one of the image, in each direction. */
  static final int SCALE = 3;

  /** For each combination of the eight neighbours, whether a pixel goes, in either subiteration. */
  private static final boolean[][] GOES = {goes(0), goes(1)};

  private final int rows;
  private final int columns;
  private final int stride;
  private final byte[] ink;
  private final int[] left;
  private final int[] going;
  private final int[] around;

  /** {@link #neighbours} of each pixel of ink, as long as thinning goes on. */
  private final byte[] beside;

  /** Two rows of the image, enlarged along themselves. */
  private int[] upper;

  private int[] lower;

  /** For images of this size. */
  Skeleton(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    stride = columns * SCALE + 2;
    ink = new byte[(rows * SCALE + 2) * stride];
    left = new int[ink.length];
    going = new int[ink.length];
    beside = new byte[ink.length];
    upper = new int[columns * SCALE];
    lower = new int[columns * SCALE];
    // From the one above, clockwise.
    around = new int[] {-stride, 1 - stride, 1, stride + 1, stride, stride - 1, -1, -stride - 1};
  }

  /** {@return how far it is from a row of {@link #ink} to the next} */
  int stride() {
    return stride;
  }

  /** {@return where the eight neighbours of a pixel are, from the one above, clockwise} */
  int[] around() {
    return around;
  }

  /** {@return 1 on the line, 0 elsewhere, and a frame of one pixel of 0} */
  byte[] ink() {
    return ink;
  }

  /**
   * @param image pixels row by row, one unsigned byte each
   */
  void thin(byte[] image) {
    int count = enlarge(image);
    for (int i = 0; i < count; i++) {
      beside[left[i]] = (byte) neighbours(left[i]);
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (boolean[] goes : GOES) {
        int stay = 0;
        int go = 0;
        for (int i = 0; i < count; i++) {
          int pixel = left[i];
          if (goes[beside[pixel] & 0xff]) {
            going[go++] = pixel;
          } else {
            left[stay++] = pixel;
          }
        }
        for (int i = 0; i < go; i++) {
          remove(going[i]);
        }
        count = stay;
        changed |= go > 0;
      }
    }
    removeCorners(count);
  }

  /** Also from what its neighbours know of theirs. */
  private void remove(int pixel) {
    ink[pixel] = 0;
    for (int n = 0; n < around.length; n++) {
      beside[pixel + around[n]] &= (byte) ~(1 << (n + 4) % 8);
    }
  }

  /** What is at least half as strong as the strongest pixel, between the pixels interpolated. */
  private int enlarge(byte[] image) {
    int strongest = 0;
    for (byte pixel : image) {
      strongest = Math.max(strongest, pixel & 0xff);
    }
    int least = Math.max(1, strongest * SCALE * SCALE / 2);
    int count = 0;
    enlargeRow(image, -1, lower);
    for (int row = 0; row <= rows; row++) {
      int[] free = upper;
      upper = lower;
      lower = free;
      enlargeRow(image, row, lower);
      for (int part = 0; part < SCALE; part++) {
        // A pixel's middle has the pixel's own value.
        int y = (row - 1) * SCALE + SCALE / 2 + part;
        if (y >= 0 && y < rows * SCALE) {
          int at = (y + 1) * stride + 1;
          for (int x = 0; x < columns * SCALE; x++, at++) {
            boolean isInk = (SCALE - part) * upper[x] + part * lower[x] >= least;
            ink[at] = (byte) (isInk ? 1 : 0);
            if (isInk) {
              left[count++] = at;
            }
          }
        }
      }
    }
    return count;
  }

  /** Interpolates a row, which has no ink outside of the image, to values times {@link #SCALE}. */
  private void enlargeRow(byte[] image, int row, int[] enlarged) {
    if (row < 0 || row == rows) {
      Arrays.fill(enlarged, 0);
      return;
    }
    int before = 0;
    for (int column = 0; column <= columns; column++) {
      int here = column == columns ? 0 : image[row * columns + column] & 0xff;
      for (int part = 0; part < SCALE; part++) {
        int x = (column - 1) * SCALE + SCALE / 2 + part;
        if (x >= 0 && x < columns * SCALE) {
          enlarged[x] = (SCALE - part) * before + part * here;
        }
      }
      before = here;
    }
  }

  /** {@return a bit for each neighbour that is ink, that above the lowest} */
  int neighbours(int pixel) {
    int bits = 0;
    for (int n = 0; n < around.length; n++) {
      bits |= ink[pixel + around[n]] << n;
    }
    return bits;
  }

  /**
   * Takes away the corners of steps, so that each pixel of a line has the two before and behind it
   * for neighbours, and no other.
   */
  private void removeCorners(int count) {
    for (int i = 0; i < count; i++) {
      int bits = neighbours(left[i]);
      for (int turn = 0; turn < 8; turn += 2) {
        int turned = (bits >> turn | bits << (8 - turn)) & 0xff;
        // Above and to the right, and none of those opposite.
        if ((turned & 0b0111_0101) == 0b0000_0101) {
          ink[left[i]] = 0;
        }
      }
    }
  }

  private static boolean[] goes(int subiteration) {
    boolean[] goes = new boolean[256];
    for (int bits = 0; bits < 256; bits++) {
      boolean[] p = new boolean[8];
      for (int n = 0; n < 8; n++) {
        p[n] = (bits >> n & 1) == 1;
      }
      int groups = 0;
      int one = 0;
      int other = 0;
      for (int n = 0; n < 8; n += 2) {
        groups += !p[n] && (p[n + 1] || p[(n + 2) % 8]) ? 1 : 0;
        one += p[(n + 7) % 8] || p[n] ? 1 : 0;
        other += p[n] || p[n + 1] ? 1 : 0;
      }
      int fewer = Math.min(one, other);
      boolean edge =
          subiteration == 0 ? (p[0] || p[1] || !p[3]) && p[2] : (p[4] || p[5] || !p[7]) && p[6];
      goes[bits] = groups == 1 && fewer >= 2 && fewer <= 3 && !edge;
    }
    return goes;
  }
}
