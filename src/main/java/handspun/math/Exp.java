package handspun.math;

/**
 * The exponential function in single precision, with a relative error of at most 1e-7.
 *
 * <p>{@link Math#exp} may differ by an ulp between machines and has no vector form; this one is
 * additions, multiplications and fused multiply-adds in a fixed order, which any width of SIMD can
 * repeat bit for bit. Method: Cody and Waite's two-step reduction {@code x = n ln 2 + r} with
 * {@code |r| <= ln 2 / 2}, a polynomial for {@code exp(r)} (Taylor's coefficients up to degree 7,
 * which leave less than an ulp on that interval), and {@code 2^n} put together as bits.
 */
public final class Exp {
  /** Inputs beyond these give the value at the limit: 1.2e-38 and 1.6e38. */
  static final float LOWEST = -87.3f;

  static final float HIGHEST = 88f;

  static final float LOG2_E = 1.44269504f;

  /** Adding and subtracting 1.5 * 2^23 rounds to the nearest integer, as a vector unit can too. */
  static final float ROUNDER = 12582912f;

  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float C7 = 1f / 5040;
  static final float C6 = 1f / 720;
  static final float C5 = 1f / 120;
  static final float C4 = 1f / 24;
  static final float C3 = 1f / 6;
  static final float C2 = 1f / 2;

  private Exp() {}

  /** {@return e to the power of any {@code x}; NaN for NaN} */
  public static float exp(float x) {
    float clamped = Math.min(Math.max(x, LOWEST), HIGHEST);
    float n = Math.fma(clamped, LOG2_E, ROUNDER) - ROUNDER;
    float r = Math.fma(n, -LN2_HIGH, clamped);
    r = Math.fma(n, -LN2_LOW, r);
    float y = Math.fma(C7, r, C6);
    y = Math.fma(y, r, C5);
    y = Math.fma(y, r, C4);
    y = Math.fma(y, r, C3);
    y = Math.fma(y, r, C2);
    y = Math.fma(y, r, 1f);
    y = Math.fma(y, r, 1f);
    return y * Float.intBitsToFloat(((int) n + 127) << 23);
  }
}
