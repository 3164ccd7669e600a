package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.EpochRunner;
import handspun.train.EveryOption;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The one law, for the kernels: the same seed gives the same bits at every width of vectors. */
class SameBitsOfKernelsTest {
  private static final int EPOCHS = 3;

  static Stream<Plan> plans() {
    Plan narrow = new Plan(new Topology(56, 16, 16, 10), EPOCHS, 10, 0.1f, 7, 1);
    Plan wide = new Plan(new Topology(56, 100, 17, 10), EPOCHS, 33, 0.05f, 8, 5);
    return Stream.of(shapes(), EveryOption.alone(narrow), EveryOption.together(wide))
        .flatMap(plans -> plans);
  }

  private static Stream<Plan> shapes() {
    Topology narrow = new Topology(56, 16, 16, 10);
    return Stream.of(
        new Plan(narrow, EPOCHS, 10, 3f, 7, 1),
        new Plan(narrow, EPOCHS, 64, 3f, 9, 8),
        new Plan(new Topology(56, 7, 1, 13, 10), EPOCHS, 3, 0.5f, 8, 1),
        new Plan(new Topology(56, 100, 17, 10), EPOCHS, 7, 1f, 8, 1),
        new Plan(new Topology(56, 207, 10), EPOCHS, 33, 1f, 10, 5),
        // So many examples in a lane that the first layer goes by columns.
        new Plan(new Topology(56, 40, 10), EPOCHS, 70, 1f, 10, 1),
        new Plan(new Topology(56, 100, 16, 10), EPOCHS, 101, 1f, 10, 4),
        // Lanes that learn on their own; the last mini-batch has 3 examples for 8 lanes.
        new Plan(narrow, EPOCHS, 40, 3f, 9, 8, 5),
        new Plan(new Topology(56, 100, 16, 10), EPOCHS, 33, 1f, 10, 5, LocalSteps.EPOCH));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyImplementationEqualsTheOracle(Plan plan) {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    String sha256 = train(plan, data, new SequentialTrainer(plan, data)).sha256();
    for (Kernels kernels : AllKernels.all()) {
      assertThat(train(plan, data, kernels).sha256()).as(kernels.description()).isEqualTo(sha256);
    }
  }

  @Test
  void moreLocalStepsThanAnEpochHasMiniBatchesAreOneAverageAnEpoch() {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    Set<String> sums = new TreeSet<>();
    for (int localSteps : new int[] {6, 7, 1000, LocalSteps.EPOCH}) {
      Plan plan = new Plan(new Topology(56, 16, 10), EPOCHS, 40, 3f, 9, 8, localSteps);
      sums.add(train(plan, data, Kernels.fastest()).sha256());
    }
    assertThat(sums).hasSize(1);
    Plan five = new Plan(new Topology(56, 16, 10), EPOCHS, 40, 3f, 9, 8, 5);
    assertThat(train(five, data, Kernels.fastest()).sha256()).isNotIn(sums);
  }

  private static Network train(Plan plan, Dataset data, Kernels kernels) {
    try (LocalRunner runner =
        new LocalRunner(plan, data.training(), data.validation(), 1, kernels, () -> false)) {
      return train(plan, data, runner);
    }
  }

  private static Network train(Plan plan, Dataset data, EpochRunner runner) {
    return new Trainer(plan, data, runner, List.of()).train().network();
  }
}
