package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * Gradient descent with momentum, {@code v' = mu v - eta / m * sum}, {@code w' = w + v'} (Nielsen,
 * "Neural Networks and Deep Learning", chapter 3, equations 107 and 108): steps in the same
 * direction grow up to {@code 1 / (1 - mu)} times as long.
 *
 * @param mu how much of a step the next one keeps, above 0 and below 1
 */
public record Momentum(float mu) implements Optimizer {
  @Override
  public int memories() {
    return 1;
  }

  @Override
  public float[] prepare(WorkingModel model, Layout layout, Share share, long number, float rate) {
    float[] v = model.memory()[0];
    for (int l = 1; l < layout.topology().layers(); l++) {
      for (int t = layout.from(l, share), end = layout.to(l, share); t < end; t++) {
        v[t] *= mu;
      }
    }
    return v;
  }

  @Override
  public void step(WorkingModel model, Layout layout, Share share, long number, float rate) {
    float[] w = model.w();
    float[] v = model.memory()[0];
    for (int l = 1; l < layout.topology().layers(); l++) {
      for (int t = layout.from(l, share), end = layout.to(l, share); t < end; t++) {
        w[t] += v[t];
      }
    }
  }
}
