package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.network.Topology;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  /** Of class 0 two of three are right, class 1 is right, 2 is never taken, 3 never there. */
  private static final int[][] OUTCOMES = {{0, 0}, {0, 0}, {0, 1}, {1, 1}, {2, 1}};

  private final Examples examples = OneLitPixel.examples(4, OUTCOMES);
  private final Evaluation evaluation =
      Evaluation.of(OneLitPixel.network(4), new QuadraticCost(), examples, Kernels.fastest());

  @Test
  void countsWhatIsRight() {
    assertThat(evaluation.classes()).isEqualTo(4);
    assertThat(evaluation.total()).isEqualTo(5);
    assertThat(evaluation.correct()).isEqualTo(3);
    assertThat(evaluation.accuracy()).isEqualTo(0.6);
  }

  @Test
  void countsEveryPairOfLabelAndPrediction() {
    int[][] expected = {{2, 1, 0, 0}, {0, 1, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}};
    for (int label = 0; label < 4; label++) {
      for (int answer = 0; answer < 4; answer++) {
        assertThat(evaluation.confusion(label, answer)).isEqualTo(expected[label][answer]);
      }
    }
    assertThat(evaluation.support(0)).isEqualTo(3);
    assertThat(evaluation.support(3)).isZero();
  }

  @Test
  void hasPrecisionRecallAndF1OfEveryClass() {
    assertThat(evaluation.precision(0)).isEqualTo(1);
    assertThat(evaluation.recall(0)).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(evaluation.f1(0)).isCloseTo(0.8, within(1e-12));
    assertThat(evaluation.precision(1)).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(evaluation.recall(1)).isEqualTo(1);
    assertThat(evaluation.f1(1)).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void hasNoPrecisionOfAClassThatNothingWasTakenFor() {
    assertThat(evaluation.precision(2)).isNaN();
    assertThat(evaluation.recall(2)).isZero();
    assertThat(evaluation.f1(2)).isZero();
  }

  @Test
  void hasNoRecallOfAClassThatNothingIsOf() {
    assertThat(evaluation.recall(3)).isNaN();
    assertThat(evaluation.f1(3)).isNaN();
  }

  @Test
  void remembersPredictionsAndOutputsOfEveryExample() {
    for (int i = 0; i < OUTCOMES.length; i++) {
      assertThat(evaluation.prediction(i)).isEqualTo(OUTCOMES[i][1]);
      // sigmoid(8 * brightness - 4) at the lit pixel, sigmoid(-4) elsewhere
      double lit = 1 / (1 + Math.exp(4 - 8 * (255 - i) / 255.0));
      assertThat(evaluation.output(i, OUTCOMES[i][1])).isCloseTo((float) lit, within(1e-6f));
      assertThat(evaluation.output(i, 3)).isCloseTo(0.0179862f, within(1e-6f));
    }
  }

  @Test
  void knowsWhichExamplesAreCorrect() {
    boolean[] correct = {true, true, false, true, false};
    for (int i = 0; i < OUTCOMES.length; i++) {
      assertThat(evaluation.isCorrect(i)).isEqualTo(correct[i]);
    }
  }

  @Test
  void isAsSureAsItsLargestOutputIsOfTheSumOfAll() {
    // The first image: sigmoid(4) at the lit pixel, sigmoid(-4) three times.
    assertThat(evaluation.confidence(0))
        .isCloseTo(0.9820138 / (0.9820138 + 3 * 0.0179862), within(1e-6));
  }

  @Test
  void isNotSureAtAllWhereNoOutputSaysAnything() {
    // sigmoid(-200) is 0 as a float
    float[] parameters = OneLitPixel.network(4).parameters();
    Arrays.fill(parameters, -200);
    Network silent = new Network(OneLitPixel.network(4).topology(), parameters);
    assertThat(
            Evaluation.of(silent, new QuadraticCost(), examples, Kernels.fastest()).confidence(0))
        .isEqualTo(0.25);
  }

  @Test
  void aCommitteeIsTheMeanOfItsMembers() {
    // 0 is right; the first member says 1, weakly, the second one 0, strongly.
    Network weak = network(0, 1, 0);
    Network strong = network(5, -5, -5);
    Examples one = OneLitPixel.examples(3, new int[][] {{0, 2}});
    Evaluation first = evaluate(weak, one);
    Evaluation second = evaluate(strong, one);
    Evaluation both = Evaluation.ofCommittee(List.of(first, second));
    // Sigmoids of 0, 1 and 0 by their sum, and of 5, -5 and -5.
    double[] firstly = {0.5 / 1.7310586, 0.7310586 / 1.7310586, 0.5 / 1.7310586};
    double[] secondly = {0.9933071 / 1.0066929, 0.0066929 / 1.0066929, 0.0066929 / 1.0066929};
    for (int unit = 0; unit < 3; unit++) {
      assertThat(both.output(0, unit))
          .isCloseTo((float) ((firstly[unit] + secondly[unit]) / 2), within(1e-6f));
    }
    assertThat(first.prediction(0)).isEqualTo(1);
    assertThat(both.prediction(0)).isZero();
    assertThat(both.correct()).isEqualTo(1);
    assertThat(both.confidence(0)).isCloseTo(both.output(0, 0), within(1e-6));
    assertThat(both.cost()).isCloseTo(-Math.log(both.output(0, 0)), within(1e-6));
  }

  /** Whose outputs are the sigmoids of some numbers, whatever the image. */
  private static Network network(float... logits) {
    int classes = logits.length;
    float[] parameters = new float[classes * classes + classes];
    System.arraycopy(logits, 0, parameters, classes * classes, classes);
    return new Network(new Topology(classes, classes), parameters);
  }

  private static Evaluation evaluate(Network network, Examples examples) {
    return Evaluation.of(network, new QuadraticCost(), examples, Kernels.fastest());
  }

  @Test
  void theMembersOfACommitteeReadTheSameExamples() {
    Evaluation fewer = evaluate(OneLitPixel.network(4), examples.slice(0, 2));
    assertThatThrownBy(() -> Evaluation.ofCommittee(List.of(evaluation, fewer)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("8 outputs are not 20, as the others have.");
  }

  @Test
  void costsTheMeanOfItsExamples() {
    double sum = 0;
    for (int i = 0; i < OUTCOMES.length; i++) {
      for (int o = 0; o < 4; o++) {
        double error = evaluation.output(i, o) - (o == OUTCOMES[i][0] ? 1 : 0);
        sum += error * error / 2;
      }
    }
    assertThat(evaluation.cost()).isCloseTo(sum / 5, within(1e-9));
  }
}
