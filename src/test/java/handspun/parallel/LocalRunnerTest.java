package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.math.Kernels;
import handspun.network.Topology;
import handspun.train.EpochRunner.Outcome;
import handspun.train.EpochStart;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** That it gives the oracle's bits is in {@code SameBitsTest}. */
class LocalRunnerTest {
  private final Plan plan = new Plan(new Topology(30, 12, 5), 1, 20, 3f, 1, 1);
  private final Dataset data = MadeUpExamples.dataset(203, 31, 5, 6, 5, 1);
  private final ModelState start = TrainingState.initial(plan).model();

  private LocalRunner runner(int partitions, BooleanSupplier cancelled) {
    return new LocalRunner(
        plan, data.training(), data.validation(), partitions, Kernels.fastest(), cancelled);
  }

  @Test
  void runsAnEpochAsOftenAsItIsAskedTo() {
    try (LocalRunner runner = new LocalRunner(plan, data, 3)) {
      Outcome first = runner.run(new EpochStart(1, start));
      assertThat(first.examplesPerPartition()).hasSize(3);
      assertThat(first.work()).hasSize(3).allMatch(work -> work.computeNanos() > 0);
      assertThat(first.state()).isNotEqualTo(start);
      assertThat(runner.run(new EpochStart(2, first.state())).state()).isNotEqualTo(first.state());
      assertThat(runner.run(new EpochStart(1, start)).state()).isEqualTo(first.state());
    }
  }

  /** Whichever thread notices first. */
  @RepeatedTest(50)
  void endsEarlyWhenItIsToldTo() {
    try (LocalRunner runner = runner(2, () -> true)) {
      assertThatThrownBy(() -> runner.run(new EpochStart(1, start)))
          .isInstanceOf(CancelledException.class);
    }
  }

  @Test
  void failsWithWhatAnyPartitionFailsWith() {
    Thread caller = Thread.currentThread();
    BooleanSupplier failing =
        () -> {
          if (Thread.currentThread() != caller) {
            throw new IllegalArgumentException("out of paper");
          }
          return false;
        };
    try (LocalRunner runner = runner(2, failing)) {
      assertThatThrownBy(() -> runner.run(new EpochStart(1, start)))
          .hasMessageContaining("out of paper");
    }
  }
}
