package handspun.spark;

import static handspun.train.Hyperparameters.AUGMENT;
import static handspun.train.Hyperparameters.BATCH;
import static handspun.train.Hyperparameters.COST;
import static handspun.train.Hyperparameters.LABEL_SMOOTHING;
import static handspun.train.Hyperparameters.LANES;
import static handspun.train.Hyperparameters.PATIENCE;
import static handspun.train.Hyperparameters.PREPROCESS;
import static handspun.train.Hyperparameters.TEACHER_SHARE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.network.CrossEntropy;
import handspun.network.LogLikelihood;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.parallel.LocalRunner;
import handspun.parallel.PartitionChoice;
import handspun.parallel.Partitioning;
import handspun.train.EpochRunner;
import handspun.train.EveryOption;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import handspun.train.TrainedTeacher;
import handspun.train.Trainer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one law: the same seed gives the same bits, wherever and however it is computed. */
class SameBitsTest {
  private static final Topology NARROW = new Topology(56, 16, 16, 10);
  private static final Topology WIDE = new Topology(56, 40, 10);
  private static final Topology ODD = new Topology(56, 7, 1, 13, 10);

  static Stream<Plan> plans() {
    return Stream.of(
            shapes(),
            EveryOption.alone(new Plan(NARROW, 2, 10, 0.1f, 7, 1)),
            EveryOption.together(new Plan(ODD, 2, 10, 0.05f, 7, 1)),
            EveryOption.together(new Plan(WIDE, 2, 33, 0.05f, 10, 5)),
            EveryOption.together(new Plan(NARROW, 2, 40, 0.05f, 9, 8, 5)),
            EveryOption.together(new Plan(WIDE, 2, 33, 0.05f, 10, 5, LocalSteps.EPOCH)))
        .flatMap(plans -> plans);
  }

  private static Stream<Plan> shapes() {
    return Stream.of(
        new Plan(NARROW, 2, 10, 3f, 7, 1),
        new Plan(ODD, 2, 3, 0.5f, 8, 1),
        new Plan(NARROW, 2, 64, 3f, 9, 8),
        new Plan(WIDE, 2, 33, 1f, 10, 5),
        new Plan(WIDE, 2, 17, 1f, 11, 17),
        // Lanes that learn on their own; the last mini-batch has 3 examples for 8 lanes.
        new Plan(NARROW, 2, 40, 3f, 9, 8, 5),
        new Plan(WIDE, 2, 33, 1f, 10, 5, LocalSteps.EPOCH),
        // The network that is kept is that of epoch 1 or 2, whichever reads more images correctly.
        new Plan(NARROW, 2, 10, 3f, 7, 1).with(PATIENCE, 1));
  }

  /** What is drawn has 28 x 28 pixels. */
  static Stream<Plan> drawn() {
    Plan plan = new Plan(new Topology(784, 16, 10), 2, 10, 0.1f, 7, 1);
    return Stream.of(
        plan.with(AUGMENT, Augmentation.parse("redraw=0.5,negatives=0.3,elastic=20")),
        plan.with(AUGMENT, Augmentation.parse("redraw=0.6,negatives=0.5"))
            .with(COST, new LogLikelihood())
            .with(LABEL_SMOOTHING, 0.1f)
            .with(PREPROCESS, Preprocessing.STRAIGHTEN)
            .with(BATCH, 17)
            .with(LANES, 3));
  }

  private final Dataset large = MadeUpExamples.dataset(61, 31, 28, 28, 10, 5);
  private final Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);

  @ParameterizedTest
  @MethodSource("plans")
  void everyNumberOfPartitionsEqualsTheOracle(Plan plan) {
    Trainer.Result oracle = train(plan, new SequentialTrainer(plan, data));
    for (int partitions = 1; partitions <= Partitioning.most(plan); partitions++) {
      try (LocalRunner runner = new LocalRunner(plan, data, partitions)) {
        assertSame(train(plan, runner), oracle, partitions);
      }
    }
    assertThat(oracle.network().sha256()).isNotEqualTo(plan.initialNetwork().sha256());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void soItIsWithATeacher(int lanes) {
    Plan plan =
        new Plan(NARROW, 2, 10, 0.3f, 7, lanes)
            .with(COST, new CrossEntropy())
            .with(TEACHER_SHARE, 0.7f);
    Network teacher = new Plan(WIDE, 1, 10, 1f, 3, 1).initialNetwork();
    Dataset taught =
        new Dataset(
            data.training().taughtBy(new TrainedTeacher(teacher, Preprocessing.NONE, 2)),
            data.validation(),
            data.test(),
            "",
            Map.of());
    Trainer.Result oracle =
        new Trainer(plan, taught, new SequentialTrainer(plan, taught), List.of()).train();
    for (int partitions = 1; partitions <= 3; partitions++) {
      try (LocalRunner runner = new LocalRunner(plan, taught, partitions)) {
        assertSame(train(plan, runner), oracle, partitions);
      }
    }
    assertThat(train(plan, new SequentialTrainer(plan, data)).network().sha256())
        .isNotEqualTo(oracle.network().sha256());
  }

  @ParameterizedTest
  @MethodSource("drawn")
  void soItIsWhereImagesAreDrawnAnewOrAreNoDigits(Plan plan) {
    Trainer.Result oracle = train(plan, large, new SequentialTrainer(plan, large));
    for (int partitions = 1; partitions <= 3; partitions++) {
      try (LocalRunner runner = new LocalRunner(plan, large, partitions)) {
        assertSame(train(plan, large, runner), oracle, partitions);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void soDoesSparkWithOnePlanAfterTheOther(Aggregation aggregation) {
    // A job for each mini-batch takes its time.
    Dataset few = MadeUpExamples.dataset(83, 31, 7, 8, 10, 5);
    Dataset examples = aggregation == Aggregation.JOBS ? few : data;
    try (TrainingContext spark =
        TrainingContext.start("local[3]", Aggregation.EXCHANGE, Optional.empty(), notice -> {})) {
      plans()
          .forEach(
              plan ->
                  assertSame(
                      train(
                          plan,
                          examples,
                          spark.train(aggregation, plan, examples, PartitionChoice.asTold(3))),
                      train(plan, examples, new SequentialTrainer(plan, examples)),
                      3));
      drawn()
          .forEach(
              plan ->
                  assertSame(
                      train(
                          plan,
                          large,
                          spark.train(aggregation, plan, large, PartitionChoice.asTold(3))),
                      train(plan, large, new SequentialTrainer(plan, large)),
                      3));
    }
  }

  private static void assertSame(Trainer.Result result, Trainer.Result oracle, int partitions) {
    assertThat(result.network().sha256())
        .as("%d partitions", partitions)
        .isEqualTo(oracle.network().sha256());
    assertThat(result.goodEpochs()).isEqualTo(oracle.goodEpochs());
    assertThat(result.epochs().get(1).cost())
        .isCloseTo(oracle.epochs().get(1).cost(), offset(1e-6));
    assertThat(result.epochs().get(1).validationCorrect())
        .isEqualTo(oracle.epochs().get(1).validationCorrect());
    assertThat(result.epochs().get(1).examplesPerPartition())
        .hasSize(partitions)
        .allMatch(examples -> examples > 0);
    assertThat(sum(result)).isEqualTo(sum(oracle));
  }

  /** How many examples an epoch has had. */
  private static int sum(Trainer.Result result) {
    return result.epochs().get(1).examplesPerPartition().stream().mapToInt(n -> n).sum();
  }

  private Trainer.Result train(Plan plan, EpochRunner runner) {
    return train(plan, data, runner);
  }

  private static Trainer.Result train(Plan plan, Dataset data, EpochRunner runner) {
    return new Trainer(plan, data, runner, List.of()).train();
  }
}
