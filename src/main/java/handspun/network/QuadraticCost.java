package handspun.network;

/**
 * The quadratic cost of one example, {@code C = 1/2 * sum over outputs of (a - y)^2}, where y is 1
 * at the label and 0 elsewhere (Nielsen, "Neural Networks and Deep Learning", equation 6).
 */
final class QuadraticCost {
  private QuadraticCost() {}

  static double of(int label, float[] activations, int at, int outputs) {
    double sum = 0;
    for (int o = 0; o < outputs; o++) {
      double error = activations[at + o] - (o == label ? 1f : 0f);
      sum += error * error;
    }
    return sum / 2;
  }

  /**
   * The error of the sigmoid output layer, {@code delta = (a - y) * (a * (1 - a))} (Nielsen's BP1).
   */
  static void delta(int label, float[] activations, int at, int outputs, float[] delta, int to) {
    for (int o = 0; o < outputs; o++) {
      float a = activations[at + o];
      delta[to + o] = (a - (o == label ? 1f : 0f)) * (a * (1f - a));
    }
  }
}
