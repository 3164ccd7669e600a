package handspun.bench;

import java.util.Locale;

/** Numbers as a table shows them: three digits that count, a dash for what is unknown. */
final class Figures {
  private static final String UNKNOWN = "-";

  private Figures() {}

  /**
   * @param spread of anything
   * @return its ends, such as 0.0158 to 0.0171
   */
  static String range(Spread spread) {
    return spread.isKnown()
        ? threeDigits(spread.min()) + " to " + threeDigits(spread.max())
        : UNKNOWN;
  }

  /**
   * @param value of any size; infinity for what never came, NaN if it is unknown
   * @return it with about three digits, such as 0.0162, 2.04, 61.2 and 128
   */
  static String threeDigits(double value) {
    if (Double.isNaN(value)) {
      return UNKNOWN;
    }
    if (Double.isInfinite(value)) {
      return "never";
    }
    double size = Math.abs(value);
    int decimals =
        size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : size >= 0.09995 ? 3 : 4;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /**
   * @param number how many
   * @param one what one of them is called
   * @return such as 1 core and 2 cores
   */
  static String count(int number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /**
   * @param value NaN and infinity if there is none
   * @return the field of a CSV file
   */
  static String csv(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
  }

  /**
   * @param text of any kind
   * @return the field of a CSV file (RFC 4180)
   */
  static String csv(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
