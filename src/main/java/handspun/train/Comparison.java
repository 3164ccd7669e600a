package handspun.train;

import org.apache.commons.math3.distribution.BinomialDistribution;
import org.apache.commons.math3.special.Erf;

/**
 * Two networks on the same examples: how many both read correctly, one alone, or neither.
 *
 * <p>Whether one is better is asked by McNemar's test ("Note on the sampling error of the
 * difference between correlated proportions or percentages", Psychometrika 12, 1947), which
 * Dietterich recommends for two classifiers that were trained once ("Approximate Statistical Tests
 * for Comparing Supervised Classification Learning Algorithms", Neural Computation 10, 1998). If
 * both were equally good, each of the examples that only one reads correctly would be as likely one
 * network's as the other's.
 *
 * @param both examples that both read correctly
 * @param onlyFirst that the first one alone reads correctly
 * @param onlySecond that the second one alone reads correctly
 * @param neither that none reads correctly
 */
public record Comparison(int both, int onlyFirst, int onlySecond, int neither) {
  /** Differences that come by chance at most this often are called significant. */
  public static final double LEVEL = 0.05;

  /** With fewer examples that only one reads correctly, chi-squared is no good approximation. */
  private static final int FEWEST_FOR_CHI_SQUARED = 25;

  /**
   * @param first what one network makes of some examples
   * @param second what another one makes of the same examples
   * @return both, example by example
   */
  public static Comparison of(Evaluation first, Evaluation second) {
    if (first.total() != second.total()) {
      throw new IllegalArgumentException(
          first.total() + " examples are not the same as " + second.total() + ".");
    }
    int[] counts = new int[4];
    for (int i = 0; i < first.total(); i++) {
      counts[(first.isCorrect(i) ? 0 : 2) + (second.isCorrect(i) ? 0 : 1)]++;
    }
    return new Comparison(counts[0], counts[1], counts[2], counts[3]);
  }

  /** {@return number of examples} */
  public int total() {
    return both + onlyFirst + onlySecond + neither;
  }

  /** {@return accuracy of the second less that of the first, -1..1} */
  public double difference() {
    return (double) (onlySecond - onlyFirst) / total();
  }

  /** {@return whether {@link #pValue} is that of the exact test, not of chi-squared} */
  public boolean isExact() {
    return onlyFirst + onlySecond < FEWEST_FOR_CHI_SQUARED;
  }

  /**
   * {@return McNemar's statistic with continuity correction, {@code (|b - c| - 1)^2 / (b + c)},
   * where b and c are the numbers of examples that only one reads correctly; 0 if these are equal}
   */
  public double chiSquared() {
    if (onlyFirst == onlySecond) {
      return 0;
    }
    double distance = Math.abs(onlyFirst - onlySecond) - 1;
    return distance * distance / (onlyFirst + onlySecond);
  }

  /**
   * How likely a difference like this one or a larger one is by chance, in either direction, if
   * both networks are equally good: exactly, by the binomial distribution, where only one is
   * correct of fewer than {@value #FEWEST_FOR_CHI_SQUARED} examples; else by chi-squared with one
   * degree of freedom.
   *
   * @return 0..1
   */
  public double pValue() {
    if (isExact()) {
      int fewer = Math.min(onlyFirst, onlySecond);
      BinomialDistribution chance = new BinomialDistribution(null, onlyFirst + onlySecond, 0.5);
      return Math.min(1, 2 * chance.cumulativeProbability(fewer));
    }
    // What is above it of the square of a normal variable.
    return Erf.erfc(Math.sqrt(chiSquared() / 2));
  }

  /** {@return whether such a difference comes by chance less often than {@link #LEVEL}} */
  public boolean isSignificant() {
    return pValue() < LEVEL;
  }
}
