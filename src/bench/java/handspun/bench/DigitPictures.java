package handspun.bench;

import handspun.HandspunException;
import handspun.image.DigitNormalizer;
import handspun.image.PaperDrawing;
import handspun.image.Picture;
import handspun.image.Png;
import handspun.image.StrokeTracer;
import handspun.image.Strokes;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Pictures of digits as clients send them, made of images of 28 x 28 pixels. */
final class DigitPictures {
  private static final int SIDE = DigitNormalizer.SIZE;
  private static final int WHITE = 255;
  private static final int LEVELS = 16;
  private static final int LEVEL = WHITE / (LEVELS - 1);

  private DigitPictures() {}

  /** {@return an image as somebody might have drawn it: x and y of each point, from 0 to 1} */
  static double[][] strokes(byte[] pixels) {
    Strokes traced = new StrokeTracer(SIDE, SIDE).trace(pixels);
    double[][] strokes = new double[traced.count()][];
    for (int s = 0; s < strokes.length; s++) {
      strokes[s] = new double[2 * (traced.end(s) - traced.start(s))];
      for (int i = 0; i < strokes[s].length; i++) {
        float[] places = i % 2 == 0 ? traced.x() : traced.y();
        strokes[s][i] = places[traced.start(s) + i / 2] / SIDE;
      }
    }
    return strokes;
  }

  /** {@return a PNG of the image itself} */
  static byte[] smallPng(byte[] pixels) {
    try {
      return Png.grey(SIDE, pixels);
    } catch (IOException e) {
      throw HandspunException.couldNot("write a PNG", e);
    }
  }

  /** {@return what the page draws and sends: a palette of 16 blacks, 4 bits a pixel} */
  static byte[] pagePng(byte[] pixels) {
    Picture picture = drawing(pixels);
    byte[] black = new byte[LEVELS];
    byte[] opacity = new byte[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      opacity[level] = (byte) (level * LEVEL);
    }
    IndexColorModel palette = new IndexColorModel(4, LEVELS, black, black, black, opacity);
    int width = picture.width();
    BufferedImage image =
        new BufferedImage(width, picture.height(), BufferedImage.TYPE_BYTE_BINARY, palette);
    for (int pixel = 0; pixel < picture.alpha().length; pixel++) {
      int level = (picture.alpha()[pixel] & 0xff) / LEVEL;
      image.getRaster().setSample(pixel % width, pixel / width, 0, level);
    }
    try {
      return Png.of(image);
    } catch (IOException e) {
      throw HandspunException.couldNot("write a PNG", e);
    }
  }

  /** {@return the same drawing as a JPEG, on white paper} */
  static byte[] jpeg(byte[] pixels) {
    Picture picture = drawing(pixels);
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] grey = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int pixel = 0; pixel < grey.length; pixel++) {
      grey[pixel] = (byte) (WHITE - picture.alpha()[pixel]);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, "jpeg", file)) {
        throw new HandspunException("This Java cannot write JPEG.");
      }
    } catch (IOException e) {
      throw HandspunException.couldNot("write a JPEG", e);
    }
    return file.toByteArray();
  }

  private static Picture drawing(byte[] pixels) {
    return new PaperDrawing(strokes(pixels), 1).picture();
  }
}
