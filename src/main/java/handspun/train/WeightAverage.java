package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * The exponential moving average of the parameters, {@code a' = a + (1 - beta) (w - a)} after every
 * step, as the last of the remembered vectors (Polyak and Juditsky, "Acceleration of Stochastic
 * Approximation by Averaging", 1992; in this form Kingma and Ba, "Adam", ICLR 2015, section 7.2).
 * In step t, {@code beta = min(1 - 1 / n, (t - 1) / (t + 9))}; so it soon forgets how training
 * began. It is the average that is validated, tested and saved.
 *
 * @param of what makes the step
 * @param steps over about how many the average is taken, n, 1 or more
 */
public record WeightAverage(Optimizer of, double steps) implements OptimizerAround {
  @Override
  public int memories() {
    return of.memories() + 1;
  }

  @Override
  public void step(WorkingModel model, Layout layout, Share share, long number, float rate) {
    of.step(model, layout, share, number, rate);
    float[] w = model.w();
    float[] average = model.memory()[memories() - 1];
    float part = part(number);
    for (int l = 1; l < layout.topology().layers(); l++) {
      for (int t = layout.from(l, share), end = layout.to(l, share); t < end; t++) {
        average[t] += part * (w[t] - average[t]);
      }
    }
  }

  /** How much of the new parameters goes into the average, 1 - beta. */
  private float part(long number) {
    double kept = (number - 1.0) / (number + 9.0);
    return (float) (1 - Math.min(1 - 1 / steps, kept));
  }
}
