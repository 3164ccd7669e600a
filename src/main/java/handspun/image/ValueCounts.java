package handspun.image;

/**
 * How often each value occurs on one side of the paper's brightness. Pixels that are exactly as
 * bright as the paper count half for each side.
 */
final class ValueCounts {
  private final int[] counts;

  private ValueCounts(PenDifferences differences, int sign) {
    counts = new int[256 * differences.unit() + 1];
    for (short value : differences.values()) {
      if (sign * value >= 0) {
        counts[sign * value]++;
      }
    }
    counts[0] /= 2;
  }

  /** Of the pen's side. */
  static ValueCounts of(PenDifferences differences) {
    return new ValueCounts(differences, 1);
  }

  /** Of the other side, without its sign. */
  static ValueCounts ofNegated(PenDifferences differences) {
    return new ValueCounts(differences, -1);
  }

  /** {@return the value that this part of them does not surpass; 0 if there are none} */
  int quantile(double part) {
    return quantileAbove(-1, part);
  }

  /** {@return the same of the values above this one} */
  int quantileAbove(int least, double part) {
    long all = 0;
    for (int value = least + 1; value < counts.length; value++) {
      all += counts[value];
    }
    long below = 0;
    for (int value = least + 1; value < counts.length; value++) {
      below += counts[value];
      if (counts[value] > 0 && below >= part * all) {
        return value;
      }
    }
    return 0;
  }

  /** {@return the largest value that at least so many surpass or have, or 0} */
  int exceededBy(double many) {
    long above = 0;
    int value = counts.length;
    while (value > 0 && above < Math.max(1, many)) {
      value--;
      above += counts[value];
    }
    return value;
  }
}
