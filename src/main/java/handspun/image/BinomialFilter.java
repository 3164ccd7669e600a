package handspun.image;

/** The mean of a number, twice, and its two neighbours, which makes a line smooth. */
public final class BinomialFilter {
  private BinomialFilter() {}

  /**
   * Replaces each number but the first and the last by that mean of what there was before.
   *
   * @param numbers such as how far right the points of a line are
   * @param from the first
   * @param to one past the last
   */
  public static void smooth(double[] numbers, int from, int to) {
    double before = numbers[from];
    for (int i = from + 1; i < to - 1; i++) {
      double number = numbers[i];
      numbers[i] = (before + 2 * number + numbers[i + 1]) / 4;
      before = number;
    }
  }
}
