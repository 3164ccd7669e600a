package handspun.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes PNG files, in memory. */
public final class Png {
  private static final IndexColorModel TRANSPARENCIES = transparencies();

  private Png() {}

  /**
   * @param image any
   * @return a file of it
   * @throws IOException if this Java cannot write PNG
   */
  public static byte[] of(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      if (!ImageIO.write(image, "png", stream)) {
        throw new IOException("this Java cannot write PNG");
      }
    }
    return out.toByteArray();
  }

  /**
   * @param width pixels across
   * @param grey each pixel's brightness, row by row: 0 black, 255 white
   * @return a file of an opaque picture
   * @throws IOException if this Java cannot write PNG
   */
  public static byte[] grey(int width, byte[] grey) throws IOException {
    BufferedImage image =
        new BufferedImage(width, grey.length / width, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(grey, 0, pixels, 0, grey.length);
    return of(image);
  }

  /**
   * @param width pixels across
   * @param amounts how much there is on each pixel, row by row: 0 nothing, 255 all
   * @return a file of a black picture, transparent where there is nothing, to lay on another
   * @throws IOException if this Java cannot write PNG
   */
  public static byte[] mask(int width, byte[] amounts) throws IOException {
    int height = amounts.length / width;
    DataBufferByte pixels = new DataBufferByte(amounts, amounts.length);
    WritableRaster raster =
        Raster.createInterleavedRaster(pixels, width, height, width, 1, new int[] {0}, null);
    return of(new BufferedImage(TRANSPARENCIES, raster, false, null));
  }

  private static IndexColorModel transparencies() {
    byte[] black = new byte[256];
    byte[] opacity = new byte[256];
    for (int amount = 0; amount < 256; amount++) {
      opacity[amount] = (byte) amount;
    }
    return new IndexColorModel(8, 256, black, black, black, opacity);
  }
}
