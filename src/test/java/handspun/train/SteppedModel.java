package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;
import handspun.network.Topology;

/** A model of one weight and one bias, with which an optimizer makes steps. */
final class SteppedModel {
  private final Optimizer optimizer;
  private final Layout layout = new Layout(new Topology(1, 1));
  private final WorkingModel model;
  private long steps;

  SteppedModel(Optimizer optimizer, float weight, float bias) {
    this.optimizer = optimizer;
    model = WorkingModel.of(layout, optimizer);
    layout.toWorking(new float[] {weight, bias}, model.w());
  }

  /**
   * Makes a step.
   *
   * @param sum of the gradients of weight and bias, times the optimizer's factor
   * @return the parameters then
   */
  float[] step(float rate, float... sum) {
    steps++;
    float[] target = optimizer.prepare(model, layout, Share.WHOLE, steps, rate);
    float[] gradient = new float[layout.gradientLength()];
    layout.toGradient(sum, gradient);
    for (int t = 0; t < gradient.length; t++) {
      target[t] += gradient[t];
    }
    optimizer.step(model, layout, Share.WHOLE, steps, rate);
    return layout.toParameters(model.w());
  }

  /** One of the vectors that the optimizer remembers. */
  float[] memory(int which) {
    return layout.toParameters(model.memory()[which]);
  }
}
