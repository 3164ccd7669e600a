package handspun.math;

/**
 * The natural logarithm in double precision, with an absolute error of at most 1e-12.
 *
 * <p>{@link Math#log} may differ by an ulp between machines; this one is additions, multiplications
 * and one division in a fixed order. Method: {@code x = 2^n m} with {@code m} between the square
 * roots of 1/2 and 2, and {@code ln m = 2 artanh(s)} with {@code s = (m - 1) / (m + 1)}, whose
 * Taylor series in {@code s} is broken off after {@code s^15} ({@code |s| < 0.172}).
 */
public final class Log {
  private static final double LN2 = 0.6931471805599453;
  private static final double SQUARE_ROOT_OF_2 = 1.4142135623730951;

  private Log() {}

  /** {@return ln x of a normal number above 0, exactly 0 for 1; NaN for NaN} */
  public static double log(double x) {
    int n = Math.getExponent(x);
    double m = Math.scalb(x, -n);
    if (m > SQUARE_ROOT_OF_2) {
      m /= 2;
      n++;
    }
    double s = (m - 1) / (m + 1);
    double q = s * s;
    double series = 1.0 / 15;
    for (int odd = 13; odd > 0; odd -= 2) {
      series = series * q + 1.0 / odd;
    }
    return n * LN2 + 2 * s * series;
  }
}
