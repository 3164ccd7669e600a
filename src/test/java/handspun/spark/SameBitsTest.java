package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.EpochRunner;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import handspun.train.SequentialTrainer;
import handspun.train.Trainer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The one law: the same seed gives the same bits, wherever and however it is computed. */
class SameBitsTest {
  private static final Topology NARROW = new Topology(56, 16, 16, 10);
  private static final Topology WIDE = new Topology(56, 40, 10);
  private static final Topology ODD = new Topology(56, 7, 1, 13, 10);

  static Stream<Arguments> plans() {
    return Stream.of(
        Arguments.of(new Plan(NARROW, 2, 10, 3f, 7, 1)),
        Arguments.of(new Plan(ODD, 2, 3, 0.5f, 8, 1)),
        Arguments.of(new Plan(NARROW, 2, 64, 3f, 9, 8)),
        Arguments.of(new Plan(WIDE, 2, 33, 1f, 10, 5)),
        Arguments.of(new Plan(WIDE, 2, 17, 1f, 11, 17)),
        // Lanes that learn on their own; the last mini-batch has 3 examples for 8 lanes.
        Arguments.of(new Plan(NARROW, 2, 40, 3f, 9, 8, 5)),
        Arguments.of(new Plan(WIDE, 2, 33, 1f, 10, 5, LocalSteps.EPOCH)));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyMasterPartitionCountAndStrategyEqualsTheOracle(Plan plan) {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    Trainer.Result oracle = train(plan, data, new SequentialTrainer(plan, data));
    for (String master : List.of("local[1]", "local[2]", "local[3]")) {
      int cores = Character.digit(master.charAt(6), 10);
      for (Aggregation aggregation : Aggregation.values()) {
        try (SparkTraining spark =
            SparkTraining.start(
                master, aggregation, plan, OptionalInt.of(cores), Optional.empty(), notice -> {})) {
          Trainer.Result result = train(plan, data, spark.runner(data));
          assertThat(result.network().sha256())
              .as("%s %s %s", plan, master, aggregation)
              .isEqualTo(oracle.network().sha256());
          assertThat(result.epochs().get(1).cost())
              .isCloseTo(oracle.epochs().get(1).cost(), offset(1e-6));
          assertThat(result.epochs().get(1).validationCorrect())
              .isEqualTo(oracle.epochs().get(1).validationCorrect());
          assertThat(result.epochs().get(1).examplesPerPartition())
              .hasSize(cores)
              .allMatch(examples -> examples > 0)
              .satisfies(
                  all -> assertThat(all.stream().mapToInt(Integer::intValue).sum()).isEqualTo(203));
        }
      }
    }
    assertThat(oracle.network().sha256())
        .isNotEqualTo(Network.random(plan.topology(), plan.seed()).sha256());
  }

  private static Trainer.Result train(Plan plan, Dataset data, EpochRunner runner) {
    return new Trainer(plan, data, runner, List.of()).train();
  }
}
