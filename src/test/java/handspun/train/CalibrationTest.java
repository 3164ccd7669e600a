package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.network.Topology;
import handspun.train.Calibration.Bin;
import org.junit.jupiter.api.Test;

class CalibrationTest {
  /**
   * A network of two outputs, sigmoid(w) and sigmoid(-w), which add up to 1, where w is the weight
   * of the lit pixel.
   */
  private static Network network(float... weights) {
    Topology topology = new Topology(weights.length, 2);
    float[] parameters = new float[topology.parameterCount()];
    for (int pixel = 0; pixel < weights.length; pixel++) {
      parameters[2 * pixel] = weights[pixel];
      parameters[2 * pixel + 1] = -weights[pixel];
    }
    return new Network(topology, parameters);
  }

  /** One lit pixel an example, at full brightness. */
  private static Examples examples(int pixels, int[]... litThenLabel) {
    byte[] images = new byte[pixels * litThenLabel.length];
    byte[] labels = new byte[litThenLabel.length];
    for (int i = 0; i < labels.length; i++) {
      images[i * pixels + litThenLabel[i][0]] = -1;
      labels[i] = (byte) litThenLabel[i][1];
    }
    return new Examples(1, pixels, Inputs.ofPixels(pixels, images), labels);
  }

  private static Evaluation evaluation(Network network, Examples examples) {
    return Evaluation.of(network, new QuadraticCost(), examples, Kernels.fastest());
  }

  /**
   * Confidence 0.6 (ln 1.5) three times, two of them correct; 0.8 (ln 4) four times, one of them
   * correct; 0.9 (ln 9) once, correct. All are taken for 0.
   */
  private final Evaluation evaluation =
      evaluation(
          network(0.4054651f, 1.3862944f, 2.1972246f),
          examples(
              3, new int[][] {{0, 0}, {0, 0}, {0, 1}, {1, 1}, {1, 0}, {1, 1}, {1, 1}, {2, 0}}));

  @Test
  void putsExamplesIntoBinsOfEqualWidth() {
    // (0.5, 0.75] and (0.75, 1]
    Calibration calibration = Calibration.of(evaluation, 4);
    assertThat(calibration.bins()).extracting(Bin::from).containsExactly(0.0, 0.25, 0.5, 0.75);
    assertThat(calibration.bins()).extracting(Bin::to).containsExactly(0.25, 0.5, 0.75, 1.0);
    assertThat(calibration.bins()).extracting(Bin::count).containsExactly(0, 0, 3, 5);
    assertThat(calibration.bins()).extracting(Bin::correct).containsExactly(0, 0, 2, 2);
    assertThat(calibration.bins().get(2).confidence()).isCloseTo(0.6, within(1e-6));
    assertThat(calibration.bins().get(3).confidence()).isCloseTo(4.1 / 5, within(1e-6));
    assertThat(calibration.bins().get(0).accuracy()).isNaN();
    assertThat(calibration.bins().get(0).confidence()).isNaN();
    assertThat(calibration.total()).isEqualTo(8);
    assertThat(calibration.accuracy()).isEqualTo(0.5);
    assertThat(calibration.confidence()).isCloseTo((1.8 + 3.2 + 0.9) / 8, within(1e-6));
  }

  @Test
  void itsErrorIsTheMeanDistanceOfConfidenceAndAccuracyInBins() {
    // 3/8 |2/3 - 0.6| + 5/8 |2/5 - 0.82| = 0.025 + 0.2625
    assertThat(Calibration.of(evaluation, 4).expectedError()).isCloseTo(0.2875, within(1e-6));
    // With 15 bins 0.9 has one of its own: 3/8 |2/3 - 0.6| + 4/8 |1/4 - 0.8| + 1/8 |1 - 0.9|
    assertThat(Calibration.of(evaluation).expectedError())
        .isCloseTo(0.025 + 0.275 + 0.0125, within(1e-6));
    // With one bin only the means are left: |1/2 - 5.9/8|
    assertThat(Calibration.of(evaluation, 1).expectedError()).isCloseTo(0.2375, within(1e-6));
  }

  @Test
  void aConfidenceOnTheEdgeIsInTheLowerBin() {
    Evaluation undecided = evaluation(network(0), examples(1, new int[][] {{0, 0}}));
    assertThat(undecided.confidence(0)).isEqualTo(0.5);
    assertThat(Calibration.of(undecided, 2).bins()).extracting(Bin::count).containsExactly(1, 0);
  }

  @Test
  void whoIsSureAndRightHasNoError() {
    Evaluation sure = evaluation(network(200), examples(1, new int[][] {{0, 0}}));
    assertThat(sure.confidence(0)).isEqualTo(1);
    assertThat(Calibration.of(sure).bins().get(Calibration.BINS - 1).count()).isEqualTo(1);
    assertThat(Calibration.of(sure).expectedError()).isZero();
  }

  @Test
  void hasNoErrorOfOutputsThatAreNoNumbers() {
    Evaluation broken = evaluation(network(Float.NaN), examples(1, new int[][] {{0, 0}}));
    assertThat(Calibration.of(broken).expectedError()).isNaN();
    assertThat(Calibration.of(broken).confidence()).isNaN();
    assertThat(Calibration.of(broken).total()).isEqualTo(1);
  }
}
