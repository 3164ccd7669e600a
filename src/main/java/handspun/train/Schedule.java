package handspun.train;

import handspun.math.Power;
import java.util.Locale;

/** How the learning rate goes from mini-batch to mini-batch: {@link LearningRate}. */
public enum Schedule {
  /** It stays the plan's rate. */
  CONSTANT {
    @Override
    double factor(double epochs, double done, int stalls, double ratio, int every) {
      return 1;
    }
  },

  /** After every so many epochs it is multiplied by the ratio. */
  STEP {
    @Override
    double factor(double epochs, double done, int stalls, double ratio, int every) {
      return Power.of(ratio, Math.floor(epochs / every));
    }
  },

  /** The same, but a little of it in every mini-batch. */
  EXPONENTIAL {
    @Override
    double factor(double epochs, double done, int stalls, double ratio, int every) {
      return Power.of(ratio, epochs / every);
    }
  },

  /**
   * From the plan's rate to 0 along half a wave of the cosine, {@code eta / 2 (1 + cos(pi t / T))}
   * in mini-batch t of T (Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm
   * Restarts", 2016, equation 5, down to 0 and without a restart).
   */
  COSINE {
    @Override
    double factor(double epochs, double done, int stalls, double ratio, int every) {
      return (1 + StrictMath.cos(Math.PI * done)) / 2;
    }
  },

  /**
   * Whenever so many epochs were no better than the best one before, by validation examples, it is
   * multiplied by the ratio, as by 1/2 (Nielsen, "Neural Networks and Deep Learning", chapter 3,
   * "Learning rate schedule").
   */
  PLATEAU {
    @Override
    double factor(double epochs, double done, int stalls, double ratio, int every) {
      return Power.of(ratio, stalls);
    }
  };

  /**
   * In double precision, with functions that are the same on every machine.
   *
   * @param epochs since training began, with the part of the one that runs
   * @param done how much of the training is done since the warm-up, 0 to less than 1
   * @param stalls how often learning has stalled
   * @param ratio of the learning rate after a change to that before
   * @param every how many epochs it is about
   * @return the learning rate then, as a part of the plan's
   */
  abstract double factor(double epochs, double done, int stalls, double ratio, int every);

  /** {@return whether another number of epochs would be another rate from the start} */
  public boolean dependsOnEpochs() {
    return this == COSINE;
  }

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
