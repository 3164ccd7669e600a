package handspun.image;

/**
 * How much the paper varies, and which threshold follows from it.
 *
 * <p>Paper that was photographed has the noise of the camera, the texture of the paper and what is
 * wrong about the estimate of its brightness. All of this goes to both sides of the paper's
 * brightness, but the pen only to one, so the other side shows the noise alone: its standard
 * deviation by the median absolute deviation (Hampel, "The influence curve and its role in robust
 * estimation", 1974), which a few strange pixels do not change, and its extremes.
 *
 * <p>Where noise is strong, pixels are averaged with their neighbours first, over the smallest
 * square that brings the noise well below the pen.
 *
 * @param differences of the picture from its paper, averaged if need be
 * @param radius pixels to each side over which they were averaged
 * @param deviation of the noise that is left, in the differences' unit
 * @param extreme what one of two hundred pixels on the side without a pen surpasses
 */
record PaperNoise(PenDifferences differences, int radius, double deviation, int extreme) {
  private static final int LARGEST_RADIUS = 3;

  /** From a median of absolute values to a standard deviation. */
  private static final double OF_MEDIAN = 1.4826;

  /** Deviations that the noise of a picture nearly never reaches. */
  private static final double SURE = 4.5;

  /** Deviations that the noise of no picture reaches. */
  private static final double CERTAIN = 6.5;

  /** The most of a pen's contrast that a threshold may take. */
  private static final double MOST_TAKEN = 0.4;

  /** The least, against the noise of JPEG. */
  private static final double LEAST_TAKEN = 0.1;

  /** Of paper that is known to have none. */
  static PaperNoise none(PenDifferences differences) {
    return new PaperNoise(differences, 0, 0, 0);
  }

  /** {@return whether most of the paper is exactly as bright as it was estimated} */
  boolean isNone() {
    return deviation == 0;
  }

  /** Measures, and averages if need be. */
  static PaperNoise of(PenDifferences differences) {
    PaperNoise noise = measured(differences, 0);
    for (int radius = 1; radius <= LARGEST_RADIUS && noise.isStrong(); radius++) {
      noise = measured(differences.smoothed(radius), radius);
    }
    return noise;
  }

  private static PaperNoise measured(PenDifferences differences, int radius) {
    ValueCounts other = ValueCounts.ofNegated(differences);
    return new PaperNoise(
        differences, radius, OF_MEDIAN * other.quantile(0.5), other.quantile(0.99));
  }

  /**
   * Whether a threshold that is sure would take too much of the pen, whose strongest pixels are.
   */
  private boolean isStrong() {
    int pen = ValueCounts.of(differences).quantile(0.99);
    return SURE * deviation > 0.35 * pen;
  }

  /**
   * {@return the level for what there is in the differences now} Full ink is what a tenth of the
   * pixels surpasses that are at all dark beside the darkest three of ten thousand.
   */
  PenLevel level() {
    ValueCounts pen = ValueCounts.of(differences);
    int sure = (int) Math.ceil(Math.max(SURE * deviation, 1));
    int darkest = pen.exceededBy(3e-4 * differences.values().length);
    int contrast = pen.quantileAbove(Math.max(sure, darkest / 3), 0.9);
    int least = least(contrast, sure);
    return new PenLevel(contrast, least, Math.max(least, (int) Math.ceil(CERTAIN * deviation)));
  }

  private int least(int contrast, int sure) {
    double wrong = Math.min(1.25 * extreme, MOST_TAKEN * contrast);
    return (int) Math.ceil(Math.max(Math.max(sure, wrong), LEAST_TAKEN * contrast));
  }
}
