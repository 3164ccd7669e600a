package handspun.tune;

import handspun.UsageException;

/**
 * Successive halving (Jamieson and Talwalkar, "Non-stochastic Best Arm Identification and
 * Hyperparameter Optimization", AISTATS 2016; a bracket of Hyperband: Li, Jamieson, DeSalvo,
 * Rostamizadeh and Talwalkar, JMLR 18(185), 2018). All n trials are trained for a part of their
 * epochs, the best n / eta of them go on to eta times as many, and so on: in rung k of s, counted
 * from 0, {@code floor(n / eta^k)} trials come to {@code ceil(E / eta^(s - 1 - k))} of the E epochs
 * of their plans. There are as many rungs as trials and epochs allow. With one rung it is plain
 * random search.
 *
 * @param eta which part goes on; 1 for plain random search
 * @param trials n
 * @param rungs s
 */
public record Halving(int eta, int trials, int rungs) {

  /**
   * @param eta which part goes on, at least 2; 0 or 1 for plain random search
   * @param trials how many there are
   * @param epochs the most that a plan has
   * @return the halving of these
   * @throws UsageException if a number is impossible
   */
  public static Halving of(int eta, int trials, int epochs) {
    if (trials < 1) {
      throw new UsageException("trials is %d, but must be at least 1.".formatted(trials));
    }
    if (eta < 0) {
      throw new UsageException(
          "halving is %d, but must be at least 2, or 0 for none.".formatted(eta));
    }
    int rungs = 1;
    if (eta > 1) {
      for (long power = eta; power <= Math.min(trials, epochs); power *= eta) {
        rungs++;
      }
    }
    return new Halving(Math.max(1, eta), trials, rungs);
  }

  /** {@return how many trials there are in a rung, from 0} */
  public int trialsIn(int rung) {
    return (int) (trials / power(rung));
  }

  /** {@return to which epoch a plan of so many is trained in a rung, from 0} */
  public int epochsIn(int rung, int epochs) {
    long parts = power(rungs - 1 - rung);
    return (int) ((epochs + parts - 1) / parts);
  }

  private long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= eta;
    }
    return power;
  }
}
