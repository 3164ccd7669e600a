package handspun.network;

import handspun.math.Kernels;
import handspun.math.Log;

/**
 * The log-likelihood of softmax outputs, {@code C = -sum y ln a}, which of a label alone is {@code
 * -ln a} of its output (Nielsen, "Neural Networks and Deep Learning", chapter 3, equation 80). Its
 * error is {@code delta = a - y}, as that of the cross-entropy of sigmoid outputs.
 */
public record LogLikelihood() implements Cost {
  private static final long serialVersionUID = 1L;

  @Override
  public Outputs outputs() {
    return Outputs.SOFTMAX;
  }

  @Override
  public double of(float[] targets, int target, float[] outputs, int at, int count) {
    double sum = 0;
    for (int o = 0; o < count; o++) {
      float y = targets[target + o];
      if (y != 0) {
        sum -= y * Log.log(Math.max(CrossEntropy.LEAST, outputs[at + o]));
      }
    }
    return sum;
  }

  @Override
  public float delta(float a, float y) {
    return a - y;
  }

  @Override
  public OutputErrors errors(int outputs, Kernels kernels) {
    return CrossEntropy.differences(this, outputs, kernels);
  }

  @Override
  public String toString() {
    return "log-likelihood";
  }
}
