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
  static final float LEAST = 0x1p-25f;

  /** So many factors of at least {@link #LEAST} are a normal double. */
  private static final int FACTORS = 40;

  @Override
  public Outputs outputs() {
    return Outputs.SIGMOID;
  }

  /** A logarithm of the product of all factors takes the time of one, not of many. */
  @Override
  public double of(float[] targets, int target, float[] outputs, int at, int count) {
    double logarithm = 0;
    double product = 1;
    for (int o = 0; o < count; o++) {
      float a = outputs[at + o];
      float y = targets[target + o];
      if (y == 0 || y == 1) {
        product *= Math.max(LEAST, y == 1 ? a : 1 - a);
      } else {
        logarithm += y * Log.log(Math.max(LEAST, a)) + (1 - y) * Log.log(Math.max(LEAST, 1 - a));
      }
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
    return differences(this, outputs, kernels);
  }

  /** {@return errors {@code a - y}, with a cost that they are the derivative of} */
  static OutputErrors differences(Cost cost, int outputs, Kernels kernels) {
    int stride = Kernels.padded(outputs);
    return (a, at, targets, examples, scale, deltas) -> {
      float[] values = targets.values();
      int[] rows = targets.rows();
      kernels.outputDifferences(a, at, values, rows, examples, stride, scale, deltas);
      long sum = 0;
      for (int e = 0; e < examples; e++) {
        sum += Math.round(cost.of(values, rows[e] * stride, a, at + e * stride, outputs) / UNIT);
      }
      return sum;
    };
  }

  @Override
  public String toString() {
    return "cross-entropy";
  }
}
