package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.parallel.LocalRunner;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochRunner;
import handspun.train.PinnedPlan;
import handspun.train.Trainer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan gives today it gives tomorrow. */
class PinnedPlansTest {

  @ParameterizedTest
  @CsvSource({
    "DEFAULT, 1",
    "DEFAULT, 2",
    "DEFAULT, 3",
    "FEW_EXAMPLES, 1",
    "HUNDRED_UNITS, 1",
    "SEVERAL_LANES, 2",
    "LARGE_MINI_BATCHES, 2",
    "LOCAL_STEPS, 3",
    "ONE_AVERAGE_AN_EPOCH, 2",
    "CROSS_ENTROPY, 2",
    "MOMENTUM_OF_LANES, 3",
    "SCALED_WEIGHTS, 1",
    "RELU, 2",
    "COSINE, 2",
    "SMALL, 2",
    "STRAIGHTENED, 2",
    "AUGMENTED, 2",
    "AUGMENTED_LANES, 3",
    "REDRAWN, 2"
  })
  void endsWithTheBitsThatItAlwaysGave(PinnedPlan pinned, int partitions) {
    Dataset data = pinned.data();
    try (LocalRunner runner = new LocalRunner(pinned.plan(), data, partitions)) {
      train(pinned, data, runner);
    }
  }

  /** Without validation images, which change nothing, and which the oracle is slow to read. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "CROSS_ENTROPY",
        "MOMENTUM_OF_LANES",
        "SCALED_WEIGHTS",
        "RELU",
        "COSINE",
        "STRAIGHTENED",
        "AUGMENTED",
        "AUGMENTED_LANES",
        "REDRAWN"
      })
  void soDoesTheOracle(PinnedPlan pinned) {
    Dataset all = pinned.data();
    Dataset data =
        new Dataset(all.training(), all.validation().slice(0, 0), all.test(), "", all.sha256());
    train(pinned, data, new SequentialTrainer(pinned.plan(), data));
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERAL_LANES, EXCHANGE, 2",
    "FEW_EXAMPLES, JOBS, 2",
    "LARGE_MINI_BATCHES, JOBS, 2",
    "ONE_AVERAGE_AN_EPOCH, JOBS, 2"
  })
  void endsWithThemOnSpark(PinnedPlan pinned, Aggregation aggregation, int partitions) {
    trainOnSpark(pinned, aggregation, partitions);
  }

  @Tag("cluster")
  @ParameterizedTest
  @EnumSource
  void endsWithThemOnTwoPartitionsOfSparkToo(PinnedPlan pinned) {
    trainOnSpark(pinned, Aggregation.EXCHANGE, 2);
  }

  private static void trainOnSpark(PinnedPlan pinned, Aggregation aggregation, int partitions) {
    Dataset data = pinned.data();
    try (TrainingContext spark =
        TrainingContext.start(
            "local[" + partitions + "]", Aggregation.EXCHANGE, Optional.empty(), notice -> {})) {
      train(
          pinned,
          data,
          spark.train(aggregation, pinned.plan(), data, PartitionChoice.asTold(partitions)));
    }
  }

  private static void train(PinnedPlan pinned, Dataset data, EpochRunner runner) {
    Trainer.Result result = new Trainer(pinned.plan(), data, runner, List.of()).train();
    assertThat(result.failure()).isEmpty();
    assertThat(result.network().sha256()).isEqualTo(pinned.sha256());
  }
}
