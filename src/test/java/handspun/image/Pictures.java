package handspun.image;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures to test with. */
public final class Pictures {
  private Pictures() {}

  /**
   * An opaque picture from rows of letters: '#' black, '.' white, digits 0 (black) to 9 (light).
   */
  static Picture of(String... rows) {
    byte[] grey = new byte[rows.length * rows[0].length()];
    int p = 0;
    for (String row : rows) {
      for (int x = 0; x < row.length(); x++) {
        char c = row.charAt(x);
        grey[p++] = (byte) (c == '#' ? 0 : c == '.' ? 255 : (c - '0') * 25);
      }
    }
    return opaque(rows[0].length(), rows.length, grey);
  }

  /** An opaque picture. */
  public static Picture opaque(int width, int height, byte[] grey) {
    byte[] alpha = new byte[grey.length];
    Arrays.fill(alpha, (byte) 255);
    return new Picture(width, height, grey, alpha);
  }

  /**
   * @param type of BufferedImage
   * @param width across
   * @param height down
   * @param paper colour of the ground
   * @param ink colour of the strokes
   * @return a seven in thick strokes
   */
  public static BufferedImage seven(int type, int width, int height, Color paper, Color ink) {
    BufferedImage image = new BufferedImage(width, height, type);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setComposite(AlphaComposite.Src);
    pen.setColor(paper);
    pen.fillRect(0, 0, width, height);
    pen.setComposite(AlphaComposite.SrcOver);
    pen.setColor(ink);
    pen.setStroke(
        new BasicStroke(
            Math.min(width, height) * 0.09f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    int[] x = {width * 30 / 100, width * 68 / 100, width * 46 / 100};
    int[] y = {height * 20 / 100, height * 20 / 100, height * 82 / 100};
    pen.drawPolyline(x, y, x.length);
    pen.dispose();
    return image;
  }

  /**
   * @param format png or jpeg
   * @param image what to write
   * @return the file's bytes
   */
  public static byte[] file(String format, BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("No writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** {@return a PNG file of a black seven on white, 280 x 280} */
  public static byte[] sevenPng() {
    return file("png", seven(BufferedImage.TYPE_INT_RGB, 280, 280, Color.WHITE, Color.BLACK));
  }

  /** {@return a PNG file of a white page, 50 x 50} */
  public static byte[] blankPng() {
    return file("png", seven(BufferedImage.TYPE_INT_RGB, 50, 50, Color.WHITE, Color.WHITE));
  }

  /**
   * @param width that the header claims
   * @param height that the header claims
   * @return a PNG file of a few bytes: signature, header, no pixels
   */
  public static byte[] pngThatClaims(int width, int height) {
    ByteBuffer png = ByteBuffer.allocate(33);
    png.putLong(0x89504e470d0a1a0aL).putInt(13);
    png.put("IHDR".getBytes(StandardCharsets.US_ASCII));
    png.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    png.putInt((int) crc.getValue());
    return png.array();
  }
}
