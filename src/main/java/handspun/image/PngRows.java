package handspun.image;

/**
 * The rows of a PNG picture, before each of which is a byte that says how it was filtered, which
 * makes it smaller when compressed (W3C, "Portable Network Graphics", section 9).
 */
final class PngRows {
  private PngRows() {}

  /**
   * {@return whether there is such a filter before each row; undoes all of them in place}
   *
   * @param rows all of them, with the bytes before them; what is no whole row behind them stays
   * @param stride bytes from a row to the next
   * @param back bytes of a pixel, at least 1
   */
  static boolean unfilter(byte[] rows, int stride, int back) {
    byte[] above = new byte[stride - 1];
    for (int row = 0; row + stride <= rows.length; row += stride) {
      int filter = rows[row];
      if (filter < 0 || filter > 4) {
        return false;
      }
      if (filter != 0) {
        unfilter(filter, rows, row + 1, above, back);
      }
      System.arraycopy(rows, row + 1, above, 0, above.length);
    }
    return true;
  }

  private static void unfilter(int filter, byte[] rows, int from, byte[] above, int back) {
    switch (filter) {
      case 1 -> {
        for (int i = back; i < above.length; i++) {
          rows[from + i] += rows[from + i - back];
        }
      }
      case 2 -> {
        for (int i = 0; i < above.length; i++) {
          rows[from + i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < above.length; i++) {
          int left = i < back ? 0 : rows[from + i - back] & 0xff;
          rows[from + i] += (byte) ((left + (above[i] & 0xff)) / 2);
        }
      }
      default -> {
        for (int i = 0; i < back; i++) {
          rows[from + i] += above[i];
        }
        for (int i = back; i < above.length; i++) {
          int left = rows[from + i - back] & 0xff;
          rows[from + i] += (byte) paeth(left, above[i] & 0xff, above[i - back] & 0xff);
        }
      }
    }
  }

  /** Paeth, "Image File Compression Made Easy", Graphics Gems II, 1991. */
  private static int paeth(int left, int up, int upLeft) {
    int toLeft = Math.abs(up - upLeft);
    int toUp = Math.abs(left - upLeft);
    int toUpLeft = Math.abs(left + up - 2 * upLeft);
    if (toLeft <= toUp && toLeft <= toUpLeft) {
      return left;
    }
    return toUp <= toUpLeft ? up : upLeft;
  }
}
