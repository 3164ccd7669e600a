package handspun.bench;

import java.util.Arrays;
import java.util.Collection;

/**
 * Where several measurements of one thing lie.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param min the least
 * @param max the greatest
 */
record Spread(double median, double min, double max) {
  /** Of no measurements at all. */
  static final Spread NONE = new Spread(Double.NaN, Double.NaN, Double.NaN);

  /**
   * @param values any number of them, in any order; infinity is allowed
   * @return their spread; {@link #NONE} if there are none
   */
  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    if (sorted.length == 0) {
      return NONE;
    }
    Arrays.sort(sorted);
    double low = sorted[(sorted.length - 1) / 2];
    double high = sorted[sorted.length / 2];
    // Two infinities have no mean.
    return new Spread(low == high ? low : (low + high) / 2, sorted[0], sorted[sorted.length - 1]);
  }

  Spread times(double factor) {
    return new Spread(median * factor, min * factor, max * factor);
  }

  boolean isKnown() {
    return !Double.isNaN(median);
  }
}
