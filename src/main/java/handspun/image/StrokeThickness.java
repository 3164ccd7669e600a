package handspun.image;

import java.util.Arrays;

/**
 * Moves the edges of strokes outwards or inwards, by the distance to the ink: thicker by r pixels,
 * a pixel becomes as bright as the brightest of those that are no farther away than r (a grey
 * dilation by a disc); thinner, as dark as the darkest of them (an erosion). Between two whole
 * numbers of pixels brightness is interpolated.
 *
 * <p>In whole numbers, so that it is the same on every machine. Not for several threads at once;
 * allocates nothing after it was made.
 */
final class StrokeThickness {
  /** The most pixels that an edge is moved by. */
  static final int MOST = 3;

  /** A pixel. */
  private static final int ONE = 256;

  private static final int INK = 255;

  private final int rows;
  private final int columns;
  private final int stride;

  /** Ink where strokes are to be thicker, background where they are to be thinner. */
  private final int[] framed;

  /** Where a pixel's neighbours are from it; those that are nearer come first. */
  private final int[] neighbours;

  /** How many of them are no farther away than 0, 1, 2, ... pixels. */
  private final int[] within = new int[MOST + 2];

  private final int[] inner;
  private final int[] outer;
  private final int[] shifted;

  StrokeThickness(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    stride = columns + 2 * MOST;
    framed = new int[(rows + 2 * MOST) * stride];
    inner = new int[(rows - 1) * stride + columns];
    outer = new int[inner.length];
    shifted = new int[inner.length];
    neighbours = new int[(2 * MOST + 1) * (2 * MOST + 1)];
    int count = 0;
    for (int distance = 1; distance <= MOST; distance++) {
      for (int y = -distance; y <= distance; y++) {
        for (int x = -distance; x <= distance; x++) {
          int squared = x * x + y * y;
          if (squared <= distance * distance && squared > (distance - 1) * (distance - 1)) {
            neighbours[count++] = y * stride + x;
          }
        }
      }
      within[distance] = count;
    }
    within[MOST + 1] = count;
  }

  /**
   * @param image pixels row by row, one unsigned byte each
   * @param by how far edges are moved outwards, in pixels; below 0, inwards
   * @param target receives the new image; another array
   */
  void change(byte[] image, double by, byte[] target) {
    // Thinner ink is thicker background.
    int flip = by < 0 ? INK : 0;
    int distance = (int) StrictMath.rint(Math.abs(by) * ONE);
    int whole = distance / ONE;
    int part = distance % ONE;
    Arrays.fill(framed, flip);
    int first = rows;
    int last = -1;
    for (int y = 0; y < rows; y++) {
      int at = (y + MOST) * stride + MOST;
      int ink = 0;
      for (int x = 0; x < columns; x++) {
        int pixel = image[y * columns + x] & INK;
        ink |= pixel;
        framed[at + x] = pixel ^ flip;
      }
      if (ink != 0) {
        first = Math.min(first, y);
        last = y;
      }
    }
    // Elsewhere is background, and stays it.
    first = Math.max(0, first - whole - 1);
    last = Math.min(rows - 1, last + whole + 1);
    Arrays.fill(target, (byte) 0);
    int from = (first + MOST) * stride + MOST;
    int count = Math.max(0, (last - first + 1) * stride - 2 * MOST);
    System.arraycopy(framed, from, inner, 0, count);
    takeBrightest(0, within[whole], from, inner, count);
    System.arraycopy(inner, 0, outer, 0, count);
    takeBrightest(within[whole], within[whole + 1], from, outer, count);
    interpolate(inner, outer, part, count);
    for (int y = first; y <= last; y++) {
      for (int x = 0; x < columns; x++) {
        target[y * columns + x] = (byte) (outer[(y - first) * stride + x] ^ flip);
      }
    }
  }

  private void takeBrightest(int nearest, int farthest, int from, int[] brightest, int count) {
    for (int n = nearest; n < farthest; n++) {
      // Java 17 makes vectors only of loops over arrays that start at the same place.
      System.arraycopy(framed, from + neighbours[n], shifted, 0, count);
      takeBrighter(shifted, brightest, count);
    }
  }

  private static void takeBrighter(int[] others, int[] brightest, int count) {
    for (int i = 0; i < count; i++) {
      // The larger one, as Java 17 makes vectors of it: of Math.max it does not.
      int one = others[i];
      int other = brightest[i];
      brightest[i] = (one + other + Math.abs(one - other)) >> 1;
    }
  }

  private static void interpolate(int[] from, int[] to, int part, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = from[i] + (to[i] - from[i]) * part / ONE;
    }
  }
}
