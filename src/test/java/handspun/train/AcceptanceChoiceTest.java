package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.image.Preprocessing;
import handspun.math.AllKernels;
import handspun.network.Feedforward;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceChoiceTest {
  /**
   * Correct answers of scores 1/n, 2/n, ... 1 in some order; all other outputs are 0, so that the
   * margin is the score.
   */
  private static AcceptanceChoice evenly(int n) {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, n);
    for (int i = 0; i < n; i++) {
      // 7 has no factor in common with the numbers below.
      choice.add(new float[] {0, (i * 7 % n + 1) / (float) n, 0}, true);
    }
    return choice;
  }

  @ParameterizedTest
  @CsvSource({
    // None of them may be refused, and none unsure.
    "1, 1, 1",
    "33, 1, 1",
    // One of them may be refused: the second lowest score is the least. None of 33 is unsure.
    "34, 2, 2",
    "66, 2, 3",
    // Two may be refused, and one of the 65 others unsure.
    "67, 3, 4",
    "100, 4, 5",
    "1000, 31, 50",
  })
  void atMostThreePercentAreRefusedAndTwoPercentOfTheOthersUnsure(
      int n, int leastScore, int leastMargin) {
    assertThat(evenly(n).choose())
        .contains(new Acceptance(leastScore / (float) n, leastMargin / (float) n));
  }

  /** 43 straightened images, all at once and some at a time, the last part a smaller one. */
  @ParameterizedTest
  @ValueSource(ints = {1, 90, 300, 1000, 43 * 30, 9999})
  void imagesAreReadAsTheNetworkReadsThemHoweverManyAtATime(int mostPixels) {
    Examples validation = MadeUpExamples.of(43, 5, 6, 5, 1);
    Plan plan =
        new Plan(new Topology(30, 5), 1, 10, 3f, 1, 1)
            .with(Hyperparameters.PREPROCESS, Preprocessing.STRAIGHTEN);
    Network network = plan.initialNetwork();
    AcceptanceChoice expected = new AcceptanceChoice(Outputs.SIGMOID, 43);
    for (int i = 0; i < 43; i++) {
      byte[] straight = new byte[30];
      Preprocessing.STRAIGHTEN.step(5, 6).apply(validation.inputs().pixels(i), straight, 0);
      Feedforward feedforward = Feedforward.of(network, AllKernels.scalar(), 1);
      feedforward.read(straight);
      expected.add(feedforward.outputs(0), feedforward.prediction(0) == validation.label(i));
    }
    assertThat(AcceptanceChoice.by(plan, network, validation, AllKernels.scalar(), mostPixels))
        .isPresent()
        .isEqualTo(expected.choose());
  }

  @Test
  void answersThatHaveTheLeastScoreAreAllKept() {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, 100);
    for (int i = 0; i < 100; i++) {
      choice.add(new float[] {i < 10 ? 0.25f : 0.75f, 0}, true);
    }
    assertThat(choice.choose()).contains(new Acceptance(0.25f, 0.25f));
  }

  @Test
  void mistakesCountForTheScoreAndNotForTheMargin() {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, 4);
    choice.add(new float[] {0.5f, 0.4375f}, false);
    choice.add(new float[] {0.75f, 0.5f}, true);
    choice.add(new float[] {0.5f, 1}, true);
    choice.add(new float[] {0.75f, 0.75f}, false);
    // 1 - (1 - 0.5) (1 - 0.4375)
    assertThat(choice.choose()).contains(new Acceptance(0.71875f, 0.25f));
  }

  @Test
  void aNetworkThatIsNeverCorrectIsNeverUnsure() {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, 1);
    choice.add(new float[] {0.5f, 0.25f}, false);
    assertThat(choice.choose()).contains(new Acceptance(0.625f, 0));
  }

  @Test
  void equalOutputsChooseTheirCommonOneAndNoMargin() {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, 3);
    for (int i = 0; i < 3; i++) {
      choice.add(new float[] {0.25f, 0.25f, 0.25f}, i == 0);
    }
    assertThat(choice.choose()).contains(new Acceptance(0.578125f, 0));
  }

  @Test
  void aSingleOutputIsNeverUnsure() {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, 2);
    choice.add(new float[] {0.5f}, true);
    choice.add(new float[] {0.75f}, true);
    Acceptance acceptance = choice.choose().orElseThrow();
    assertThat(acceptance.leastScore()).isEqualTo(0.5f);
    assertThat(acceptance.verdict(0.5f, new float[] {0.5f})).isEqualTo(Verdict.DIGIT);
  }

  @Test
  void withoutImagesThereIsNothingToChooseBy() {
    assertThat(new AcceptanceChoice(Outputs.SIGMOID, 0).choose()).isEmpty();
    assertThat(new AcceptanceChoice(Outputs.SIGMOID, 10).choose()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0.5", "1, 0.375", "2, 0.25", "3, 0.125"})
  void answersThatAreNoNumbersAreAmongTheRefused(int broken, float leastScore) {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, 100);
    for (int i = 0; i < 100; i++) {
      float score = Math.min(1, (i - broken + 1) / 8f);
      choice.add(new float[] {0, score, i < broken ? Float.NaN : 0}, true);
    }
    assertThat(choice.choose().orElseThrow().leastScore()).isEqualTo(leastScore);
  }

  @Test
  void whatCannotReadMoreThanThreePercentHasNoAcceptance() {
    AcceptanceChoice choice = new AcceptanceChoice(Outputs.SIGMOID, 100);
    for (int i = 0; i < 100; i++) {
      choice.add(new float[] {0.5f, i < 4 ? Float.NaN : 0}, true);
    }
    assertThat(choice.choose()).isEmpty();
  }
}
