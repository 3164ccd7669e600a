package handspun.network;

import handspun.math.Kernels;
import java.util.Arrays;

/**
 * The quadratic cost of one example, {@code C = 1/2 * sum over outputs of (a - y)^2}, where y is 1
 * at the label and 0 elsewhere (Nielsen, "Neural Networks and Deep Learning", equation 6). With
 * sigmoid outputs its error is {@code delta = (a - y) * (a * (1 - a))} (his BP1), which is in
 * {@link Kernels#outputErrors}.
 */
public final class QuadraticCost {
  /** What sums of costs are counted in: half of what {@link Kernels} sums, for the 1/2 above. */
  public static final double UNIT = Kernels.COST_UNIT / 2;

  /** The activation of a unit without any inputs: so the padding of a row has no error. */
  private static final float PADDING = 0.5f;

  private QuadraticCost() {}

  /** {@return for every label a row with the outputs that are wanted} */
  static float[] targets(int outputs, int stride) {
    float[] targets = new float[outputs * stride];
    for (int label = 0; label < outputs; label++) {
      Arrays.fill(targets, label * stride + outputs, (label + 1) * stride, PADDING);
      targets[label * stride + label] = 1;
    }
    return targets;
  }

  /**
   * @param label the right answer
   * @param outputs activations of the last layer
   * @param at the first of them
   * @param count how many there are
   * @return the cost, 0 or more; NaN if an output is
   */
  public static double of(int label, float[] outputs, int at, int count) {
    double sum = 0;
    for (int o = 0; o < count; o++) {
      double error = outputs[at + o] - (o == label ? 1f : 0f);
      sum += error * error;
    }
    return sum / 2;
  }
}
