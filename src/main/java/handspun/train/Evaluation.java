package handspun.train;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Cost;
import handspun.network.Feedforward;
import handspun.network.Network;
import handspun.network.Targets;
import java.util.Arrays;

/**
 * How a network does on a set of examples.
 *
 * <p>Precision and recall of a class are NaN where nothing was predicted as it or none is of it.
 */
public final class Evaluation {
  private static final int IMAGES_AT_A_TIME = 64;

  private final int[][] confusion;
  private final int[] predictions;
  private final float[] outputs;
  private final byte[] labels;
  private final int classes;
  private final double cost;

  private Evaluation(
      int[][] confusion, int[] predictions, float[] outputs, byte[] labels, double cost) {
    this.classes = confusion.length;
    this.labels = labels;
    this.confusion = confusion;
    this.predictions = predictions;
    this.outputs = outputs;
    this.cost = cost;
  }

  /**
   * Feeds every example forward.
   *
   * @param network whose input layer is as wide as the images and whose last layer has a unit for
   *     every label
   * @param measure what the cost is
   * @param examples at least one
   * @param kernels arithmetic to use; the result does not depend on it
   * @return the outcome
   */
  public static Evaluation of(Network network, Cost measure, Examples examples, Kernels kernels) {
    int classes = network.topology().outputs();
    Feedforward feedforward = Feedforward.of(network, kernels, IMAGES_AT_A_TIME);
    int[][] confusion = new int[classes][classes];
    int[] predictions = new int[examples.count()];
    float[] outputs = new float[examples.count() * classes];
    Targets labels = new Targets(classes, 0, 0);
    double cost = 0;
    for (int from = 0; from < examples.count(); from += IMAGES_AT_A_TIME) {
      int to = Math.min(from + IMAGES_AT_A_TIME, examples.count());
      feedforward.read(examples.inputs(), from, to);
      for (int i = from; i < to; i++) {
        feedforward.outputs(i - from, outputs, i * classes);
        predictions[i] = feedforward.prediction(i - from);
        confusion[examples.label(i)][predictions[i]]++;
        cost +=
            measure.of(
                labels.values(), labels.at(examples.label(i)), outputs, i * classes, classes);
      }
    }
    return new Evaluation(
        confusion, predictions, outputs, examples.labels(), cost / examples.count());
  }

  /** {@return units of the last layer} */
  public int classes() {
    return classes;
  }

  /** {@return number of examples} */
  public int total() {
    return predictions.length;
  }

  /** {@return examples that were predicted correctly} */
  public int correct() {
    int sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += confusion[c][c];
    }
    return sum;
  }

  /** {@return correct / total, 0..1} */
  public double accuracy() {
    return (double) correct() / total();
  }

  /** {@return mean cost of an example} */
  public double cost() {
    return cost;
  }

  /**
   * @param label what the examples are
   * @param prediction what they were taken for
   * @return how many such examples there are
   */
  public int confusion(int label, int prediction) {
    return confusion[label][prediction];
  }

  /**
   * @param label a class
   * @return how many examples are of it
   */
  public int support(int label) {
    return Arrays.stream(confusion[label]).sum();
  }

  /**
   * @param label a class
   * @return of the examples taken for it, the share that are of it
   */
  public double precision(int label) {
    return (double) confusion[label][label] / taken(label);
  }

  /**
   * @param label a class
   * @return of the examples of it, the share that were taken for it
   */
  public double recall(int label) {
    return (double) confusion[label][label] / support(label);
  }

  /**
   * @param label a class
   * @return the harmonic mean of precision and recall, F1, 0..1; NaN if no example is of the class
   *     and none was taken for it
   */
  public double f1(int label) {
    return 2.0 * confusion[label][label] / (taken(label) + support(label));
  }

  private int taken(int label) {
    int taken = 0;
    for (int[] row : confusion) {
      taken += row[label];
    }
    return taken;
  }

  /**
   * @param example from 0
   * @return what it was taken for
   */
  public int prediction(int example) {
    return predictions[example];
  }

  /**
   * @param example from 0
   * @return whether it was taken for what it is
   */
  public boolean isCorrect(int example) {
    return predictions[example] == (labels[example] & 0xff);
  }

  /**
   * How sure the network is of its prediction: the largest output, divided by the sum of all, so
   * that those of an example add up to 1. Outputs of a softmax do so already, and its confidence is
   * the output itself.
   *
   * @param example from 0
   * @return 0..1; where all outputs are 0, 1 / {@link #classes}; NaN if an output is no number
   */
  public double confidence(int example) {
    double sum = 0;
    for (int unit = 0; unit < classes; unit++) {
      sum += output(example, unit);
    }
    return sum == 0 ? 1.0 / classes : output(example, predictions[example]) / sum;
  }

  /**
   * @param example from 0
   * @param unit of the last layer
   * @return that unit's activation, 0..1
   */
  public float output(int example, int unit) {
    return outputs[example * classes + unit];
  }
}
