package handspun.spark;

import handspun.network.Factors;
import handspun.network.Inputs;

/**
 * What one partition tells of a mini-batch that was run as one job: with one lane the factors of
 * its examples (inputs, activations, scaled errors), with several the sums of its subtrees. A
 * class, not a record: Spark's Kryo cannot fill records.
 */
final class MiniBatchPart {
  private final int examples;
  private final long cost;
  private final Inputs inputs;
  private final float[][] activations;
  private final float[][] deltas;
  private final float[][] sums;

  private MiniBatchPart(
      int examples,
      long cost,
      Inputs inputs,
      float[][] activations,
      float[][] deltas,
      float[][] sums) {
    this.examples = examples;
    this.cost = cost;
    this.inputs = inputs;
    this.activations = activations;
    this.deltas = deltas;
    this.sums = sums;
  }

  static MiniBatchPart ofFactors(long cost, Inputs inputs, Factors factors) {
    return new MiniBatchPart(
        inputs.count(), cost, inputs, factors.activations(), factors.deltas(), null);
  }

  static MiniBatchPart ofSums(int examples, long cost, float[][] sums) {
    return new MiniBatchPart(examples, cost, null, null, null, sums);
  }

  int examples() {
    return examples;
  }

  /** In units of {@link handspun.network.QuadraticCost#UNIT}. */
  long cost() {
    return cost;
  }

  Inputs inputs() {
    return inputs;
  }

  Factors factors() {
    return new Factors(activations, deltas);
  }

  float[][] sums() {
    return sums;
  }
}
