package handspun.tune;

import handspun.math.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All numbers from one to another, both included.
 *
 * @param from below {@code to}; above 0 on a logarithmic scale
 * @param step what lies between two values; empty for every number, rounded to four digits
 * @param whole whether only whole numbers are meant
 */
record Range(BigDecimal from, BigDecimal to, Scale scale, Optional<BigDecimal> step, boolean whole)
    implements Domain {
  /** Enough for any hyperparameter, and few enough to be read. */
  private static final MathContext DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);

  @Override
  public String draw(RandomStream random) {
    double share = random.nextDouble();
    BigDecimal number = step.map(size -> onStep(size, share)).orElseGet(() -> anywhere(share));
    return number.max(from).min(to).stripTrailingZeros().toPlainString();
  }

  private BigDecimal onStep(BigDecimal size, double share) {
    BigDecimal steps = to.subtract(from).divideToIntegralValue(size);
    double passed = Math.floor(share * (steps.doubleValue() + 1));
    return from.add(size.multiply(BigDecimal.valueOf(passed)));
  }

  private BigDecimal anywhere(double share) {
    double first = from.doubleValue();
    if (whole) {
      // Up to the next one, so that the last one is as likely as its neighbours.
      double end = to.doubleValue() + 1;
      return new BigDecimal(Math.floor(scale.between(first, end, share)));
    }
    return new BigDecimal(scale.between(first, to.doubleValue(), share)).round(DIGITS);
  }

  @Override
  public boolean varies() {
    return true;
  }

  @Override
  public Object told() {
    Map<String, String> told = new LinkedHashMap<>();
    told.put(DomainReader.FROM, plain(from));
    told.put(DomainReader.TO, plain(to));
    told.put(DomainReader.SCALE, scale.toString());
    step.ifPresent(size -> told.put(DomainReader.STEP, plain(size)));
    return told;
  }

  @Override
  public String words() {
    return plain(from)
        + " to "
        + plain(to)
        + (scale == Scale.LOG ? " (log)" : "")
        + step.map(size -> " in steps of " + plain(size)).orElse("");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }
}
