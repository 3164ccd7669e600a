package handspun.train;

import handspun.math.Power;
import handspun.math.Share;
import handspun.network.Layout;
import java.util.Arrays;

/**
 * Adam: with the mean gradient g of the mini-batch t, {@code m' = beta1 m + (1 - beta1) g}, {@code
 * v' = beta2 v + (1 - beta2) g^2}, {@code w' = w - eta m^ / (sqrt(v^) + epsilon)}, where {@code m^
 * = m' / (1 - beta1^t)} and {@code v^ = v' / (1 - beta2^t)} (Kingma and Ba, "Adam: A Method for
 * Stochastic Optimization", ICLR 2015, algorithm 1). Each weight has steps of about the learning
 * rate, however large its gradient is. What is remembered in place of m is -m.
 *
 * @param beta1 how much of the mean gradient is kept, 0 to less than 1
 * @param beta2 how much of the mean square is kept, 0 to less than 1
 */
public record Adam(float beta1, float beta2) implements Optimizer {
  private static final float EPSILON = 1e-8f;

  @Override
  public int memories() {
    return 2;
  }

  @Override
  public boolean keepsSumApart() {
    return true;
  }

  /** The learning rate comes later. */
  @Override
  public float factor(float rate) {
    return -1;
  }

  @Override
  public float[] prepare(WorkingModel model, Layout layout, Share share, long number, float rate) {
    for (int l = 1; l < layout.topology().layers(); l++) {
      Arrays.fill(model.sum(), layout.from(l, share), layout.to(l, share), 0f);
    }
    return model.sum();
  }

  @Override
  public void step(WorkingModel model, Layout layout, Share share, long number, float rate) {
    float[] w = model.w();
    float[] m = model.memory()[0];
    float[] v = model.memory()[1];
    float[] g = model.sum();
    float eta = (float) (rate / (1 - Power.of(beta1, (double) number)));
    float unbiased = (float) (1 / (1 - Power.of(beta2, (double) number)));
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    for (int l = 1; l < layout.topology().layers(); l++) {
      for (int t = layout.from(l, share), end = layout.to(l, share); t < end; t++) {
        m[t] = beta1 * m[t] + rest1 * g[t];
        v[t] = beta2 * v[t] + rest2 * (g[t] * g[t]);
        w[t] += eta * m[t] / ((float) Math.sqrt(v[t] * unbiased) + EPSILON);
      }
    }
  }
}
