package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.train.PinnedPlan;
import handspun.train.Trainer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a plan gives today it gives tomorrow. */
class PinnedPlansTest {

  @ParameterizedTest
  @CsvSource({
    "DEFAULT, EXCHANGE, 1",
    "DEFAULT, EXCHANGE, 2",
    "DEFAULT, EXCHANGE, 3",
    "FEW_EXAMPLES, EXCHANGE, 1",
    "FEW_EXAMPLES, JOBS, 2",
    "HUNDRED_UNITS, EXCHANGE, 1",
    "SEVERAL_LANES, EXCHANGE, 2",
    "LARGE_MINI_BATCHES, JOBS, 2",
    "LOCAL_STEPS, EXCHANGE, 3",
    "ONE_AVERAGE_AN_EPOCH, JOBS, 2"
  })
  void endsWithTheBitsThatItAlwaysGave(PinnedPlan pinned, Aggregation aggregation, int partitions) {
    train(pinned, aggregation, partitions);
  }

  @Tag("cluster")
  @ParameterizedTest
  @EnumSource
  void endsWithThemOnTwoPartitionsToo(PinnedPlan pinned) {
    train(pinned, Aggregation.EXCHANGE, 2);
  }

  private static void train(PinnedPlan pinned, Aggregation aggregation, int partitions) {
    Dataset data = pinned.data();
    String master = "local[" + partitions + "]";
    try (SparkTraining spark =
        SparkTraining.start(
            master,
            aggregation,
            pinned.plan(),
            OptionalInt.of(partitions),
            Optional.empty(),
            notice -> {})) {
      Trainer.Result result =
          new Trainer(pinned.plan(), data, spark.runner(data), List.of()).train();
      assertThat(result.failure()).isEmpty();
      assertThat(result.network().sha256()).isEqualTo(pinned.sha256());
    }
  }
}
