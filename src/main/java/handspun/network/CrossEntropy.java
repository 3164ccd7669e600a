package handspun.network;

import handspun.math.Kernels;
import handspun.math.Log;

/**
 * The cross-entropy of sigmoid outputs, {@code C = -sum(y ln a + (1 - y) ln(1 - a))} (Nielsen,
 * "Neural Networks and Deep Learning", chapter 3, equation 63). Its error, {@code delta = a - y},
 * has no factor that vanishes where a unit is saturated.
 */
public record CrossEntropy() implements Cost {
  private static final long serialVersionUID = 1L;

  /**
   * Half of the distance from 1 to the next float below: what an output that is 1 stands for, where
   * the logarithm of 1 - 1 would have no end.
   */
  private static final float LEAST = 0x1p-25f;

  /** So many factors of at least {@link #LEAST} are a normal double. */
  private static final int FACTORS = 40;

  /** A logarithm of the product of all factors takes the time of one, not of many. */
  @Override
  public double of(int label, float[] outputs, int at, int count) {
    double logarithm = 0;
    double product = 1;
    for (int o = 0; o < count; o++) {
      float a = outputs[at + o];
      product *= Math.max(LEAST, o == label ? a : 1 - a);
      if (o % FACTORS == FACTORS - 1) {
        logarithm += Log.log(product);
        product = 1;
      }
    }
    return 0 - (logarithm + Log.log(product));
  }

  @Override
  public float delta(float a, float y) {
    return a - y;
  }

  @Override
  public OutputErrors errors(int outputs, Kernels kernels) {
    int stride = Kernels.padded(outputs);
    float[] targets = Targets.rows(outputs);
    return (a, at, labels, examples, scale, deltas) -> {
      kernels.outputDifferences(a, at, targets, labels, examples, stride, scale, deltas);
      long cost = 0;
      for (int e = 0; e < examples; e++) {
        cost += Math.round(of(labels[e], a, at + e * stride, outputs) / UNIT);
      }
      return cost;
    };
  }

  @Override
  public String toString() {
    return "cross-entropy";
  }
}
