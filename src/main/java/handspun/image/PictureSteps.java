package handspun.image;

import java.util.Optional;

/**
 * How a picture became what a network can read, step by step, small enough to be shown: at most
 * {@value #LONGER_SIDE} pixels on the longer side. Arrays have a byte for each pixel, row by row,
 * are not copied and must not be changed.
 *
 * @param width pixels across
 * @param height pixels down
 * @param grey the picture in grey: 0 black, 255 white
 * @param paper how bright the paper was taken to be, likewise
 * @param ink what was taken for the digit: 0 no ink, 255 full ink
 * @param dropped 0, or what the pixel's ink was taken for instead: {@link #NOISE}, {@link #SPECK}
 *     or {@link #LINE}
 * @param box around the ink; empty if the picture is blank
 * @param digit 28 x 28 pixels; empty if the picture is blank
 */
public record PictureSteps(
    int width,
    int height,
    byte[] grey,
    byte[] paper,
    byte[] ink,
    byte[] dropped,
    Optional<Box> box,
    Optional<NormalizedDigit> digit) {
  /** Pixels on the longer side, at most. */
  public static final int LONGER_SIDE = 280;

  /** Too faint beside the paper's noise. */
  public static final byte NOISE = Sheet.NOISE;

  /** Too small and too far from the digit, or the tip of a shadow. */
  public static final byte SPECK = Sheet.SPECK;

  /** A rule, a square or a frame. */
  public static final byte LINE = Sheet.LINE;

  /**
   * Columns and rows of pixels.
   *
   * @param left first column
   * @param top first row
   * @param right one past the last column
   * @param bottom one past the last row
   */
  public record Box(int left, int top, int right, int bottom) {}

  /** {@return what becomes of a picture, and how} */
  public static PictureSteps of(Picture picture) {
    Sheet sheet = Sheet.of(picture);
    int width = sheet.picture().width();
    int height = sheet.picture().height();
    int times = Reduction.reduced(Math.max(width, height), LONGER_SIDE);
    byte[] ink = sheet.ink().map(Ink::amount).orElseGet(() -> new byte[width * height]);
    return new PictureSteps(
        Reduction.reduced(width, times),
        Reduction.reduced(height, times),
        mean(sheet.picture().grey(), width, times),
        mean(brightness(sheet.paper(), width, height), width, times),
        mean(ink, width, times),
        largest(sheet.dropped(), width, times),
        sheet.ink().map(all -> box(all, times)),
        DigitNormalizer.normalize(sheet));
  }

  private static Box box(Ink ink, int times) {
    return new Box(
        ink.left() / times,
        ink.top() / times,
        Reduction.reduced(ink.right(), times),
        Reduction.reduced(ink.bottom(), times));
  }

  private static byte[] brightness(Paper paper, int width, int height) {
    byte[] brightness = new byte[width * height];
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      paper.row(y, row);
      for (int x = 0; x < width; x++) {
        brightness[y * width + x] = (byte) ((row[x] + Paper.UNIT / 2) / Paper.UNIT);
      }
    }
    return brightness;
  }

  private static byte[] mean(byte[] values, int width, int times) {
    int[] means = Reduction.means(values, width, times, 1);
    byte[] mean = new byte[means.length];
    for (int p = 0; p < mean.length; p++) {
      mean[p] = (byte) means[p];
    }
    return mean;
  }

  /** So that thin lines and small specks are still to be seen. */
  private static byte[] largest(byte[] values, int width, int times) {
    int columns = Reduction.reduced(width, times);
    byte[] largest = new byte[columns * Reduction.reduced(values.length / width, times)];
    for (int p = 0; p < values.length; p++) {
      int to = p / width / times * columns + p % width / times;
      largest[to] = (byte) Math.max(largest[to], values[p]);
    }
    return largest;
  }
}
