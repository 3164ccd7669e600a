package handspun.image;

import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;

/** What the samples of a pixel mean. */
@FunctionalInterface
interface PixelFormat {
  /** Opaque, for {@link #greyAndAlpha}. */
  int OPAQUE = 255 << 8;

  /** {@return luminance, 0..255, plus 256 times opacity, of the pixel whose samples begin there} */
  int greyAndAlpha(int[] samples, int at);

  /** Of pictures with one sample a pixel. */
  static PixelFormat of(IndexColorModel palette) {
    int[] meanings = new int[palette.getMapSize()];
    for (int i = 0; i < meanings.length; i++) {
      meanings[i] = ofColour(palette.getRGB(i));
    }
    // A pixel beyond the palette is black, as in Java's own conversion and in viewers.
    return (samples, at) -> samples[at] < meanings.length ? meanings[samples[at]] : OPAQUE;
  }

  /** Of grey or RGB as they stand, with or without opacity, of 8 or 16 bits. */
  static PixelFormat of(ColorModel colours) {
    int most = (1 << colours.getComponentSize(0)) - 1;
    return switch (colours.getNumComponents()) {
      case 1 -> (s, at) -> OPAQUE | part(s[at], most);
      case 2 -> (s, at) -> part(s[at + 1], most) << 8 | part(s[at], most);
      case 3 -> (s, at) -> OPAQUE | luminance(s, at, most);
      default -> (s, at) -> part(s[at + 3], most) << 8 | luminance(s, at, most);
    };
  }

  /** Of pictures with four samples a pixel. */
  static PixelFormat of(JpegColours inks) {
    return (s, at) -> OPAQUE | inks.luminance(s[at], s[at + 1], s[at + 2], s[at + 3]);
  }

  /** Of opacity, red, green and blue, a byte each. */
  static int ofColour(int argb) {
    return argb >>> 24 << 8 | luminance(argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff);
  }

  /** {@return the luminance of ITU-R BT.601, rounded; all are 0..255} */
  static int luminance(int red, int green, int blue) {
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }

  private static int luminance(int[] s, int at, int most) {
    return luminance(part(s[at], most), part(s[at + 1], most), part(s[at + 2], most));
  }

  /** Of 255. */
  private static int part(int sample, int most) {
    return most == 255 ? sample : (sample * 255 + most / 2) / most;
  }
}
