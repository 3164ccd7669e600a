package handspun.image;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a picture became what a network can read, step by step, small enough to be shown: at most
 * {@value #LONGER_SIDE} pixels on the longer side. Arrays have a byte for each pixel, row by row,
 * are not copied and must not be changed.
 *
 * @param width pixels across
 * @param height pixels down
 * @param grey the picture in grey, on its paper where it is transparent: 0 black, 255 white
 * @param paper how bright the paper was taken to be, likewise
 * @param ink what was taken for the digit: 0 no ink, 255 full ink
 * @param dropped what else differs from the paper, by what it was taken for
 * @param levels by which ink was found
 * @param box around the ink; empty if the picture is blank
 * @param digit 28 x 28 pixels; empty if the picture is blank
 */
public record PictureSteps(
    int width,
    int height,
    byte[] grey,
    byte[] paper,
    byte[] ink,
    List<DroppedInk> dropped,
    InkLevels levels,
    Optional<Box> box,
    Optional<NormalizedDigit> digit) {
  /** Pixels on the longer side, at most. */
  public static final int LONGER_SIDE = 280;

  /**
   * Columns and rows of pixels.
   *
   * @param left first column
   * @param top first row
   * @param right one past the last column
   * @param bottom one past the last row
   */
  public record Box(int left, int top, int right, int bottom) {
    /** Where squares with so many pixels on a side become one. */
    static Box reduced(int left, int top, int right, int bottom, int times) {
      return new Box(
          left / times,
          top / times,
          Reduction.reduced(right, times),
          Reduction.reduced(bottom, times));
    }
  }

  /** {@return what becomes of a picture, and how} */
  public static PictureSteps of(Picture picture) {
    Sheet sheet = Sheet.of(picture);
    int width = sheet.picture().width();
    int height = sheet.picture().height();
    int times = Reduction.reduced(Math.max(width, height), LONGER_SIDE);
    byte[] paper = brightness(sheet.paper(), width, height);
    byte[] ink = sheet.ink().map(Ink::amount).orElseGet(() -> new byte[width * height]);
    return new PictureSteps(
        Reduction.reduced(width, times),
        Reduction.reduced(height, times),
        mean(laid(sheet.picture(), paper), width, times),
        mean(paper, width, times),
        mean(ink, width, times),
        DroppedInk.of(sheet.dropped(), width, times),
        sheet.levels(),
        sheet.ink().map(i -> Box.reduced(i.left(), i.top(), i.right(), i.bottom(), times)),
        DigitNormalizer.normalize(sheet));
  }

  /** {@return the brightness of the paper where it is darkest, 0..255} */
  public int darkestPaper() {
    return IntStream.range(0, paper.length).map(p -> paper[p] & 0xff).min().orElseThrow();
  }

  /** {@return the brightness of the paper where it is brightest, 0..255} */
  public int brightestPaper() {
    return IntStream.range(0, paper.length).map(p -> paper[p] & 0xff).max().orElseThrow();
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

  private static byte[] laid(Picture picture, byte[] paper) {
    if (picture.isOpaque()) {
      return picture.grey();
    }
    byte[] laid = new byte[paper.length];
    for (int p = 0; p < laid.length; p++) {
      int below = paper[p] & 0xff;
      laid[p] = (byte) (below + picture.alphaAt(p) * (picture.greyAt(p) - below) / 255);
    }
    return laid;
  }

  private static byte[] mean(byte[] values, int width, int times) {
    int[] means = Reduction.means(values, width, times, 1);
    byte[] mean = new byte[means.length];
    for (int p = 0; p < mean.length; p++) {
      mean[p] = (byte) means[p];
    }
    return mean;
  }
}
