package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Topology TOPOLOGY = new Topology(30, 12, 5);
  private final Dataset data = MadeUpExamples.dataset(300, 60, 5, 6, 5, 1);

  @Test
  void learnsAndTellsItsListeners() {
    Plan plan = new Plan(TOPOLOGY, 6, 10, 3f, 1, 1);
    List<String> told = new ArrayList<>();
    Trainer.Result result =
        new Trainer(
                plan,
                data,
                new SequentialTrainer(plan, data),
                List.of(
                    new TrainingListener() {
                      @Override
                      public void epochStarted(int epoch) {
                        told.add("start " + epoch);
                      }

                      @Override
                      public void epochEnded(EpochSummary summary) {
                        told.add("end " + summary.epoch());
                      }
                    }))
            .train();
    assertThat(result.failure()).isEmpty();
    assertThat(result.goodEpochs()).isEqualTo(6);
    assertThat(told).hasSize(12).startsWith("start 1", "end 1", "start 2");
    assertThat(result.lastGoodEpoch().orElseThrow().validationAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void endsWithAdviceWhenAWeightIsNoLongerFinite() {
    Plan plan = new Plan(TOPOLOGY, 9, 10, 3f, 1, 1);
    SequentialTrainer real = new SequentialTrainer(plan, data);
    EpochRunner diverges =
        (epoch, start) -> {
          EpochRunner.Outcome outcome = real.run(epoch, start);
          if (epoch == 3) {
            outcome.parameters()[4] = Float.NEGATIVE_INFINITY;
          }
          return outcome;
        };
    Trainer.Result result = new Trainer(plan, data, diverges, List.of()).train();
    assertThat(result.epochs()).hasSize(3);
    assertThat(result.goodEpochs()).isBetween(1, 2);
    assertThat(result.network().isFinite()).isTrue();
    assertThat(result.failure().orElseThrow())
        .contains("epoch 3", "no longer a finite number", "lower learning rate than 3.0");
  }

  @Test
  void endsWithAdviceWhenTheCostIsNoNumber() {
    Plan plan = new Plan(TOPOLOGY, 9, 10, 3f, 1, 1);
    EpochRunner diverges =
        (epoch, start) -> new EpochRunner.Outcome(start, Double.NaN, 0, List.of(300), List.of());
    Trainer.Result result = new Trainer(plan, data, diverges, List.of()).train();
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.goodEpochs()).isZero();
    assertThat(result.network().sha256()).isEqualTo(Network.random(TOPOLOGY, 1).sha256());
    assertThat(result.failure().orElseThrow()).contains("epoch 1", "diverged");
  }

  @Test
  void endsWithAdviceWhenTheNetworkIsSaturatedByAHugeLearningRate() {
    Plan plan = new Plan(TOPOLOGY, 30, 10, 10_000f, 1, 1);
    Trainer.Result result =
        new Trainer(plan, data, new SequentialTrainer(plan, data), List.of()).train();
    assertThat(result.epochs()).hasSizeLessThan(8);
    assertThat(result.failure().orElseThrow())
        .contains("stopped learning", "ignores its input", "10000.0");
  }

  @Test
  void goesOnWithANetworkThatLearnsSlowly() {
    Plan plan = new Plan(TOPOLOGY, 12, 10, 0.02f, 1, 1);
    Trainer.Result result =
        new Trainer(plan, data, new SequentialTrainer(plan, data), List.of()).train();
    assertThat(result.failure()).isEmpty();
    assertThat(result.epochs()).hasSize(12);
  }
}
