package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * Plain gradient descent, {@code w' = w - eta / m * sum} (Nielsen, "Neural Networks and Deep
 * Learning", equations 20 and 21): the sum is added straight to the parameters, without a buffer.
 */
public record GradientDescent() implements Optimizer {
  @Override
  public int memories() {
    return 0;
  }

  @Override
  public float[] prepare(WorkingModel model, Layout layout, Share share, long number, float rate) {
    return model.w();
  }

  @Override
  public void step(WorkingModel model, Layout layout, Share share, long number, float rate) {}
}
