package handspun.network;

import handspun.math.Kernels;
import java.util.Arrays;

/** The outputs that are wanted: 1 at the label, 0 elsewhere. */
final class Targets {
  /** The activation of a unit without any inputs: so the padding of a row has no error. */
  private static final float PADDING = 0.5f;

  private Targets() {}

  /** {@return for every label a padded row with the outputs that are wanted} */
  static float[] rows(int outputs) {
    int stride = Kernels.padded(outputs);
    float[] targets = new float[outputs * stride];
    for (int label = 0; label < outputs; label++) {
      Arrays.fill(targets, label * stride + outputs, (label + 1) * stride, PADDING);
      targets[label * stride + label] = 1;
    }
    return targets;
  }
}
