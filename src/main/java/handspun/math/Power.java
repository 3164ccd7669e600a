package handspun.math;

/**
 * Powers in double precision that are the same on every machine, by {@link StrictMath}. Not its
 * {@code pow}, which makes objects.
 */
public final class Power {
  private Power() {}

  /**
   * @param base 0 or more
   * @param exponent above 0, or 0 if the base is above 0
   * @return {@code exp(exponent * ln(base))}
   */
  public static double of(double base, double exponent) {
    return StrictMath.exp(exponent * StrictMath.log(base));
  }
}
