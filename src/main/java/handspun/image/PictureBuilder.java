package handspun.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/** Makes a picture of what Java's image readers give, and turns it meanwhile. */
final class PictureBuilder {
  private final Orientation.Places places;
  private final byte[] grey;
  private final byte[] alpha;

  private PictureBuilder(Raster raster, Orientation orientation) {
    places = orientation.places(raster.getWidth(), raster.getHeight());
    grey = new byte[raster.getWidth() * raster.getHeight()];
    alpha = new byte[grey.length];
  }

  static Picture build(BufferedImage image, Orientation orientation) {
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel palette) {
      return build(image.getRaster(), PixelFormat.of(palette), orientation);
    }
    if (isPlain(colours)) {
      return build(image.getRaster(), PixelFormat.of(colours), orientation);
    }
    PictureBuilder builder = new PictureBuilder(image.getRaster(), orientation);
    builder.convert(image);
    return builder.picture();
  }

  static Picture build(Raster raster, PixelFormat format, Orientation orientation) {
    PictureBuilder builder = new PictureBuilder(raster, orientation);
    builder.copy(raster, format);
    return builder.picture();
  }

  /**
   * Whether the samples are grey or RGB as they stand. Java takes grey ones for linear light and
   * would brighten them on the way to RGB.
   */
  private static boolean isPlain(ColorModel colours) {
    ColorSpace space = colours.getColorSpace();
    int bits = colours.getComponentSize(0);
    return colours instanceof ComponentColorModel
        && !colours.isAlphaPremultiplied()
        && (space.getType() == ColorSpace.TYPE_GRAY || space.isCS_sRGB())
        && (bits == 8 || bits == 16);
  }

  private void copy(Raster raster, PixelFormat format) {
    int bands = raster.getNumBands();
    int[] row = new int[raster.getWidth() * bands];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
      int to = places.first() + y * places.stepDown();
      for (int at = 0; at < row.length; at += bands) {
        set(to, format.greyAndAlpha(row, at));
        to += places.stepRight();
      }
    }
  }

  private void convert(BufferedImage image) {
    int[] row = new int[image.getWidth()];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, row.length, 1, row, 0, row.length);
      int to = places.first() + y * places.stepDown();
      for (int colour : row) {
        set(to, PixelFormat.ofColour(colour));
        to += places.stepRight();
      }
    }
  }

  private void set(int to, int greyAndAlpha) {
    grey[to] = (byte) greyAndAlpha;
    alpha[to] = (byte) (greyAndAlpha >> 8);
  }

  private Picture picture() {
    return new Picture(places.width(), places.height(), grey, alpha);
  }
}
