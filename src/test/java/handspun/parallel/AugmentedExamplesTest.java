package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.image.Augmentation;
import handspun.image.Preprocessing;
import handspun.image.TracedImages;
import handspun.math.Kernels;
import handspun.network.Topology;
import handspun.train.AugmentedImages;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import handspun.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentedExamplesTest {
  private static final Plan PLAN =
      new Plan(new Topology(56, 16, 10), 3, 10, 3f, 7, 1)
          .with(Hyperparameters.AUGMENT, Augmentation.parse("shift=1,rotate=20,elastic=5"))
          .with(Hyperparameters.PREPROCESS, Preprocessing.STRAIGHTEN);

  private final Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "4, 2"})
  void aRunThatIsResumedSeesTheSameImages(int lanes, int partitions) {
    Plan plan = PLAN.with(Hyperparameters.LANES, lanes);
    List<TrainingState> reached = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void reached(TrainingState state) {
            reached.add(state);
          }
        };
    String whole;
    try (LocalRunner runner = new LocalRunner(plan, data, partitions)) {
      whole = new Trainer(plan, data, runner, List.of(listener)).train().network().sha256();
    }
    try (LocalRunner runner = new LocalRunner(plan, data, 1)) {
      Trainer trainer = new Trainer(plan, data, runner, List.of());
      assertThat(trainer.train(reached.get(1)).network().sha256()).isEqualTo(whole);
      assertThat(reached.get(1).epochsDone()).isEqualTo(1);
    }
  }

  @Test
  void everyEpochAndExampleAndSeedHasAnImageOfItsOwn() {
    byte[] image = data.training().inputs().pixels(0);
    byte[] first = made(PLAN, image, 1, 0);
    assertThat(made(PLAN, image, 1, 0)).isEqualTo(first);
    assertThat(made(PLAN, image, 2, 0)).isNotEqualTo(first);
    assertThat(made(PLAN, image, 1, 1)).isNotEqualTo(first);
    assertThat(made(PLAN.with(Hyperparameters.SEED, 8L), image, 1, 0)).isNotEqualTo(first);
  }

  private static byte[] made(Plan plan, byte[] image, int epoch, int example) {
    byte[] target = new byte[56];
    new AugmentedImages(plan, 7, 8, Kernels.fastest(), new TracedImages())
        .make(image, 3, epoch, example, target, 0);
    return target;
  }
}
