package handspun.image;

import java.util.Arrays;

/**
 * Makes large pictures smaller by area averaging: a new pixel is the mean of a square of old ones,
 * a whole number of them on each side, of fewer at the right and lower edge.
 */
final class Reduction {
  private Reduction() {}

  /** {@return the picture, reduced by the smallest number of times that leaves at most so many} */
  static Picture toAtMost(int mostPixels, Picture picture) {
    int times = 1;
    while ((long) reduced(picture.width(), times) * reduced(picture.height(), times) > mostPixels) {
      times++;
    }
    return times == 1 ? picture : reduce(picture, times);
  }

  /** {@return the mean of each square of unsigned bytes in rows of this width, in parts of 1} */
  static int[] means(byte[] values, int width, int times, int unit) {
    int columns = reduced(width, times);
    int rows = reduced(values.length / width, times);
    int[] means = new int[columns * rows];
    int[] sums = new int[columns];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(sums, 0);
      int height = addRows(values, width, row, times, sums);
      for (int column = 0; column < columns; column++) {
        int count = height * Math.min(times, width - column * times);
        means[row * columns + column] = (int) (((long) sums[column] * unit + count / 2) / count);
      }
    }
    return means;
  }

  /** {@return how many new pixels so many old ones become} */
  static int reduced(int size, int times) {
    return (size + times - 1) / times;
  }

  private static Picture reduce(Picture picture, int times) {
    int columns = reduced(picture.width(), times);
    int rows = reduced(picture.height(), times);
    if (!picture.isOpaque()) {
      return reduceTransparent(picture, times, columns, rows);
    }
    int[] means = means(picture.grey(), picture.width(), times, 1);
    byte[] grey = new byte[means.length];
    byte[] alpha = new byte[means.length];
    for (int p = 0; p < means.length; p++) {
      grey[p] = (byte) means[p];
      alpha[p] = (byte) 255;
    }
    return new Picture(columns, rows, grey, alpha);
  }

  /** Adds up the old rows of a new one; returns how many these are. */
  private static int addRows(byte[] values, int width, int row, int times, int[] sums) {
    int end = Math.min(values.length / width, (row + 1) * times);
    for (int y = row * times; y < end; y++) {
      int p = y * width;
      int last = width / times;
      for (int column = 0; column < last; column++) {
        int sum = 0;
        for (int i = 0; i < times; i++) {
          sum += values[p + i] & 0xff;
        }
        sums[column] += sum;
        p += times;
      }
      for (; p < (y + 1) * width; p++) {
        sums[last] += values[p] & 0xff;
      }
    }
    return end - row * times;
  }

  /** What is transparent has no brightness to count. */
  private static Picture reduceTransparent(Picture picture, int times, int columns, int rows) {
    byte[] grey = new byte[columns * rows];
    byte[] alpha = new byte[columns * rows];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int right = Math.min(picture.width(), (column + 1) * times);
        int bottom = Math.min(picture.height(), (row + 1) * times);
        long brightness = 0;
        long opacity = 0;
        for (int y = row * times; y < bottom; y++) {
          for (int x = column * times; x < right; x++) {
            int p = y * picture.width() + x;
            opacity += picture.alphaAt(p);
            brightness += (long) picture.alphaAt(p) * picture.greyAt(p);
          }
        }
        int count = (right - column * times) * (bottom - row * times);
        int p = row * columns + column;
        alpha[p] = (byte) ((opacity + count / 2) / count);
        grey[p] = opacity == 0 ? 0 : (byte) ((brightness + opacity / 2) / opacity);
      }
    }
    return new Picture(columns, rows, grey, alpha);
  }
}
