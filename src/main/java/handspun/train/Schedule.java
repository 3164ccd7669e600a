package handspun.train;

import java.util.Locale;

/** How the learning rate goes from mini-batch to mini-batch. */
public enum Schedule {
  /** It stays the plan's rate. */
  CONSTANT {
    @Override
    public float rate(float rate, long miniBatch, long miniBatches) {
      return rate;
    }
  },

  /**
   * From the plan's rate to 0 along half a wave of the cosine, {@code eta / 2 (1 + cos(pi t / T))}
   * in mini-batch t of T (Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm
   * Restarts", 2016, equation 5, down to 0 and without a restart). In double precision, the
   * quotient first, with a cosine that is the same on every machine; then rounded to a float.
   */
  COSINE {
    @Override
    public float rate(float rate, long miniBatch, long miniBatches) {
      double done = (double) miniBatch / miniBatches;
      return (float) (rate * (1 + StrictMath.cos(Math.PI * done)) / 2);
    }
  };

  /**
   * @param rate the plan's learning rate
   * @param miniBatch from 0, the first of the first epoch
   * @param miniBatches of all epochs of the plan
   * @return the learning rate of that mini-batch
   */
  public abstract float rate(float rate, long miniBatch, long miniBatches);

  /** {@return whether another number of epochs would be another rate from the start} */
  public boolean dependsOnEpochs() {
    return this != CONSTANT;
  }

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
