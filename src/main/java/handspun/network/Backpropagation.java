package handspun.network;

import handspun.math.Kernels;
import handspun.math.Share;

/**
 * Feedforward and backpropagation of single examples (Nielsen, "Neural Networks and Deep Learning",
 * chapter 2, equations BP1 to BP4).
 *
 * <p>An example's activations, and likewise its errors (deltas), are {@link Topology#units()}
 * numbers in arrays of the caller. Together with the input they are the <em>factors</em> of its
 * gradient: the gradient of a layer's weights is the outer product of the layer's inputs and its
 * errors, so the gradient itself needs not be stored.
 *
 * <p>Holds no state besides its two arguments and allocates nothing.
 */
public final class Backpropagation {
  private final Topology topology;
  private final Kernels kernels;
  private final int outputsAt;

  /**
   * @param topology layer sizes
   * @param kernels arithmetic to use; results do not depend on it
   */
  public Backpropagation(Topology topology, Kernels kernels) {
    this.topology = topology;
    this.kernels = kernels;
    this.outputsAt = topology.units() - topology.outputs();
  }

  /**
   * Feeds one image forward.
   *
   * @param p the parameters
   * @param inputs images as wide as the input layer
   * @param image which one
   * @param activations receives the activations, each in 0..1, at {@code at..at+units}
   * @param at where to write
   */
  public void feedforward(float[] p, Inputs inputs, int image, float[] activations, int at) {
    kernels.affineSparse(
        p,
        topology.weightsAt(1),
        topology.biasesAt(1),
        topology.size(1),
        inputs.index(),
        inputs.value(),
        inputs.start(image),
        inputs.end(image),
        activations,
        at);
    kernels.sigmoid(activations, at, topology.size(1));
    for (int l = 2; l < topology.layers(); l++) {
      int from = at + topology.unitsAt(l - 1);
      int to = at + topology.unitsAt(l);
      kernels.affine(
          p,
          topology.weightsAt(l),
          topology.biasesAt(l),
          topology.size(l - 1),
          topology.size(l),
          activations,
          from,
          activations,
          to);
      kernels.sigmoid(activations, to, topology.size(l));
    }
  }

  /**
   * Brings the error of one example back through the layers.
   *
   * @param p the parameters that {@link #feedforward} used
   * @param label the right answer
   * @param activations the example's activations, at {@code at..at+units}
   * @param deltas receives the errors, dC/dz, at the same places
   * @param at where the example lies in both arrays
   */
  public void deltas(float[] p, int label, float[] activations, float[] deltas, int at) {
    QuadraticCost.delta(
        label, activations, at + outputsAt, topology.outputs(), deltas, at + outputsAt);
    for (int l = topology.layers() - 1; l > 1; l--) {
      int back = at + topology.unitsAt(l - 1);
      int inputs = topology.size(l - 1);
      kernels.transposedTimes(
          p,
          topology.weightsAt(l),
          inputs,
          topology.size(l),
          deltas,
          at + topology.unitsAt(l),
          deltas,
          back);
      for (int u = back; u < back + inputs; u++) {
        float a = activations[u];
        deltas[u] *= a * (1f - a);
      }
    }
  }

  /**
   * Adds the gradient of one example, times whatever factor its deltas carry, to a vector laid out
   * like the parameters.
   *
   * @param inputs images
   * @param image which one
   * @param activations the example's activations, at {@code at..at+units}
   * @param deltas the example's errors, at the same places
   * @param at where the example lies in both arrays
   * @param target parameters or a gradient, changed in place
   * @param share which part of the vector to touch: of every layer, this share of its inputs' rows
   *     and of its biases
   */
  public void addGradient(
      Inputs inputs,
      int image,
      float[] activations,
      float[] deltas,
      int at,
      float[] target,
      Share share) {
    int firstPixel = share.from(topology.inputs());
    int lastPixel = share.to(topology.inputs());
    kernels.addOuterSparse(
        inputs.index(),
        inputs.value(),
        inputs.entryAt(image, firstPixel),
        inputs.entryAt(image, lastPixel),
        deltas,
        at,
        topology.size(1),
        target,
        topology.weightsAt(1));
    addBiases(1, deltas, at, target, share);
    for (int l = 2; l < topology.layers(); l++) {
      kernels.addOuter(
          activations,
          at + topology.unitsAt(l - 1),
          share.from(topology.size(l - 1)),
          share.to(topology.size(l - 1)),
          deltas,
          at + topology.unitsAt(l),
          topology.size(l),
          target,
          topology.weightsAt(l));
      addBiases(l, deltas, at, target, share);
    }
  }

  /**
   * @param label the right answer
   * @param activations the example's activations, at {@code at..at+units}
   * @param at where the example lies
   * @return its quadratic cost, 0 or more; NaN if an output is
   */
  public double cost(int label, float[] activations, int at) {
    return QuadraticCost.of(label, activations, at + outputsAt, topology.outputs());
  }

  /**
   * @param activations an example's activations, at {@code at..at+units}
   * @param at where the example lies
   * @return the unit of the last layer with the largest activation, the first of equals
   */
  public int prediction(float[] activations, int at) {
    int best = 0;
    for (int o = 1; o < topology.outputs(); o++) {
      if (activations[at + outputsAt + o] > activations[at + outputsAt + best]) {
        best = o;
      }
    }
    return best;
  }

  private void addBiases(int layer, float[] deltas, int at, float[] target, Share share) {
    int size = topology.size(layer);
    int from = share.from(size);
    kernels.add(
        deltas,
        at + topology.unitsAt(layer) + from,
        target,
        topology.biasesAt(layer) + from,
        share.size(size));
  }
}
