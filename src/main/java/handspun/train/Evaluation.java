package handspun.train;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Cost;
import handspun.network.Feedforward;
import handspun.network.LogLikelihood;
import handspun.network.Network;
import handspun.network.Targets;
import java.util.Arrays;
import java.util.List;

/**
 * How a network, or a committee of several, does on a set of examples.
 *
 * <p>Precision and recall of a class are NaN where nothing was predicted as it or none is of it.
 */
public final class Evaluation {
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
    return of(
        Feedforward.outputs(network, kernels, examples.inputs()),
        network.topology().outputs(),
        measure,
        examples.labels());
  }

  /**
   * How several networks do as a committee: its outputs are the {@link MeanAnswers} of theirs, and
   * the cost is the log-likelihood of these.
   *
   * @param members how each does alone, at least one; all on the same examples and with as many
   *     outputs
   * @return the outcome
   */
  public static Evaluation ofCommittee(List<Evaluation> members) {
    Evaluation first = members.get(0);
    MeanAnswers mean = new MeanAnswers(first.total(), first.classes, 1);
    members.forEach(member -> mean.add(member.outputs));
    return of(mean.get(), first.classes, new LogLikelihood(), first.labels);
  }

  private static Evaluation of(float[] outputs, int classes, Cost measure, byte[] labels) {
    int[][] confusion = new int[classes][classes];
    int[] predictions = new int[labels.length];
    Targets targets = new Targets(classes, 0, 0);
    double cost = 0;
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] & 0xff;
      predictions[i] = Feedforward.prediction(outputs, i * classes, classes);
      confusion[label][predictions[i]]++;
      cost += measure.of(targets.values(), targets.at(label), outputs, i * classes, classes);
    }
    return new Evaluation(confusion, predictions, outputs, labels, cost / labels.length);
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
