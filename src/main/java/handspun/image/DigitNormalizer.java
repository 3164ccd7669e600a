package handspun.image;

import java.util.Optional;

/**
 * Makes of a drawn digit what MNIST's makers made of theirs (LeCun, Cortes, Burges, "The MNIST
 * database of handwritten digits"): fitted into 20 x 20 pixels with its proportions kept, and
 * placed on 28 x 28 so that its centre of mass lies in the middle.
 */
public final class DigitNormalizer {
  /** Width and height of the result. */
  public static final int SIZE = 28;

  /** Number of pixels of the result. */
  public static final int PIXELS = SIZE * SIZE;

  private static final int BOX = 20;

  /** Where MNIST's digits have their centre of mass, across and down, counting pixels from 0. */
  private static final double CENTRE = 14.0;

  private DigitNormalizer() {}

  /**
   * @param picture a digit, dark on light or light on dark
   * @return what a network can read; empty if the picture is blank
   */
  public static Optional<NormalizedDigit> normalize(Picture picture) {
    return normalize(Sheet.of(picture));
  }

  static Optional<NormalizedDigit> normalize(Sheet sheet) {
    return sheet.ink().map(ink -> new NormalizedDigit(place(fit(ink)), sheet.digits()));
  }

  private static double[][] fit(Ink ink) {
    double width = ink.right() - ink.left();
    double height = ink.bottom() - ink.top();
    double longer = Math.max(width, height);
    return AreaAveraging.resample(ink, BOX * width / longer, BOX * height / longer);
  }

  private static byte[] place(double[][] box) {
    double mass = 0;
    double massTimesColumn = 0;
    double massTimesRow = 0;
    double strongest = 0;
    for (int row = 0; row < box.length; row++) {
      for (int column = 0; column < box[row].length; column++) {
        double ink = box[row][column];
        mass += ink;
        massTimesColumn += ink * column;
        massTimesRow += ink * row;
        strongest = Math.max(strongest, ink);
      }
    }
    int left = start(massTimesColumn / mass, box[0].length);
    int top = start(massTimesRow / mass, box.length);
    // Thin strokes have become faint.
    double stretch = 255 / strongest;
    byte[] pixels = new byte[PIXELS];
    for (int row = 0; row < box.length; row++) {
      for (int column = 0; column < box[row].length; column++) {
        pixels[(top + row) * SIZE + left + column] = (byte) Math.round(stretch * box[row][column]);
      }
    }
    return pixels;
  }

  /** Where the box starts: the centre of mass in the middle, but no ink outside. */
  static int start(double centreOfMass, int size) {
    long start = Math.round(CENTRE - centreOfMass);
    return (int) Math.max(0, Math.min(start, SIZE - size));
  }
}
