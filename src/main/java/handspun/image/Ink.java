package handspun.image;

import java.util.Optional;

/**
 * How much ink lies on each pixel of a picture, whatever the colours of pen and paper are.
 *
 * <p>The pen is on that side of the paper's brightness, darker or lighter, to which the picture
 * differs more. Ink is the difference from the paper, stretched so that the strongest pixel has
 * 255; what is fainter than a tenth of that is the noise of a camera or of JPEG and counts as none.
 *
 * @param width pixels across
 * @param height pixels down
 * @param amount ink of each pixel, row by row, 0 to 255, one unsigned byte each
 * @param left first column with ink
 * @param top first row with ink
 * @param right one past the last column with ink
 * @param bottom one past the last row with ink
 */
record Ink(int width, int height, byte[] amount, int left, int top, int right, int bottom) {
  /** A picture whose pen differs less from its paper, of 255, is blank. */
  static final int LEAST_CONTRAST = 24;

  /** Ink up to here, of 255, is noise. */
  static final int NOISE = 25;

  private static final int OPAQUE = 128;
  private static final int MIDDLE_GREY = 128;

  /** {@return a picture's ink; empty if it is blank} */
  static Optional<Ink> of(Picture picture) {
    int paper = paper(picture);
    int pixels = picture.width() * picture.height();
    int darkest = 0;
    int lightest = 0;
    long dark = 0;
    long light = 0;
    for (int p = 0; p < pixels; p++) {
      int difference = difference(picture, p, paper);
      if (difference < 0) {
        darkest = Math.max(darkest, -difference);
        dark += (long) difference * difference;
      } else {
        lightest = Math.max(lightest, difference);
        light += (long) difference * difference;
      }
    }
    int contrast = light > dark ? lightest : -darkest;
    return Math.abs(contrast) < LEAST_CONTRAST
        ? Optional.empty()
        : Optional.of(of(picture, paper, contrast));
  }

  /**
   * The brightness of the paper, which the middle one of the border's pixels shows: 0 black to 255
   * white. A picture with a transparent border has no paper of its own and gets a white one for
   * dark strokes, a black one for light strokes.
   */
  private static int paper(Picture picture) {
    int width = picture.width();
    int height = picture.height();
    int[] border = new int[256];
    int opaque = 0;
    int pixels = 0;
    for (int y = 0; y < height; y++) {
      int step = y == 0 || y == height - 1 ? 1 : Math.max(width - 1, 1);
      for (int x = 0; x < width; x += step) {
        int p = y * width + x;
        pixels++;
        if (picture.alphaAt(p) >= OPAQUE) {
          opaque++;
          border[picture.greyAt(p)]++;
        }
      }
    }
    return 2 * opaque >= pixels ? median(border, opaque) : oppositeOfStrokes(picture);
  }

  private static int median(int[] histogram, int count) {
    int brightness = 0;
    for (int below = histogram[0]; 2 * below < count; below += histogram[brightness]) {
      brightness++;
    }
    return brightness;
  }

  private static int oppositeOfStrokes(Picture picture) {
    long opacity = 0;
    long brightness = 0;
    for (int p = 0; p < picture.alpha().length; p++) {
      opacity += picture.alphaAt(p);
      brightness += (long) picture.alphaAt(p) * picture.greyAt(p);
    }
    return brightness < opacity * MIDDLE_GREY ? 255 : 0;
  }

  private static Ink of(Picture picture, int paper, int contrast) {
    int width = picture.width();
    int height = picture.height();
    byte[] amount = new byte[width * height];
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int p = y * width + x;
        int ink = Math.round(255f * difference(picture, p, paper) / contrast);
        if (ink > NOISE) {
          amount[p] = (byte) ink;
          left = Math.min(left, x);
          right = Math.max(right, x + 1);
          top = Math.min(top, y);
          bottom = y + 1;
        }
      }
    }
    return new Ink(width, height, amount, left, top, right, bottom);
  }

  /** Of the pixel laid on the paper, which shows through where the pixel is transparent. */
  private static int difference(Picture picture, int pixel, int paper) {
    return picture.alphaAt(pixel) * (picture.greyAt(pixel) - paper) / 255;
  }
}
