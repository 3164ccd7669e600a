package handspun.image;

import java.util.Arrays;

/**
 * A picture in grey, with transparency.
 *
 * <p>The arrays are not copied and must not be changed.
 *
 * @param width pixels across, at least 1
 * @param height pixels down, at least 1
 * @param grey luminance of each pixel, row by row, one unsigned byte each: 0 black, 255 white
 * @param alpha opacity of each pixel, likewise: 0 transparent, 255 opaque
 */
public record Picture(int width, int height, byte[] grey, byte[] alpha) {
  /** Requires one byte of each kind for every pixel. */
  public Picture {
    int pixels = Math.multiplyExact(width, height);
    if (width < 1 || height < 1 || grey.length != pixels || alpha.length != pixels) {
      throw new IllegalArgumentException(
          grey.length + " and " + alpha.length + " bytes are not " + width + " x " + height + ".");
    }
  }

  /** {@return whether nothing shines through} */
  boolean isOpaque() {
    // All are alike: each is as its neighbour. Java compares ranges many bytes at a time.
    int last = alpha.length - 1;
    return alpha[0] == (byte) 255 && Arrays.equals(alpha, 0, last, alpha, 1, last + 1);
  }

  /** {@return a pixel's luminance, 0..255} */
  int greyAt(int pixel) {
    return grey[pixel] & 0xff;
  }

  /** {@return a pixel's opacity, 0..255} */
  int alphaAt(int pixel) {
    return alpha[pixel] & 0xff;
  }
}
