package handspun.train;

import handspun.math.Share;
import handspun.network.Layout;

/**
 * Weight decay: before every step, each weight becomes {@code (1 - eta lambda) w}; biases do not.
 * With plain gradient descent that is L2 regularisation, the gradient of {@code lambda / 2 sum w^2}
 * beside the cost (Nielsen, "Neural Networks and Deep Learning", chapter 3, equation 93, with his
 * lambda divided by the number of examples). With other optimizers it is decoupled from what they
 * make of gradients (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019).
 *
 * @param of what makes the step
 * @param lambda above 0
 */
public record WeightDecay(Optimizer of, float lambda) implements OptimizerAround {
  @Override
  public float[] prepare(WorkingModel model, Layout layout, Share share, long number, float rate) {
    float[] w = model.w();
    float kept = 1 - rate * lambda;
    for (int l = 1; l < layout.topology().layers(); l++) {
      int end = Math.min(layout.to(l, share), layout.biasesAt(l));
      for (int t = layout.from(l, share); t < end; t++) {
        w[t] *= kept;
      }
    }
    return of.prepare(model, layout, share, number, rate);
  }
}
