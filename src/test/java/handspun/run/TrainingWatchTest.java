package handspun.run;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.HandspunException;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingWatchTest {
  private static final Plan PLAN = new Plan(new Topology(30, 12, 5), 3, 10, 3f, 1, 1);
  private static final Dataset DATA = MadeUpExamples.dataset(60, 20, 5, 6, 5, 1);

  @TempDir private Path runs;

  private final List<TrainingState> seen = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private Trainer.Result train(TrainingWatch watch) {
    try (RunFolder folder = RunFolder.createIn(runs)) {
      Training.Options options = new Training.Options(OptionalInt.of(1), 0, 0);
      return new Training(PLAN, DATA, folder, Engine.threads(), options, TrainingObserver.NONE)
          .train(watch)
          .result();
    }
  }

  @Test
  void showsTheUntrainedNetworkFirstAndTheTrainedOneLast() {
    TrainingWatch watch = new TrainingWatch(seen::add, warnings::add);
    Trainer.Result trained;
    try (watch) {
      trained = train(watch);
    }
    assertThat(seen.get(0).network().sha256()).isEqualTo(PLAN.initialNetwork().sha256());
    assertThat(seen).extracting(TrainingState::epochsDone).isSorted().startsWith(0).endsWith(3);
    TrainingState last = seen.get(seen.size() - 1);
    assertThat(last.network().sha256()).isEqualTo(trained.network().sha256());
    assertThat(last.epochs()).isEqualTo(trained.epochs());
    assertThat(warnings).isEmpty();
  }

  @Test
  void trainingDoesNotWaitForWhoeverLooks() throws InterruptedException {
    CountDownLatch trained = new CountDownLatch(1);
    TrainingWatch watch =
        new TrainingWatch(
            state -> {
              await(trained);
              seen.add(state);
            },
            warnings::add);
    try (watch) {
      train(watch);
      trained.countDown();
    }
    assertThat(seen).extracting(TrainingState::epochsDone).containsExactly(0, 3);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void showsOneTrainingAfterTheOther() {
    TrainingWatch watch = new TrainingWatch(seen::add, warnings::add);
    try (watch) {
      train(watch);
      train(watch);
    }
    assertThat(seen.get(seen.size() - 1).epochsDone()).isEqualTo(3);
  }

  @Test
  void aWatcherThatFailsIsToldOfOnceAndTrainingGoesOn() {
    TrainingWatch watch =
        new TrainingWatch(
            state -> {
              throw new HandspunException("Nobody can look.");
            },
            warnings::add);
    try (watch) {
      assertThat(train(watch).failure()).isEmpty();
    }
    assertThat(warnings).containsExactly("Nobody can look.");
  }
}
