package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * Nesterov's accelerated gradient, {@code v' = mu v - eta / m * sum}, {@code w' = w - mu v + (1 +
 * mu) v'}: momentum whose gradient is taken where the momentum alone would lead. What is called w
 * is that place (Sutskever et al., "On the importance of initialization and momentum in deep
 * learning", ICML 2013, equations 3 and 4; in this form Bengio et al., "Advances in optimizing
 * recurrent networks", 2012, equation 7).
 *
 * @param mu how much of a step the next one keeps, above 0 and below 1
 */
public record Nesterov(float mu) implements Optimizer {
  @Override
  public int memories() {
    return 1;
  }

  @Override
  public float[] prepare(WorkingModel model, Layout layout, Share share, long number, float rate) {
    float[] w = model.w();
    float[] v = model.memory()[0];
    for (int l = 1; l < layout.topology().layers(); l++) {
      for (int t = layout.from(l, share), end = layout.to(l, share); t < end; t++) {
        v[t] *= mu;
        w[t] -= v[t];
      }
    }
    return v;
  }

  @Override
  public void step(WorkingModel model, Layout layout, Share share, long number, float rate) {
    float[] w = model.w();
    float[] v = model.memory()[0];
    float ahead = 1 + mu;
    for (int l = 1; l < layout.topology().layers(); l++) {
      for (int t = layout.from(l, share), end = layout.to(l, share); t < end; t++) {
        w[t] += ahead * v[t];
      }
    }
  }
}
