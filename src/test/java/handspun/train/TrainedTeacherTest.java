package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.image.Preprocessing;
import handspun.math.Exp;
import handspun.network.Initializer;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainedTeacherTest {
  /** One pixel; outputs of 3/4 and 1/4 where it is 0, and of 1/2 each where it is 255. */
  private static final float LOGIT = 1.0986123f;

  private static final Network NETWORK =
      new Network(new Topology(1, 2), new float[] {-LOGIT, LOGIT, LOGIT, -LOGIT});

  private static final Examples EXAMPLES =
      new Examples(1, 1, Inputs.ofPixels(1, new byte[] {0, -1, 0, -1}), new byte[] {0, 1, 1, 0});

  @Test
  void answersAddUpToOneAndAreSofterAtAHigherTemperature() {
    assertThat(1 / (1 + Exp.exp(-LOGIT))).isCloseTo(0.75f, within(1e-6f));
    assertThat(EXAMPLES.taughtBy(new TrainedTeacher(NETWORK, Preprocessing.NONE, 1)).answers())
        .containsExactly(
            new float[] {0.75f, 0.25f, 0.5f, 0.5f, 0.75f, 0.25f, 0.5f, 0.5f}, within(1e-6f));
    // The roots of 3/4 and 1/4 by their sum.
    float softer = (float) (Math.sqrt(3) / (1 + Math.sqrt(3)));
    assertThat(
            Arrays.copyOf(
                EXAMPLES.taughtBy(new TrainedTeacher(NETWORK, Preprocessing.NONE, 2)).answers(), 2))
        .containsExactly(new float[] {softer, 1 - softer}, within(1e-6f));
  }

  /** Outputs that do not add up to 1: 3/4 and 3/4 whatever the image. */
  private static final Network UNDECIDED =
      new Network(new Topology(1, 2), new float[] {0, 0, LOGIT, LOGIT});

  private static TrainedTeacher committee(float temperature, Network... networks) {
    return new TrainedTeacher(
        Arrays.stream(networks)
            .map(network -> new TrainedTeacher.Member(network, Preprocessing.NONE))
            .toList(),
        temperature);
  }

  @Test
  void severalAnswerWithTheMeanOfTheirSoftenedAnswers() {
    // (3/4 + 1/2) / 2 and (1/4 + 1/2) / 2 where the pixel is 0; 1/2 each where it is 255.
    assertThat(committee(1, NETWORK, UNDECIDED).answers(EXAMPLES))
        .containsExactly(
            new float[] {0.625f, 0.375f, 0.5f, 0.5f, 0.625f, 0.375f, 0.5f, 0.5f}, within(1e-6f));
    // Twice of three.
    assertThat(Arrays.copyOf(committee(1, NETWORK, UNDECIDED, NETWORK).answers(EXAMPLES), 2))
        .containsExactly(new float[] {2 / 3f, 1 / 3f}, within(1e-6f));
    // Softened before the mean, not after it.
    float softer = (float) (Math.sqrt(3) / (1 + Math.sqrt(3)) + 0.5) / 2;
    assertThat(Arrays.copyOf(committee(2, NETWORK, UNDECIDED).answers(EXAMPLES), 2))
        .containsExactly(new float[] {softer, 1 - softer}, within(1e-6f));
  }

  /** The sums are from when there could be but one. */
  @ParameterizedTest
  @CsvSource({"NONE, 1, -365399035", "NONE, 3, 1535747887", "STRAIGHTEN, 3, 1444604053"})
  void theAnswersOfOneAreWhatTheyAlwaysWere(
      Preprocessing preprocessing, float temperature, int hash) {
    Network network = Network.random(new Topology(100, 16, 10), Initializer.NORMAL, 1);
    Examples examples = MadeUpExamples.of(200, 10, 10, 10, 5);
    TrainedTeacher alone = new TrainedTeacher(network, preprocessing, temperature);
    assertThat(Arrays.hashCode(alone.answers(examples))).isEqualTo(hash);
  }

  @Test
  void answersAreAddedUpInTheOrderOfTheModels() {
    MeanAnswers mean = new MeanAnswers(1, 2, 1);
    mean.add(new float[] {1, 2});
    mean.add(new float[] {1, 9});
    mean.add(new float[] {2, 5});
    assertThat(mean.get())
        .containsExactly(
            (float) ((1 / 3.0 + 1 / 10.0 + 2 / 7.0) / 3),
            (float) ((2 / 3.0 + 9 / 10.0 + 5 / 7.0) / 3));
  }

  @Test
  void whoHasNoOutputAnswersThatAllClassesAreAsLikely() {
    MeanAnswers mean = new MeanAnswers(1, 4, 1);
    mean.add(new float[4]);
    assertThat(mean.get()).containsOnly(0.25f);
    mean.add(new float[] {0, 0, 0.5f, 0});
    assertThat(mean.get()).containsExactly(0.125f, 0.125f, 0.625f, 0.125f);
  }

  @Test
  void answersOfDifferentNumbersHaveNoMean() {
    MeanAnswers mean = new MeanAnswers(2, 2, 1);
    assertThatThrownBy(() -> mean.add(new float[6]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("6 outputs are not 4, as the others have.");
  }

  @Test
  void anAnswerDoesNotDependOnWhichOtherImagesAreAsked() {
    TrainedTeacher teacher = committee(2, NETWORK, UNDECIDED);
    assertThat(teacher.answers(EXAMPLES.slice(1, 3)))
        .isEqualTo(Arrays.copyOfRange(teacher.answers(EXAMPLES), 2, 6));
  }

  @Test
  void theSumOfACommitteeIsThoseOfItsNetworksInOrder() {
    assertThat(committee(1, NETWORK).sha256()).isEqualTo(NETWORK.sha256());
    assertThat(committee(1, UNDECIDED, NETWORK).sha256())
        .isEqualTo(UNDECIDED.sha256() + "," + NETWORK.sha256());
  }

  @Test
  void aSliceOfTaughtExamplesHasItsAnswers() {
    Examples taught = EXAMPLES.taughtBy(new TrainedTeacher(NETWORK, Preprocessing.NONE, 1));
    assertThat(EXAMPLES.isTaught()).isFalse();
    assertThat(taught.isTaught()).isTrue();
    assertThat(taught.slice(1, 3).answers())
        .isEqualTo(Arrays.copyOfRange(taught.answers(), 2, 6))
        .hasSize(4);
    assertThat(taught.slice(1, 1).isTaught()).isFalse();
    assertThat(EXAMPLES.slice(1, 3).isTaught()).isFalse();
  }

  @Test
  void preparesImagesAsItsOwnModelSays() {
    // A slanted stroke.
    byte[] pixels = new byte[100];
    for (int y = 2; y < 8; y++) {
      pixels[10 * y + 9 - y] = -1;
    }
    Examples slanted = new Examples(10, 10, Inputs.ofPixels(100, pixels), new byte[] {0});
    Network network = Network.random(new Topology(100, 3), Initializer.NORMAL, 1);
    float[] straight = new TrainedTeacher(network, Preprocessing.STRAIGHTEN, 1).answers(slanted);
    Examples prepared = slanted.with(Preprocessing.STRAIGHTEN.apply(slanted.inputs(), 10, 10));
    TrainedTeacher plain = new TrainedTeacher(network, Preprocessing.NONE, 1);
    assertThat(straight).isEqualTo(plain.answers(prepared)).isNotEqualTo(plain.answers(slanted));
    TrainedTeacher both =
        new TrainedTeacher(
            List.of(
                new TrainedTeacher.Member(network, Preprocessing.STRAIGHTEN),
                new TrainedTeacher.Member(network, Preprocessing.NONE)),
            1);
    float[] mean = both.answers(slanted);
    for (int o = 0; o < 3; o++) {
      assertThat(mean[o]).isCloseTo((straight[o] + plain.answers(slanted)[o]) / 2, within(1e-7f));
    }
  }
}
