package handspun.train;

/**
 * The mean of what several networks answer. A network's answer is its outputs to the power 1/T,
 * divided by their sum; where all are 0, each class has the same part. The answers to an image are
 * added up in the order in which the networks are told, as doubles.
 */
final class MeanAnswers {
  private final int classes;
  private final double power;
  private final double[] sums;
  private int networks;

  /**
   * @param classes outputs of each network
   * @param temperature T, above 0; 1 for outputs as they are
   */
  MeanAnswers(int examples, int classes, float temperature) {
    this.classes = classes;
    power = 1.0 / temperature;
    sums = new double[Math.multiplyExact(examples, classes)];
  }

  /**
   * One network more.
   *
   * @param outputs those of one example after those of the other
   * @throws IllegalArgumentException if they are more or fewer than those before
   */
  void add(float[] outputs) {
    if (outputs.length != sums.length) {
      throw new IllegalArgumentException(
          "%d outputs are not %d, as the others have.".formatted(outputs.length, sums.length));
    }
    double[] softened = new double[classes];
    for (int at = 0; at < outputs.length; at += classes) {
      double sum = 0;
      for (int o = 0; o < classes; o++) {
        softened[o] = StrictMath.pow(outputs[at + o], power);
        sum += softened[o];
      }
      for (int o = 0; o < classes; o++) {
        sums[at + o] += sum == 0 ? 1.0 / classes : softened[o] / sum;
      }
    }
    networks++;
  }

  /** {@return for each example as many numbers as there are classes, which add up to 1} */
  float[] get() {
    float[] mean = new float[sums.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sums[i] / networks);
    }
    return mean;
  }
}
