package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.data.Examples;
import handspun.data.MadeUpExamples;
import handspun.math.Kernels;
import handspun.network.Topology;
import handspun.train.EpochStart;
import handspun.train.LocalSteps;
import handspun.train.MiniBatches;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An epoch of ten mini-batches that is one round: nobody meets before its end. */
class EpochLoopTest {
  private final Plan plan = new Plan(new Topology(30, 12, 5), 1, 20, 3f, 1, 4, LocalSteps.EPOCH);
  private final Examples examples = MadeUpExamples.of(200, 5, 6, 5, 1);
  private final Team team =
      new Team(
          plan, new Partitioning(new MiniBatches(examples.count(), plan), 1), Placement.alone(1));
  private final ModelState start = TrainingState.initial(plan).model();

  @BeforeEach
  void begin() {
    team.publish(0, examples);
    team.begin(new EpochStart(1, start));
  }

  private void run(BooleanSupplier cancelled) {
    new EpochLoop(team, 0, examples.slice(0, 0), Kernels.fastest(), cancelled).run(0, 10);
  }

  @Test
  void aLongRoundTellsOfItsMiniBatches() {
    List<Integer> told = new ArrayList<>();
    run(
        () -> {
          told.add(team.miniBatchesDone());
          return false;
        });
    assertThat(told).isSorted().startsWith(0).contains(1, 2, 3, 4, 5, 6, 7, 8, 9).endsWith(10);
    assertThat(team.state()).isNotEqualTo(start);
  }

  @Test
  void aLongRoundCanBeEnded() {
    assertThatThrownBy(() -> run(() -> team.miniBatchesDone() == 3))
        .isInstanceOf(CancelledException.class);
    assertThat(team.miniBatchesDone()).isEqualTo(3);
    assertThat(team.state()).isEqualTo(start);
  }
}
