package handspun.image;

import handspun.image.Components.Thing;
import java.util.Arrays;
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

  /** {@return a picture's ink; empty if it is blank} */
  static Optional<Ink> of(Picture picture) {
    return Sheet.of(picture).ink();
  }

  /**
   * Keeps the ink of the strokes alone.
   *
   * @param amount is changed and kept
   */
  static Optional<Ink> of(
      Components components, boolean[] stroke, byte[] amount, int width, int height) {
    int left = width;
    int top = height;
    int right = 0;
    int bottom = 0;
    for (int t = 0; t < stroke.length; t++) {
      if (stroke[t]) {
        Thing thing = components.things()[t];
        left = Math.min(left, thing.left);
        right = Math.max(right, thing.right);
        top = Math.min(top, thing.top);
        bottom = Math.max(bottom, thing.bottom);
      }
    }
    for (int run = 0; run < components.runs(); run++) {
      if (!stroke[components.thing(run)]) {
        int row = components.row(run) * width;
        Arrays.fill(amount, row + components.start(run), row + components.end(run), (byte) 0);
      }
    }
    return left < right
        ? Optional.of(new Ink(width, height, amount, left, top, right, bottom))
        : Optional.empty();
  }
}
