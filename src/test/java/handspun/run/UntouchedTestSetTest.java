package handspun.run;

import static handspun.train.Hyperparameters.AVERAGE;
import static handspun.train.Hyperparameters.PATIENCE;
import static handspun.train.Hyperparameters.RATE_EPOCHS;
import static handspun.train.Hyperparameters.SCHEDULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.Schedule;
import handspun.train.TrainingListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test images are read once, in the end: nothing that is learned or chosen depends on them. That
 * nobody else asks for them, ArchitectureTest sees to.
 */
class UntouchedTestSetTest {
  /** Everything that is chosen on the way is chosen by validation: rate, end, the epoch kept. */
  private static final Plan PLAN =
      new Plan(new Topology(30, 12, 5), 12, 10, 3f, 1, 1)
          .with(SCHEDULE, Schedule.PLATEAU)
          .with(RATE_EPOCHS, 1)
          .with(PATIENCE, 3)
          .with(AVERAGE, 0.5f);

  private static final Dataset DATA = MadeUpExamples.dataset(60, 20, 5, 6, 5, 1);

  private static final Training.Options ONE_PARTITION = new Training.Options(OptionalInt.of(1), 1);

  @TempDir private Path runs;

  private static Dataset with(Examples test) {
    return new Dataset(DATA.training(), DATA.validation(), test, DATA.location(), Map.of());
  }

  /** The same images, each with the label of the one before it. */
  private static Examples shuffled(Examples test) {
    byte[] labels = new byte[test.count()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = test.labels()[(i + labels.length - 1) % labels.length];
    }
    return new Examples(test.rows(), test.columns(), test.inputs(), labels);
  }

  private Trained train(String name, Dataset data, TrainingListener... first) {
    return train(name, data, ONE_PARTITION, first);
  }

  private Trained train(
      String name, Dataset data, Training.Options options, TrainingListener... first) {
    try (RunFolder folder = RunFolder.create(Location.of(runs.resolve(name)))) {
      return new Training(PLAN, data, folder, Engine.threads(), options, TrainingObserver.NONE)
          .train(first);
    }
  }

  /** All of an epoch but how long it took. */
  private static <T> List<T> figures(Trained trained, Function<EpochSummary, T> figure) {
    return trained.result().epochs().stream().map(figure).toList();
  }

  private static void assertLearnedTheSame(Trained trained, Trained other) {
    assertThat(other.network().sha256()).isEqualTo(trained.network().sha256());
    assertThat(other.acceptance()).isPresent().isEqualTo(trained.acceptance());
    assertThat(other.result().goodEpochs()).isEqualTo(trained.result().goodEpochs());
    assertThat(figures(other, EpochSummary::cost)).isEqualTo(figures(trained, EpochSummary::cost));
    assertThat(figures(other, EpochSummary::validationCorrect))
        .isEqualTo(figures(trained, EpochSummary::validationCorrect));
  }

  @Test
  void otherTestImagesGiveTheSameNetwork() {
    Trained trained = train("mine", DATA);
    assertThat(trained.result().epochs()).as("patience has chosen").hasSizeBetween(4, 11);

    // Also with the fastest number of partitions, which is tried out before.
    Trained shuffled = train("shuffled", with(shuffled(DATA.test())), Training.Options.DEFAULT);
    assertLearnedTheSame(trained, shuffled);
    assertThat(shuffled.test().correct()).isLessThan(trained.test().correct());

    Trained others = train("others", with(MadeUpExamples.of(33, 5, 6, 5, 99)));
    assertLearnedTheSame(trained, others);
    assertThat(others.test().total()).isEqualTo(33);
  }

  @Test
  void aRunThatGoesOnDoesSoWithoutThem() {
    Trained trained = train("mine", DATA);
    TrainingListener plug =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochSummary summary) {
            throw new HandspunException("Somebody has pulled the plug.");
          }
        };
    assertThatThrownBy(() -> train("stopped", DATA, plug)).hasMessageContaining("plug");
    Dataset others = with(shuffled(DATA.test()));
    try (RunFolder folder = RunFolder.reopen(Location.of(runs.resolve("stopped")))) {
      Trained resumed = new Training(PLAN, others, folder, Engine.threads()).train();
      assertThat(resumed.run().resumedAfter()).hasValue(1);
      assertLearnedTheSame(trained, resumed);
    }
  }

  @Test
  void labelsThatComeAfterTheLastEpochAreInTime() {
    Trained trained = train("mine", DATA);
    int epochs = trained.result().epochs().size();
    Examples test = DATA.test();
    byte[] labels = new byte[test.count()];
    TrainingListener late =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochSummary summary) {
            if (summary.epoch() == epochs) {
              System.arraycopy(test.labels(), 0, labels, 0, labels.length);
            }
          }
        };
    Examples unlabelled = new Examples(test.rows(), test.columns(), test.inputs(), labels);
    Trained surprised = train("surprised", with(unlabelled), late);
    assertThat(labels).isEqualTo(test.labels());
    assertThat(surprised.test().correct()).isEqualTo(trained.test().correct());
    Arrays.fill(labels, (byte) 0);
    assertThat(train("unlabelled", with(unlabelled)).test().correct())
        .isNotEqualTo(trained.test().correct());
  }
}
