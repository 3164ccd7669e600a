package handspun.image;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;
import java.util.Random;

/**
 * Digits in strokes on sheets of paper, and what happens to sheets: each method changes the sheet
 * and returns it. Full ink is 1, paper 0; the light falls on both.
 */
final class SheetPictures {
  private final int width;
  private final int height;
  private final double[] ink;
  private final double[] light;
  private final double[] noise;

  private SheetPictures(int width, int height) {
    this.width = width;
    this.height = height;
    ink = new double[width * height];
    light = new double[width * height];
    noise = new double[width * height];
    Arrays.fill(light, 1);
  }

  /** An empty sheet. */
  static SheetPictures blank(int width, int height) {
    return new SheetPictures(width, height);
  }

  /** {@return another sheet with the same on it} */
  SheetPictures copy() {
    SheetPictures copy = blank(width, height);
    System.arraycopy(ink, 0, copy.ink, 0, ink.length);
    System.arraycopy(light, 0, copy.light, 0, light.length);
    System.arraycopy(noise, 0, copy.noise, 0, noise.length);
    return copy;
  }

  /** A digit in the middle that takes a half of the shorter side. */
  static SheetPictures digit(char digit, int width, int height) {
    int side = Math.min(width, height) / 2;
    return blank(width, height)
        .write(digit, (width - side) / 2.0, (height - side) / 2.0, side, side * 0.12);
  }

  /** Writes a digit into a square, with a pen of this many pixels. */
  SheetPictures write(char digit, double left, double top, double side, double pen) {
    return write(digit, left, top, side, pen, new float[0]);
  }

  /** The same, dashed: so many pen's widths of ink, so many of none. */
  SheetPictures write(
      char digit, double left, double top, double side, double pen, float[] dashes) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(Color.WHITE);
    float[] pattern = new float[dashes.length];
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = (float) (dashes[i] * pen);
    }
    g.setStroke(
        new BasicStroke(
            (float) pen,
            BasicStroke.CAP_ROUND,
            BasicStroke.JOIN_ROUND,
            10,
            pattern.length == 0 ? null : pattern,
            0));
    for (double[] stroke : strokes(digit)) {
      Path2D path = new Path2D.Double();
      path.moveTo(left + stroke[0] * side, top + stroke[1] * side);
      for (int i = 2; i < stroke.length; i += 2) {
        path.lineTo(left + stroke[i] * side, top + stroke[i + 1] * side);
      }
      g.draw(path);
    }
    g.dispose();
    byte[] grey = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int p = 0; p < ink.length; p++) {
      ink[p] = Math.max(ink[p], (grey[p] & 0xff) / 255.0);
    }
    return this;
  }

  /** Corners of each stroke in a square of side 1; 'h' is a 5 whose hat is apart. */
  private static double[][] strokes(char digit) {
    return switch (digit) {
      case '0' -> new double[][] {circle()};
      case '1' -> new double[][] {{.55, 0, .45, 1}};
      case '2' -> new double[][] {{.15, .25, .5, 0, .8, .25, .15, 1, .85, 1}};
      case '3' -> new double[][] {{.15, .1, .8, .1, .4, .45, .8, .7, .5, 1, .15, .9}};
      case '4' -> new double[][] {{.35, 0, .15, .6, .9, .6}, {.65, .25, .65, 1}};
      case '5' -> new double[][] {{.8, 0, .25, 0, .2, .45, .7, .45, .8, .75, .5, 1, .15, .9}};
      case 'h' -> new double[][] {{.42, 0, .85, 0}, {.2, .08, .2, .45, .7, .45, .8, .75, .2, 1}};
      case '7' -> new double[][] {{.15, 0, .85, 0, .45, 1}};
      default -> throw new IllegalArgumentException("No strokes of " + digit);
    };
  }

  private static double[] circle() {
    double[] circle = new double[82];
    for (int i = 0; i <= 40; i++) {
      circle[2 * i] = .5 + .33 * Math.cos(i * Math.PI / 20);
      circle[2 * i + 1] = .5 + .5 * Math.sin(i * Math.PI / 20);
    }
    return circle;
  }

  /** Fills a rectangle with ink, as far as it is on the sheet. */
  SheetPictures fill(int left, int top, int right, int bottom) {
    for (int y = Math.max(0, top); y < Math.min(height, bottom); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, right); x++) {
        ink[y * width + x] = 1;
      }
    }
    return this;
  }

  /** Rules of this thickness and distance, which rise by so much a pixel. */
  SheetPictures rules(int thickness, int pitch, double slope) {
    for (int p = 0; p < ink.length; p++) {
      double place = p / width + 7 + slope * (p % width);
      if (place % pitch < thickness) {
        ink[p] = Math.max(ink[p], 0.8);
      }
    }
    return this;
  }

  /** Rules in both directions. */
  SheetPictures squares(int thickness, int pitch) {
    for (int p = 0; p < ink.length; p++) {
      if ((p / width + 7) % pitch < thickness || (p % width + 4) % pitch < thickness) {
        ink[p] = Math.max(ink[p], 0.8);
      }
    }
    return this;
  }

  /** The outline of a rectangle; the side with this number (left, right, top, bottom) is open. */
  SheetPictures box(int left, int top, int right, int bottom, int thickness, int open) {
    int[][] sides = {
      {left, top, left + thickness, bottom},
      {right - thickness, top, right, bottom},
      {left, top, right, top + thickness},
      {left, bottom - thickness, right, bottom}
    };
    for (int side = 0; side < sides.length; side++) {
      if (side != open) {
        fill(sides[side][0], sides[side][1], sides[side][2], sides[side][3]);
      }
    }
    return this;
  }

  /** Squares of ink of 1 to 3 pixels here and there. */
  SheetPictures specks(int count, long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      int size = 1 + random.nextInt(3);
      fill(x, y, x + size, y + size);
    }
    return this;
  }

  /** Light that falls off evenly in a direction, by this part from edge to edge. */
  SheetPictures shade(double part, double degrees) {
    double across = Math.cos(Math.toRadians(degrees));
    double down = Math.sin(Math.toRadians(degrees));
    for (int p = 0; p < light.length; p++) {
      double place =
          across * (p % width - width / 2.0) + down * (Math.floorDiv(p, width) - height / 2.0);
      light[p] *= 1 - part * (0.5 + place / Math.max(width, height));
    }
    return this;
  }

  /** Light that falls off to the corners. */
  SheetPictures vignette(double part) {
    for (int p = 0; p < light.length; p++) {
      double x = 2.0 * (p % width) / width - 1;
      double y = 2.0 * Math.floorDiv(p, width) / height - 1;
      light[p] *= 1 - part * (x * x + y * y) / 2;
    }
    return this;
  }

  /** A shadow right of a slanted line, whose edge is this many pixels wide. */
  SheetPictures shadow(double part, double from, double edge) {
    for (int p = 0; p < light.length; p++) {
      double place = p % width + 0.4 * Math.floorDiv(p, width) - from * width;
      light[p] *= 1 - part * Math.max(0, Math.min(1, place / edge));
    }
    return this;
  }

  /** Noise of this standard deviation, in levels. */
  SheetPictures noise(double deviation, long seed) {
    Random random = new Random(seed);
    for (int p = 0; p < noise.length; p++) {
      noise[p] += deviation * random.nextGaussian();
    }
    return this;
  }

  /** One pixel of so many black, another white. */
  SheetPictures salt(int oneOf, long seed) {
    Random random = new Random(seed);
    for (int p = 0; p < noise.length; p++) {
      int drawn = random.nextInt(oneOf);
      noise[p] += drawn == 0 ? -255 : drawn == 1 ? 255 : 0;
    }
    return this;
  }

  /** {@return the picture, with paper and ink of this brightness} */
  Picture picture(double paper, double pen) {
    byte[] grey = new byte[ink.length];
    for (int p = 0; p < grey.length; p++) {
      double brightness = (paper + (pen - paper) * ink[p]) * light[p] + noise[p];
      grey[p] = (byte) Math.max(0, Math.min(255, Math.round(brightness)));
    }
    return Pictures.opaque(width, height, grey);
  }

  /** {@return the same as a JPEG file} */
  static Picture asJpeg(Picture picture) {
    BufferedImage image =
        new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.grey());
    return new PictureDecoder(1 << 24).decode(Pictures.file("jpeg", image));
  }
}
