package handspun.train;

import java.util.Locale;

/** Which {@link Optimizer} makes the steps. */
public enum OptimizerChoice {
  /** {@link GradientDescent}, or with a momentum {@link Momentum}. */
  SGD,
  /** {@link Nesterov}; without a momentum {@link GradientDescent}. */
  NESTEROV,
  /** {@link Adam}. */
  ADAM;

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
