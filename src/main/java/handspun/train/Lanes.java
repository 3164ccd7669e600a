package handspun.train;

import handspun.network.Topology;

/**
 * How many virtual workers, the lanes, sum a mini-batch.
 *
 * <p>Floating-point addition is not associative, so a sum's bits depend on its order. The order is
 * therefore given to lanes, which belong to the plan, and not to partitions, which belong to the
 * machine: a lane sums its own examples in order, and lanes are combined in a fixed binary tree.
 * One lane sums like one thread does.
 *
 * <p>With one lane the examples' factors travel, with several the lanes' gradients: what is smaller
 * decides.
 */
public final class Lanes {
  private static final int SEVERAL = 8;

  /**
   * A fifth of MNIST's pixels are inked; as an index and a value each they take 3 bytes, so an
   * image takes as much as this part of its pixels would as numbers of 4 bytes.
   */
  private static final int PIXELS_PER_NUMBER = 7;

  private Lanes() {}

  /**
   * @param topology layer sizes
   * @param miniBatch examples per update
   * @param localSteps mini-batches between two averages of the lanes
   * @return the number of lanes of a plan that does not name it: 1 if the lanes make no steps of
   *     their own and the factors of a mini-batch (inputs, activations and errors) are fewer
   *     numbers than a gradient, else {@value #SEVERAL}, or one an example
   */
  public static int defaultFor(Topology topology, int miniBatch, int localSteps) {
    long factors =
        (long) miniBatch * (topology.inputs() / PIXELS_PER_NUMBER + 2 * topology.units());
    return localSteps == 1 && factors < topology.parameterCount()
        ? 1
        : Math.min(SEVERAL, miniBatch);
  }
}
