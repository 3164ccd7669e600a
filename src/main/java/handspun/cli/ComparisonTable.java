package handspun.cli;

import handspun.train.Comparison;
import java.util.Locale;

/** A comparison as text for a terminal. Lines end with a newline; numbers have a point. */
final class ComparisonTable {
  /** Smaller ones are not told apart. */
  private static final double LEAST_P = 1e-4;

  private ComparisonTable() {}

  /** {@return which networks, on what, how many each reads correctly, and what follows} */
  static String of(TestedModel a, TestedModel b, Comparison comparison, String data) {
    return "A           %s\nB           %s\nData        %s, %d test images\n\n%s\n%s\n"
        .formatted(
            a.withAccuracy(),
            b.withAccuracy(),
            data,
            comparison.total(),
            counts(comparison),
            verdict(comparison));
  }

  /** {@return the contingency table: a row by what A makes of an image, a column by B} */
  static String counts(Comparison comparison) {
    return "           B correct   B wrong\n"
        + row("A correct", comparison.both(), comparison.onlyFirst())
        + row("A wrong", comparison.onlySecond(), comparison.neither());
  }

  private static String row(String name, int correct, int wrong) {
    return String.format(Locale.ROOT, "%-9s  %9d %9d\n", name, correct, wrong);
  }

  /** {@return what follows, in a sentence} */
  static String verdict(Comparison comparison) {
    int only = comparison.onlyFirst() + comparison.onlySecond();
    if (only == 0) {
      return "There is no difference: A and B are correct on the same images.";
    }
    if (comparison.difference() == 0) {
      return "There is no difference in accuracy, though only one of them is correct on %d images."
          .formatted(only);
    }
    return String.format(
        Locale.ROOT,
        "%s is better by %.2f points, which %s: p %s (McNemar's test, %s).",
        comparison.difference() > 0 ? "B" : "A",
        100 * Math.abs(comparison.difference()),
        comparison.isSignificant() ? "is significant" : "may be chance",
        p(comparison.pValue()),
        comparison.isExact() ? "exact" : "chi-squared");
  }

  private static String p(double value) {
    return value < LEAST_P
        ? String.format(Locale.ROOT, "< %.4f", LEAST_P)
        : String.format(Locale.ROOT, "= %.4f", value);
  }
}
