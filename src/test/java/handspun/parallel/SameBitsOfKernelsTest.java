package handspun.parallel;

import static handspun.train.Hyperparameters.ACTIVATION;
import static handspun.train.Hyperparameters.AUGMENT;
import static handspun.train.Hyperparameters.COST;
import static handspun.train.Hyperparameters.MOMENTUM;
import static handspun.train.Hyperparameters.SCHEDULE;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.image.Augmentation;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Activation;
import handspun.network.CrossEntropy;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.LocalSteps;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.Schedule;
import handspun.train.Trainer;
import handspun.train.TrainingState;
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
  private static final Augmentation AUGMENTED =
      Augmentation.parse("shift=1,rotate=20,scale=0.1,shear=0.1,elastic=10,thickness=0.5");

  static Stream<Plan> plans() {
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
        new Plan(new Topology(56, 100, 16, 10), EPOCHS, 33, 1f, 10, 5, LocalSteps.EPOCH),
        new Plan(narrow, EPOCHS, 10, 0.5f, 7, 1).with(COST, new CrossEntropy()),
        new Plan(narrow, EPOCHS, 64, 0.5f, 7, 8).with(COST, new CrossEntropy()),
        new Plan(narrow, EPOCHS, 10, 0.3f, 7, 1).with(MOMENTUM, 0.9f),
        new Plan(narrow, EPOCHS, 40, 0.3f, 9, 8, 5).with(MOMENTUM, 0.9f),
        new Plan(narrow, EPOCHS, 10, 0.1f, 7, 1).with(ACTIVATION, Activation.RELU),
        new Plan(narrow, EPOCHS, 10, 3f, 7, 1).with(SCHEDULE, Schedule.COSINE),
        new Plan(narrow, EPOCHS, 64, 3f, 9, 8).with(SCHEDULE, Schedule.COSINE),
        new Plan(narrow, EPOCHS, 10, 3f, 7, 1).with(AUGMENT, AUGMENTED),
        new Plan(new Topology(56, 40, 10), EPOCHS, 70, 1f, 10, 1).with(AUGMENT, AUGMENTED),
        new Plan(new Topology(56, 100, 17, 10), EPOCHS, 33, 0.1f, 8, 5)
            .with(ACTIVATION, Activation.RELU));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void everyImplementationEqualsTheOracle(Plan plan) {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    ModelState expected = TrainingState.initial(plan).model();
    SequentialTrainer oracle = new SequentialTrainer(plan, data);
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      expected = oracle.run(epoch, expected).state();
    }
    String sha256 = new Network(plan.topology(), expected.parameters()).sha256();
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
      return new Trainer(plan, data, runner, List.of()).train().network();
    }
  }
}
