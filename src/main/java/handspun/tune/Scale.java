package handspun.tune;

import java.util.Locale;

/** What is as likely in a range of numbers. */
enum Scale {
  /** Each difference: 1 to 2 is drawn as often as 8 to 9. */
  LINEAR {
    @Override
    double between(double from, double to, double share) {
      return from + share * (to - from);
    }
  },

  /** Each ratio: 0.01 to 0.02 is drawn as often as 0.5 to 1. */
  LOG {
    @Override
    double between(double from, double to, double share) {
      double low = StrictMath.log(from);
      return StrictMath.exp(low + share * (StrictMath.log(to) - low));
    }
  };

  /**
   * @param from below {@code to}
   * @param share 0 to 1
   * @return the number that has this share of the way from one to the other behind it
   */
  abstract double between(double from, double to, double share);

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
