package handspun.image;

/**
 * How far each pixel of a picture is from its paper, to the pen's side: positive where there may be
 * ink, negative on the other side, where there is only noise.
 *
 * @param width pixels across
 * @param height pixels down
 * @param unit parts of one of 255 levels of brightness in which values are counted
 * @param values of each pixel, row by row; not copied
 */
record PenDifferences(int width, int height, int unit, short[] values) {

  /** From a picture's paper. */
  static PenDifferences of(Picture picture, PaperEstimate estimate) {
    int sign = estimate.darkPen() ? 1 : -1;
    return estimate.flat()
        ? ofFlat(picture, estimate.paper().brightness()[0] / Paper.UNIT, sign)
        : ofShaded(picture, estimate.paper(), sign);
  }

  /** Of the picture laid on the paper, which shows through where a pixel is transparent. */
  private static PenDifferences ofFlat(Picture picture, int paper, int sign) {
    short[] values = new short[picture.grey().length];
    if (picture.isOpaque()) {
      for (int p = 0; p < values.length; p++) {
        values[p] = (short) (sign * (paper - (picture.grey()[p] & 0xff)));
      }
    } else {
      for (int p = 0; p < values.length; p++) {
        values[p] = (short) (sign * -(picture.alphaAt(p) * (picture.greyAt(p) - paper) / 255));
      }
    }
    return new PenDifferences(picture.width(), picture.height(), 1, values);
  }

  private static PenDifferences ofShaded(Picture picture, Paper paper, int sign) {
    short[] values = new short[picture.grey().length];
    int[] row = new int[picture.width()];
    for (int y = 0; y < picture.height(); y++) {
      paper.row(y, row);
      for (int x = 0; x < row.length; x++) {
        int p = y * row.length + x;
        values[p] = (short) (sign * (row[x] - picture.greyAt(p) * Paper.UNIT));
      }
    }
    return new PenDifferences(picture.width(), picture.height(), Paper.UNIT, values);
  }

  /** {@return the means of the squares with so many pixels to each side of a middle one} */
  PenDifferences smoothed(int radius) {
    short[] across = new short[values.length];
    short[] both = new short[values.length];
    for (int y = 0; y < height; y++) {
      smooth(values, across, y * width, 1, width, radius);
    }
    for (int x = 0; x < width; x++) {
      smooth(across, both, x, width, height, radius);
    }
    return new PenDifferences(width, height, unit, both);
  }

  private static void smooth(short[] from, short[] to, int start, int step, int count, int radius) {
    int sum = 0;
    int window = 0;
    for (int i = -radius; i < count; i++) {
      if (i + radius < count) {
        sum += from[start + (i + radius) * step];
        window++;
      }
      if (i - radius - 1 >= 0) {
        sum -= from[start + (i - radius - 1) * step];
        window--;
      }
      if (i >= 0) {
        to[start + i * step] = (short) Math.round((float) sum / window);
      }
    }
  }
}
