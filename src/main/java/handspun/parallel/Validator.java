package handspun.parallel;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Layout;
import handspun.train.Plan;

/** Counts the examples that a network reads correctly. */
public final class Validator {
  private static final int IMAGES_AT_A_TIME = 64;

  private final Feedforward feedforward;

  /**
   * @param layout of the plan's network
   * @param w parameters, laid out like a gradient or a working vector; not copied
   */
  public Validator(Plan plan, Layout layout, float[] w, Kernels kernels) {
    feedforward = new Feedforward(layout, plan.units(), w, kernels, IMAGES_AT_A_TIME);
  }

  /**
   * @param examples may be none
   * @return how many of them it reads correctly
   */
  public int correct(Examples examples) {
    int correct = 0;
    for (int from = 0; from < examples.count(); from += IMAGES_AT_A_TIME) {
      int to = Math.min(from + IMAGES_AT_A_TIME, examples.count());
      feedforward.read(examples.inputs(), from, to);
      for (int i = from; i < to; i++) {
        if (feedforward.prediction(i - from) == examples.label(i)) {
          correct++;
        }
      }
    }
    return correct;
  }
}
