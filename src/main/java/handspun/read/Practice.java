package handspun.read;

import handspun.image.Picture;
import handspun.image.PictureDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Reads a made-up photograph some times, so that Java has compiled what a visitor's first one
 * needs.
 */
public final class Practice {
  private static final int TIMES = 6;
  private static final int WIDTH = 800;
  private static final int HEIGHT = 600;
  private static final int PAPER = 200;
  private static final int INK = 40;
  private static final int NOISE = 16;
  private static final int PEN = 16;

  private Practice() {}

  /**
   * Takes about a second.
   *
   * @param reader any that reads pictures as a visitor's will be read
   */
  public static void read(DigitReader reader) {
    PictureDecoder decoder = new PictureDecoder(WIDTH * HEIGHT);
    byte[] file = photograph();
    for (int time = 0; time < TIMES; time++) {
      Picture picture = decoder.decode(file);
      reader.read(picture);
    }
  }

  /** {@return a JPEG file of an upright line on paper, with noise} */
  static byte[] photograph() {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    SplittableRandom random = new SplittableRandom(1);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        boolean isInk = Math.abs(x - WIDTH / 2) < PEN && Math.abs(y - HEIGHT / 2) < HEIGHT / 4;
        int grey = (isInk ? INK : PAPER) + random.nextInt(NOISE) + random.nextInt(NOISE);
        image.setRGB(x, y, grey << 16 | grey << 8 | grey);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }
}
