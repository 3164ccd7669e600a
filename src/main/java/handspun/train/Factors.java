package handspun.train;

import handspun.network.Topology;

/**
 * The factors of the gradients of a mini-batch's examples: activations and errors, example by
 * example. With the inputs they tell the gradient exactly, and are a small part of its size
 * ("sufficient factors": Xie et al., "Lighter-Communication Distributed Machine Learning via
 * Sufficient Factor Broadcasting", UAI 2016).
 *
 * @param activations {@code units} numbers an example
 * @param deltas errors times -eta / m, at the same places
 */
public record Factors(float[] activations, float[] deltas) {

  /**
   * @param topology layer sizes
   * @param examples how many to make room for
   */
  public Factors(Topology topology, int examples) {
    this(new float[examples * topology.units()], new float[examples * topology.units()]);
  }
}
