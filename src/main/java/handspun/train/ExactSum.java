package handspun.train;

/**
 * A sum of costs that does not depend on the order of its parts: fixed point with 32 binary places
 * in 64 bits, where addition is associative. Good for sums up to 2^31 with an error of at most
 * 2^-33 a part.
 */
public final class ExactSum {
  private static final double ONE = 0x1p32;

  /** Once a part is not a number, the sum is not. */
  private static final long NOT_A_NUMBER = Long.MIN_VALUE;

  private long fixedPoint;

  /**
   * @param part 0 or more, or NaN
   */
  public void add(double part) {
    addFixedPoint(Double.isFinite(part) ? Math.round(part * ONE) : NOT_A_NUMBER);
  }

  /**
   * @param other the {@link #fixedPoint()} of another sum
   */
  public void addFixedPoint(long other) {
    fixedPoint =
        fixedPoint == NOT_A_NUMBER || other == NOT_A_NUMBER ? NOT_A_NUMBER : fixedPoint + other;
  }

  /**
   * @return the sum in units of 2^-32, for a message
   */
  public long fixedPoint() {
    return fixedPoint;
  }

  /**
   * @return the sum; NaN if a part was
   */
  public double value() {
    return fixedPoint == NOT_A_NUMBER ? Double.NaN : fixedPoint / ONE;
  }

  /** Back to 0. */
  public void reset() {
    fixedPoint = 0;
  }
}
