package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import handspun.train.Plan;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarmUpTest {
  private static final Dataset DATA = MadeUpExamples.dataset(20_000, 10, 4, 4, 10, 5);
  private static final Plan PLAN = new Plan(new Topology(16, 8, 10), 3, 10, 0.05f, 7, 1);
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void takesTenThousandExamplesOrFourMiniBatchesIfThatIsMore() {
    Plan large = new Plan(PLAN.topology(), 3, 4_000, 0.05f, 7, 1);
    assertThat(WarmUp.examples(PLAN, DATA.training()).count()).isEqualTo(10_000);
    assertThat(WarmUp.examples(large, DATA.training()).count()).isEqualTo(16_000);
    assertThat(WarmUp.examples(PLAN, DATA.training().slice(0, 50)).count()).isEqualTo(50);
  }

  @Test
  void endsByItselfWhenMiniBatchesDoNotBecomeFasterAnyMore() {
    WarmUp.compute(PLAN, WarmUp.examples(PLAN, DATA.training()), LONG, () -> false);
  }

  @Test
  void endsAtOnceWhenItsTaskIsKilled() {
    assertThatThrownBy(() -> WarmUp.compute(PLAN, DATA.training().slice(0, 100), LONG, () -> true))
        .isInstanceOf(CancelledException.class);
  }
}
