package handspun.image;

import handspun.HandspunException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads PNG and JPEG files. Sets the system property {@code java.awt.headless} to true if it is not
 * set: nothing here needs a screen.
 *
 * <p>A few bytes can claim billions of pixels, so the size is read from the file's header and
 * refused there, before memory is taken. Metadata (which a PNG can compress as well) is skipped.
 */
public final class PictureDecoder {
  private static final int[] PNG = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int[] JPEG = {0xff, 0xd8, 0xff};

  private final int mostPixels;

  /**
   * @param mostPixels width times height that a picture may have; decoding takes about ten bytes of
   *     memory for each
   */
  public PictureDecoder(int mostPixels) {
    this.mostPixels = mostPixels;
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  /**
   * @param file the bytes of a PNG or JPEG file
   * @return the picture
   * @throws HandspunException if the bytes are neither, the file is broken off or damaged, or the
   *     picture is too large
   */
  public Picture decode(byte[] file) {
    String format = format(file);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    // A reader goes on with half a picture when the other half is missing, and only warns.
    String[] warning = new String[1];
    reader.addIIOReadWarningListener((source, text) -> warning[0] = text);
    try (ImageInputStream input = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(input, true, true);
      requireAllowed(reader.getWidth(0), reader.getHeight(0));
      BufferedImage image = reader.read(0);
      if (warning[0] != null && isDamage(warning[0])) {
        throw broken(format, warning[0], null);
      }
      return picture(image);
    } catch (IOException | RuntimeException e) {
      // The readers meet damaged files with exceptions of many classes.
      if (e instanceof HandspunException plain) {
        throw plain;
      }
      throw broken(format, e.getMessage(), e);
    } finally {
      reader.dispose();
    }
  }

  private static String format(byte[] file) {
    if (startsWith(file, PNG)) {
      return "png";
    }
    if (startsWith(file, JPEG)) {
      return "jpeg";
    }
    throw new HandspunException(
        (file.length == 0 ? "The picture is empty" : "The picture is neither a PNG nor a JPEG file")
            + ": save it as PNG and try again.");
  }

  private static boolean startsWith(byte[] file, int[] signature) {
    if (file.length < signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((file[i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private void requireAllowed(int width, int height) {
    if ((long) width * height > mostPixels) {
      throw new PictureTooLargeException(
          "The picture has "
              + width
              + " x "
              + height
              + " pixels, but at most "
              + mostPixels
              + " pixels are read: make it smaller, 28 x 28 are enough.");
    }
  }

  private static boolean isDamage(String warning) {
    return warning.contains("Premature end") || warning.contains("Corrupt");
  }

  private static HandspunException broken(String format, String reason, Exception cause) {
    return new HandspunException(
        "The "
            + format.toUpperCase(Locale.ROOT)
            + " file is damaged, incomplete or of a kind that is not read ("
            + Optional.ofNullable(reason).orElse("no reason given")
            + "): save the picture again as PNG.",
        cause);
  }

  private static Picture picture(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] grey = new byte[width * height];
    byte[] alpha = new byte[width * height];
    if (isEightBitGrey(image.getColorModel())) {
      copyGrey(image.getRaster(), image.getColorModel().hasAlpha(), grey, alpha);
    } else {
      convert(image, grey, alpha);
    }
    return new Picture(width, height, grey, alpha);
  }

  private static boolean isEightBitGrey(ColorModel colors) {
    return colors instanceof ComponentColorModel
        && colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && colors.getComponentSize(0) == 8;
  }

  /** Java takes grey bytes for linear light and would brighten them on the way to RGB. */
  private static void copyGrey(Raster raster, boolean hasAlpha, byte[] grey, byte[] alpha) {
    int width = raster.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getSamples(0, y, width, 1, 0, row);
      for (int x = 0; x < width; x++) {
        grey[y * width + x] = (byte) row[x];
        alpha[y * width + x] = (byte) 255;
      }
      if (hasAlpha) {
        raster.getSamples(0, y, width, 1, 1, row);
        for (int x = 0; x < width; x++) {
          alpha[y * width + x] = (byte) row[x];
        }
      }
    }
  }

  private static void convert(BufferedImage image, byte[] grey, byte[] alpha) {
    int width = image.getWidth();
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int argb = row[x];
        // Luminance of ITU-R BT.601, rounded.
        int luminance =
            (299 * (argb >> 16 & 0xff) + 587 * (argb >> 8 & 0xff) + 114 * (argb & 0xff) + 500)
                / 1000;
        grey[y * width + x] = (byte) luminance;
        alpha[y * width + x] = (byte) (argb >>> 24);
      }
    }
  }
}
