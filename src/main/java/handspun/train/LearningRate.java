package handspun.train;

import java.util.List;

/**
 * The learning rate of every mini-batch of a training: the plan's rate, after its warm-up as its
 * {@link Schedule} says. In the warm-up it rises in a straight line (Goyal et al., "Accurate, Large
 * Minibatch SGD: Training ImageNet in 1 Hour", 2017, section 2.2).
 */
public final class LearningRate {
  private final float rate;
  private final Schedule schedule;
  private final double ratio;
  private final int every;
  private final int inAnEpoch;
  private final long miniBatches;
  private final long warmUp;

  /**
   * @param inAnEpoch mini-batches in an epoch
   */
  public LearningRate(Plan plan, int inAnEpoch) {
    this.inAnEpoch = inAnEpoch;
    rate = plan.learningRate();
    schedule = plan.get(Hyperparameters.SCHEDULE);
    ratio = plan.get(Hyperparameters.RATE_FACTOR);
    every = plan.get(Hyperparameters.RATE_EPOCHS);
    miniBatches = (long) plan.epochs() * inAnEpoch;
    warmUp = Math.round(plan.get(Hyperparameters.WARM_UP) * (double) inAnEpoch);
  }

  /**
   * @param miniBatch from 0, the first of the first epoch
   * @param stalls how often learning has stalled in the epochs before this one
   * @return its learning rate, rounded to a float
   */
  public float at(long miniBatch, int stalls) {
    if (miniBatch < warmUp) {
      return (float) (rate * (miniBatch + 1.0) / warmUp);
    }
    double epochs = (double) miniBatch / inAnEpoch;
    double done = (double) (miniBatch - warmUp) / (miniBatches - warmUp);
    return (float) (rate * schedule.factor(epochs, done, stalls, ratio, every));
  }

  /**
   * Counts whole numbers, which are the same wherever they are counted.
   *
   * @param epochs that were run, in order
   * @return how often as many epochs as the plan says were no better than the best one before them,
   *     those of an earlier time not counted again; 0 if the rate does not depend on it
   */
  static int stalls(Plan plan, List<EpochSummary> epochs) {
    if (plan.get(Hyperparameters.SCHEDULE) != Schedule.PLATEAU) {
      return 0;
    }
    int stalls = 0;
    int waited = 0;
    EpochSummary best = null;
    for (EpochSummary epoch : epochs) {
      if (best == null || epoch.isBetterThan(best)) {
        best = epoch;
        waited = 0;
      } else if (++waited == plan.get(Hyperparameters.RATE_EPOCHS)) {
        stalls++;
        waited = 0;
      }
    }
    return stalls;
  }
}
