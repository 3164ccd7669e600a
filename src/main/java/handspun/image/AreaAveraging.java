package handspun.image;

/**
 * Resampling by area: every new pixel is the mean of what it covers, where a pixel that is covered
 * in part counts by that part. Exact at every scale, smaller or larger.
 */
final class AreaAveraging {
  private AreaAveraging() {}

  /**
   * {@return the means, 0 to 255, of the part of a picture that has ink, in rows of so many new
   * pixels, rounded up} Columns and rows start at the edge of a new pixel; where they end within
   * one, the rest of that pixel counts as empty.
   */
  static double[][] resample(Ink ink, double newWidth, double newHeight) {
    int columns = (int) Math.ceil(newWidth);
    int rows = (int) Math.ceil(newHeight);
    int width = ink.right() - ink.left();
    int height = ink.bottom() - ink.top();
    Coverage across = new Coverage(width, newWidth);
    Coverage down = new Coverage(height, newHeight);
    double[][] shares = new double[columns][];
    for (int column = 0; column < columns; column++) {
      shares[column] = across.shares(column);
    }
    double[][] means = new double[rows][columns];
    double[] line = new double[columns];
    for (int y = 0; y < height; y++) {
      int from = (ink.top() + y) * ink.width() + ink.left();
      for (int column = 0; column < columns; column++) {
        line[column] = sum(ink.amount(), from + across.first(column), shares[column]);
      }
      for (int row = down.firstCovering(y); row < rows && down.of(y, row) > 0; row++) {
        double share = down.of(y, row);
        for (int column = 0; column < columns; column++) {
          means[row][column] += share * line[column];
        }
      }
    }
    return means;
  }

  private static double sum(byte[] amount, int from, double[] shares) {
    double sum = 0;
    for (int i = 0; i < shares.length; i++) {
      sum += shares[i] * (amount[from + i] & 0xff);
    }
    return sum;
  }

  /** How old pixels share out to new ones along one axis. */
  private record Coverage(int size, double newSize) {
    /** The first old pixel that a new one covers. */
    int first(int newPixel) {
      return (int) (newPixel * size / newSize);
    }

    /** One past the last old pixel that a new one covers. */
    int end(int newPixel) {
      return (int) Math.min(size, Math.ceil((newPixel + 1) * size / newSize));
    }

    /** The parts of a new pixel that the old ones fill which it covers. */
    double[] shares(int newPixel) {
      int first = first(newPixel);
      double[] shares = new double[Math.max(0, end(newPixel) - first)];
      for (int i = 0; i < shares.length; i++) {
        shares[i] = of(first + i, newPixel);
      }
      return shares;
    }

    int firstCovering(int pixel) {
      return (int) (pixel * newSize / size);
    }

    /** The part of a new pixel that an old one fills, 0 to 1. */
    double of(int pixel, int newPixel) {
      double from = Math.max(pixel * newSize / size, newPixel);
      double to = Math.min((pixel + 1) * newSize / size, newPixel + 1);
      return Math.max(0, to - from);
    }
  }
}
