package handspun.train;

import static handspun.train.Hyperparameters.BATCH;
import static handspun.train.Hyperparameters.LANES;
import static handspun.train.Hyperparameters.LOCAL_STEPS;
import static handspun.train.Hyperparameters.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.image.Preprocessing;
import handspun.network.Topology;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {
  private static final Topology TOPOLOGY = new Topology(3, 2, 3);

  private static Plan plan(Topology topology, int miniBatch) {
    return new Plan(topology, 1, miniBatch, 3f, 1, 1);
  }

  private static Dataset dataset(Examples training, Examples validation, Examples test) {
    return new Dataset(training, validation, test, "somewhere", Map.of());
  }

  private static Examples examples(int classes, int... labels) {
    int[][] outcomes = new int[labels.length][];
    for (int i = 0; i < labels.length; i++) {
      outcomes[i] = new int[] {labels[i], 0};
    }
    return OneLitPixel.examples(classes, outcomes);
  }

  @Test
  void keepsEverythingElseWhenTheEpochsChange() {
    Plan plan = new Plan(TOPOLOGY, 1, 8, 3f, 5, 4, 9);
    assertThat(plan.withEpochs(7)).isEqualTo(new Plan(TOPOLOGY, 7, 8, 3f, 5, 4, 9));
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    Plan plan = Plan.builder().set(BATCH, 60).build();
    for (Hyperparameter<?> one : Hyperparameters.ALL) {
      Optional<?> expected =
          one == BATCH ? Optional.of(60) : one == LANES ? Optional.of(1) : one.otherwise();
      assertThat(Optional.of(plan.get(one))).as(one.name()).isEqualTo(expected);
    }
    assertThat(Plan.builder().set(BATCH, 100).build().lanes()).isEqualTo(8);
    assertThat(Plan.builder().set(LOCAL_STEPS, 5).build().lanes()).isEqualTo(8);
  }

  @Test
  void isReadAsItIsWritten() {
    Plan plan = new Plan(TOPOLOGY, 30, 10, 0.1f, Long.MIN_VALUE, 3, LocalSteps.EPOCH);
    assertThat(plan.texts())
        .containsEntry("layers", "3,2,3")
        .containsEntry("rate", "0.1")
        .containsEntry("seed", "-9223372036854775808")
        .containsEntry("local-steps", "epoch");
    assertThat(Plan.ofTexts(plan.texts())).isEqualTo(plan);
    assertThat(Plan.ofTexts(plan.chosenTexts())).isEqualTo(plan);
  }

  @Test
  void whatWasAddedLaterMayBeMissing() {
    Map<String, String> texts = new HashMap<>(new Plan(TOPOLOGY, 3, 8, 1f, 5, 4).chosenTexts());
    assertThat(texts).containsOnlyKeys("layers", "epochs", "batch", "rate", "seed", "lanes");
    assertThat(Plan.ofTexts(texts)).isEqualTo(new Plan(TOPOLOGY, 3, 8, 1f, 5, 4, 1));
    texts.remove("rate");
    assertRefused(() -> Plan.ofTexts(texts), "does not say rate");
  }

  @Test
  void saysInWordsWhatWasChosen() {
    assertThat(new Plan(TOPOLOGY, 30, 10, 3f, 7, 2).words())
        .isEqualTo("epochs 30, mini-batch 10, learning rate 3.0, seed 7, lanes 2");
    assertThat(new Plan(TOPOLOGY, 30, 10, 3f, 7, 2, LocalSteps.EPOCH).words())
        .endsWith("lanes 2, local steps epoch");
  }

  @Test
  void keepsWhatIsPossible() {
    Plan plan = new Plan(TOPOLOGY, 30, 10, 3f, -5, 10);
    assertThat(plan.lanes()).isEqualTo(10);
    assertThat(plan.seed()).isEqualTo(-5);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesToTrainForNoEpoch(int epochs) {
    assertRefused(() -> new Plan(TOPOLOGY, epochs, 10, 3f, 1, 1), "epochs is " + epochs);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesAMiniBatchWithoutExamples(int miniBatch) {
    assertRefused(() -> new Plan(TOPOLOGY, 1, miniBatch, 3f, 1, 1), "batch is " + miniBatch);
  }

  @ParameterizedTest
  @ValueSource(floats = {0f, -3f, Float.NaN, Float.POSITIVE_INFINITY})
  void refusesALearningRateThatIsNotAboveZeroAndFinite(float rate) {
    assertRefused(() -> new Plan(TOPOLOGY, 1, 10, rate, 1, 1), "rate is " + rate, "0.02");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesToSumWithoutALane(int lanes) {
    assertRefused(() -> new Plan(TOPOLOGY, 1, 10, 3f, 1, lanes), "lanes is " + lanes, "at least 1");
  }

  @ParameterizedTest
  @CsvSource({"11,10", "2,1"})
  void refusesLanesThatCannotAllSumAnExample(int lanes, int miniBatch) {
    assertRefused(
        () -> new Plan(TOPOLOGY, 1, miniBatch, 3f, 1, lanes),
        "lanes is " + lanes,
        "1 to " + miniBatch);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void refusesToMakeNoStepBetweenTwoAverages(int localSteps) {
    assertRefused(
        () -> new Plan(TOPOLOGY, 1, 10, 3f, 1, 2, localSteps), "local-steps is " + localSteps);
  }

  @ParameterizedTest
  @CsvSource({"2,10", "epoch,1"})
  void refusesALaneThatHasNoOtherToBeAveragedWith(String localSteps, int miniBatch) {
    assertRefused(
        () -> new Plan(TOPOLOGY, 1, miniBatch, 3f, 1, 1, LOCAL_STEPS.parse(localSteps)),
        "local-steps is " + localSteps,
        "lanes is 1",
        "at least 2 lanes");
  }

  @Test
  void fitsDataOfItsShapeWithoutValidationExamples() {
    Dataset data = dataset(examples(3, 0, 1, 2), examples(3), examples(3, 2));
    assertThatCode(() -> plan(TOPOLOGY, 3).requireFits(data)).doesNotThrowAnyException();
  }

  @Test
  void refusesPatienceWithoutValidationExamples() {
    Plan plan = plan(TOPOLOGY, 3).with(PATIENCE, 4);
    Dataset without = dataset(examples(3, 0, 1, 2), examples(3), examples(3, 2));
    assertRefused(
        () -> plan.requireFits(without), "patience is 4", "no validation examples", "--validation");
    Dataset with = dataset(examples(3, 0, 1, 2), examples(3, 1), examples(3, 2));
    assertThatCode(() -> plan.requireFits(with)).doesNotThrowAnyException();
  }

  @Test
  void refusesAMiniBatchLargerThanTheTrainingSet() {
    Dataset data = dataset(examples(3, 0, 1, 2), examples(3), examples(3));
    assertRefused(
        () -> plan(TOPOLOGY, 4).requireFits(data), "batch is 4", "only 3 training examples");
  }

  @Test
  void refusesAFirstLayerThatIsNotTheImagesSize() {
    Dataset data = dataset(examples(4, 0, 1), examples(4), examples(4));
    assertRefused(
        () -> plan(TOPOLOGY, 1).requireFits(data),
        "3-2-3 begin with 3 units",
        "training images have 1 x 4 = 4 pixels",
        "--layers 4,2,3.");
  }

  @Test
  void refusesToStraightenWhatIsALine() {
    Plan plan =
        new Plan(new Topology(56, 10), 1, 10, 3f, 1, 1)
            .with(Hyperparameters.PREPROCESS, Preprocessing.STRAIGHTEN);
    plan.requireFits(MadeUpExamples.dataset(20, 5, 7, 8, 10, 5));
    assertRefused(
        () -> plan.requireFits(MadeUpExamples.dataset(20, 5, 1, 56, 10, 5)),
        "preprocess is straighten",
        "1 x 56 pixels");
  }

  @Test
  void refusesTestImagesOfAnotherSize() {
    Dataset data = dataset(examples(3, 0, 1), examples(3), examples(5, 1));
    assertRefused(() -> plan(TOPOLOGY, 1).requireFits(data), "test images have 1 x 5");
  }

  @Test
  void refusesALabelThatTheLastLayerHasNoUnitFor() {
    Dataset data = dataset(examples(3, 0, 1), examples(3, 0, 3), examples(3));
    assertRefused(
        () -> plan(TOPOLOGY, 1).requireFits(data),
        "3-2-3 end with 3 units",
        "labels go from 0 to 3",
        "--layers 3,2,4.");
  }

  @Test
  void saysInOneGoHowManyUnitsAllSetsNeed() {
    Dataset data = dataset(examples(4, 1, 4), examples(4, 2, 9), examples(4, 26));
    assertRefused(
        () -> plan(TOPOLOGY, 1).requireFits(data),
        "3-2-3 begin with 3 units",
        "training images have 1 x 4 = 4 pixels; they end with 3 units",
        "labels go from 1 to 26, which takes 27 units: choose --layers 4,2,27.");
  }

  private static void assertRefused(Runnable attempt, String... words) {
    assertThatThrownBy(attempt::run)
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(words);
  }
}
