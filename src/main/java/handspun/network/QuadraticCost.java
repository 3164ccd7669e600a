package handspun.network;

import handspun.math.Kernels;

/**
 * The quadratic cost, {@code C = 1/2 sum (a - y)^2} (Nielsen, "Neural Networks and Deep Learning",
 * equation 6). With sigmoid outputs its error is {@code delta = (a - y) a (1 - a)} (his BP1), which
 * is small where a unit is saturated, even if that is wrong.
 */
public record QuadraticCost() implements Cost {
  private static final long serialVersionUID = 1L;

  @Override
  public Outputs outputs() {
    return Outputs.SIGMOID;
  }

  @Override
  public double of(float[] targets, int target, float[] outputs, int at, int count) {
    double sum = 0;
    for (int o = 0; o < count; o++) {
      double error = outputs[at + o] - targets[target + o];
      sum += error * error;
    }
    return sum / 2;
  }

  @Override
  public float delta(float a, float y) {
    return (a - y) * (a * (1 - a));
  }

  @Override
  public OutputErrors errors(int outputs, Kernels kernels) {
    int stride = Kernels.padded(outputs);
    return (a, at, targets, examples, scale, deltas) ->
        kernels.outputErrors(
            a, at, targets.values(), targets.rows(), examples, stride, scale, deltas);
  }

  @Override
  public String toString() {
    return "quadratic";
  }
}
