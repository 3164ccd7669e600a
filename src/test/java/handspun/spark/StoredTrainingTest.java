package handspun.spark;

import static handspun.train.Hyperparameters.AUGMENT;
import static handspun.train.Hyperparameters.COST;
import static handspun.train.Hyperparameters.PREPROCESS;
import static handspun.train.Hyperparameters.TEACHER_SHARE;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SequentialTrainer;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.MadeUpExamples;
import handspun.data.StoredDataset;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.files.NewFolder;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.network.CrossEntropy;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochRunner;
import handspun.train.EveryOption;
import handspun.train.Plan;
import handspun.train.TrainedTeacher;
import handspun.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The one law for data that are larger than the driver: examples that executors read where they are
 * stored give the bits of the oracle, and so those of examples that the driver sends.
 */
class StoredTrainingTest {
  private static final Topology TOPOLOGY = new Topology(72, 16, 10);
  private static final Augmentation AUGMENTATION =
      Augmentation.parse("shift=1,rotate=12,elastic=26,thickness=0.3");

  @TempDir private static Path folder;

  /** Four parts of 50 or 51 examples; three partitions read across their borders. */
  private static StoredDataset stored;

  @BeforeAll
  static void store() {
    Dataset small = MadeUpExamples.dataset(30, 0, 9, 8, 10, 5);
    Location set = Location.of(folder);
    NewFolder.make(set);
    new Generation(203, AUGMENTATION, 1, 4)
        .run("local[2]", small.training(), small.test(), set, notice -> {});
    stored = (StoredDataset) DatasetReader.open(DataSources.of(set), 31, false);
  }

  private static Stream<Plan> plans(Aggregation aggregation) {
    Plan oneLane = new Plan(TOPOLOGY, 2, 10, 0.1f, 7, 1);
    Plan eightLanes = new Plan(TOPOLOGY, 2, 40, 0.1f, 7, 8);
    Plan localSteps = new Plan(TOPOLOGY, 2, 20, 0.1f, 7, 8, 3);
    // Few mini-batches where each is a job.
    Plan plan = aggregation == Aggregation.EXCHANGE ? oneLane : eightLanes;
    return Stream.of(
            Stream.of(
                plan,
                plan.with(PREPROCESS, Preprocessing.STRAIGHTEN),
                plan.with(AUGMENT, AUGMENTATION),
                plan.with(AUGMENT, AUGMENTATION).with(PREPROCESS, Preprocessing.STRAIGHTEN)),
            EveryOption.together(plan),
            EveryOption.together(localSteps))
        .flatMap(plans -> plans);
  }

  /** SameBitsTest has the same with what the driver sends. */
  @ParameterizedTest
  @EnumSource
  void givesTheOraclesBitsWithEveryOptionAndWithATeacherWhomExecutorsAsk(Aggregation aggregation) {
    try (TrainingContext spark =
        TrainingContext.start("local[3]", Aggregation.EXCHANGE, Optional.empty(), notice -> {})) {
      Dataset read = stored.inMemory();
      assertThat(spark.withSums(stored).sha256()).isEqualTo(read.sha256()).hasSize(10);
      plans(aggregation)
          .forEach(
              plan ->
                  assertThat(
                          train(
                              plan,
                              stored,
                              spark.train(aggregation, plan, stored, PartitionChoice.asTold(3))))
                      .as(plan.texts().toString())
                      .isEqualTo(train(plan, read, new SequentialTrainer(plan, read))));

      StoredDataset taught = taught();
      Dataset taughtBefore = taught.inMemory();
      Plan plan =
          new Plan(TOPOLOGY, 2, 40, 0.1f, 7, 8)
              .with(COST, new CrossEntropy())
              .with(TEACHER_SHARE, 0.7f)
              .with(AUGMENT, AUGMENTATION);
      assertThat(
              train(
                  plan, taught, spark.train(aggregation, plan, taught, PartitionChoice.asTold(3))))
          .isEqualTo(train(plan, taughtBefore, new SequentialTrainer(plan, taughtBefore)))
          .isNotEqualTo(train(plan, read, new SequentialTrainer(plan, read)));
    }
  }

  private static StoredDataset taught() {
    Network teacher = new Plan(new Topology(72, 12, 10), 1, 10, 1f, 3, 1).initialNetwork();
    return new StoredDataset(
        stored.training().taughtBy(new TrainedTeacher(teacher, Preprocessing.STRAIGHTEN, 2)),
        stored.validation(),
        stored.test(),
        stored.location(),
        stored.files(),
        stored.names(),
        stored.sha256());
  }

  private static String train(Plan plan, TrainingData data, EpochRunner runner) {
    Trainer.Result result = new Trainer(plan, data, runner, List.of()).train();
    return result.network().sha256() + result.epochs().get(1).validationCorrect();
  }
}
