package handspun.train;

import handspun.network.Layout;
import java.util.Arrays;

/**
 * A {@link ModelState} in the form that is computed with, changed in place.
 *
 * @param w the parameters, a working vector
 * @param memory what the {@link Optimizer} remembers, laid out like gradients
 * @param sum where it has a mini-batch's sum, laid out like a gradient; empty if it needs no place
 *     of its own
 */
public record WorkingModel(float[] w, float[][] memory, float[] sum) {
  /** {@return room for a model of zeros} */
  public static WorkingModel of(Layout layout, Optimizer optimizer) {
    int length = layout.gradientLength();
    return new WorkingModel(
        layout.newWorking(),
        new float[optimizer.memories()][length],
        new float[optimizer.keepsSumApart() ? length : 0]);
  }

  /** Takes over a state. */
  public void set(ModelState state, Layout layout) {
    layout.toWorking(state.parameters(), w);
    for (int m = 0; m < memory.length; m++) {
      layout.toGradient(state.memory().get(m), memory[m]);
    }
  }

  /** Takes over another model, but for its sum. */
  public void set(WorkingModel other, Layout layout) {
    layout.copy(other.w, w);
    for (int m = 0; m < memory.length; m++) {
      System.arraycopy(other.memory[m], 0, memory[m], 0, memory[m].length);
    }
  }

  /** {@return a copy} */
  public ModelState state(Layout layout) {
    return new ModelState(
        layout.toParameters(w), Arrays.stream(memory).map(layout::toParameters).toList());
  }

  /** {@return the parameters that the network of a plan has, laid out like a gradient} */
  public float[] network(Plan plan) {
    return plan.averages() ? memory[memory.length - 1] : w;
  }
}
