package handspun.train;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Backpropagation;
import handspun.network.Inputs;

/**
 * One thread's computing of gradients, example by example, with its scratch memory.
 *
 * <p>There are two ways. With one lane an example's <em>factors</em> are stored, with the factor
 * -eta / m already in the deltas, and are then added to the parameters in example order: no
 * gradient is ever stored. With several lanes gradients are added up lane by lane, and the total is
 * applied with {@link #update}.
 *
 * <p>Not for several threads at once. Allocates nothing after its construction.
 */
public final class GradientWorker {
  private final Plan plan;
  private final Kernels kernels;
  private final Backpropagation pass;
  private final int units;
  private final Factors one;
  private final ExactSum cost = new ExactSum();
  private int examplesSeen;

  /**
   * @param plan hyperparameters
   * @param kernels arithmetic to use; results do not depend on it
   */
  public GradientWorker(Plan plan, Kernels kernels) {
    this.plan = plan;
    this.kernels = kernels;
    pass = new Backpropagation(plan.topology(), kernels);
    units = plan.topology().units();
    one = new Factors(plan.topology(), 1);
  }

  /**
   * Computes one example's factors.
   *
   * @param p the parameters
   * @param examples where the example is
   * @param example its index there
   * @param miniBatch examples in this mini-batch
   * @param factors receives the activations and the scaled errors
   * @param position which place of {@code factors} to fill
   */
  public void computeFactors(
      float[] p, Examples examples, int example, int miniBatch, Factors factors, int position) {
    int at = position * units;
    backpropagate(p, examples, example, factors, at);
    float scale = scale(miniBatch);
    float[] deltas = factors.deltas();
    for (int u = at; u < at + units; u++) {
      deltas[u] *= scale;
    }
  }

  /**
   * Adds what {@link #computeFactors} computed to the parameters.
   *
   * @param inputs the example's image among others
   * @param image which one
   * @param factors the factors
   * @param position the example's place in {@code factors}
   * @param p the parameters, changed in place
   * @param share which part of the parameters to touch
   */
  public void applyFactors(
      Inputs inputs, int image, Factors factors, int position, float[] p, Share share) {
    pass.addGradient(
        inputs, image, factors.activations(), factors.deltas(), position * units, p, share);
  }

  /**
   * Adds one example's gradient to a sum.
   *
   * @param p the parameters
   * @param examples where the example is
   * @param example its index there
   * @param gradient the sum, changed in place
   */
  public void addGradient(float[] p, Examples examples, int example, float[] gradient) {
    backpropagate(p, examples, example, one, 0);
    pass.addGradient(
        examples.inputs(), example, one.activations(), one.deltas(), 0, gradient, Share.WHOLE);
  }

  /**
   * A step of gradient descent: {@code p = fma(-eta / m, gradient, p)}.
   *
   * @param gradient sum over the mini-batch
   * @param miniBatch examples in this mini-batch
   * @param p the parameters, changed in place
   * @param share which part of the parameters to touch
   */
  public void update(float[] gradient, int miniBatch, float[] p, Share share) {
    kernels.addScaled(scale(miniBatch), gradient, p, share.from(p.length), share.size(p.length));
  }

  /**
   * {@code sum += addend}, over a share of the vector.
   *
   * @param addend the right operand
   * @param sum the left operand, changed in place
   * @param share which part of the vector to touch
   */
  public void add(float[] addend, float[] sum, Share share) {
    int from = share.from(sum.length);
    kernels.add(addend, from, sum, from, share.size(sum.length));
  }

  /**
   * @return the summed cost of the examples seen, each as it was before its update, in fixed point
   */
  public ExactSum cost() {
    return cost;
  }

  /**
   * @return how many examples this worker has computed
   */
  public int examplesSeen() {
    return examplesSeen;
  }

  private void backpropagate(float[] p, Examples examples, int example, Factors factors, int at) {
    int label = examples.label(example);
    pass.feedforward(p, examples.inputs(), example, factors.activations(), at);
    pass.deltas(p, label, factors.activations(), factors.deltas(), at);
    cost.add(pass.cost(label, factors.activations(), at));
    examplesSeen++;
  }

  private float scale(int miniBatch) {
    return -plan.learningRate() / miniBatch;
  }
}
