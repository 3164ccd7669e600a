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
  private final long nanos;
  private final Inputs inputs;
  private final float[][] activations;
  private final float[][] deltas;
  private final float[][] sums;

  private MiniBatchPart(
      int examples,
      long cost,
      long nanos,
      Inputs inputs,
      float[][] activations,
      float[][] deltas,
      float[][] sums) {
    this.examples = examples;
    this.cost = cost;
    this.nanos = nanos;
    this.inputs = inputs;
    this.activations = activations;
    this.deltas = deltas;
    this.sums = sums;
  }

  static MiniBatchPart ofFactors(long cost, long nanos, Inputs inputs, Factors factors) {
    return new MiniBatchPart(
        inputs.count(), cost, nanos, inputs, factors.activations(), factors.deltas(), null);
  }

  static MiniBatchPart ofSums(int examples, long cost, long nanos, float[][] sums) {
    return new MiniBatchPart(examples, cost, nanos, null, null, null, sums);
  }

  int examples() {
    return examples;
  }

  /** In units of {@link handspun.network.QuadraticCost#UNIT}. */
  long cost() {
    return cost;
  }

  /** How long it took to compute. */
  long nanos() {
    return nanos;
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
