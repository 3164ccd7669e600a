package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Activation;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
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
                      public void reached(TrainingState state) {
                        told.add("reached " + state.epochsDone());
                      }

                      @Override
                      public void epochEnded(EpochSummary summary) {
                        told.add("end " + summary.epoch());
                      }
                    }))
            .train();
    assertThat(result.failure()).isEmpty();
    assertThat(result.goodEpochs()).isEqualTo(6);
    assertThat(told)
        .hasSize(19)
        .startsWith("reached 0", "start 1", "reached 1", "end 1", "start 2");
    assertThat(result.lastGoodEpoch().orElseThrow().validationAccuracy()).isGreaterThan(0.9);
  }

  @Test
  void endsWithAdviceWhenAWeightIsNoLongerFinite() {
    Plan plan = new Plan(TOPOLOGY, 9, 10, 3f, 1, 1);
    SequentialTrainer real = new SequentialTrainer(plan, data);
    EpochRunner diverges =
        start -> {
          EpochRunner.Outcome outcome = real.run(start);
          if (start.epoch() == 3) {
            outcome.state().parameters()[4] = Float.NEGATIVE_INFINITY;
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
        start -> new EpochRunner.Outcome(start.model(), Double.NaN, 0, List.of(300), List.of());
    Trainer.Result result = new Trainer(plan, data, diverges, List.of()).train();
    assertThat(result.epochs()).hasSize(1);
    assertThat(result.goodEpochs()).isZero();
    assertThat(result.network().sha256())
        .isEqualTo(Network.random(TOPOLOGY, Initializer.NORMAL, 1).sha256());
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

  /** All states that a run comes through, from the one before its first epoch. */
  private List<TrainingState> states(Plan plan, EpochRunner runner) {
    List<TrainingState> states = new ArrayList<>();
    trainer(plan, runner, states::add).train();
    return states;
  }

  private Trainer trainer(Plan plan, EpochRunner runner, Consumer<TrainingState> reached) {
    return new Trainer(
        plan,
        data,
        runner,
        List.of(
            new TrainingListener() {
              @Override
              public void reached(TrainingState state) {
                reached.accept(state);
              }
            }));
  }

  /** All of a result but how long it took. */
  private static List<Object> bits(Trainer.Result result) {
    List<Object> bits = new ArrayList<>();
    bits.add(result.network().sha256());
    bits.add(result.goodEpochs());
    bits.add(result.failure());
    for (EpochSummary epoch : result.epochs()) {
      bits.addAll(List.of(epoch.epoch(), epoch.cost(), epoch.validationCorrect()));
    }
    return bits;
  }

  private void assertResumesToTheSame(Plan plan, EpochRunner runner) {
    List<Object> undisturbed = bits(new Trainer(plan, data, runner, List.of()).train());
    List<TrainingState> states = states(plan, runner);
    assertThat(states.size()).isGreaterThan(2);
    for (TrainingState state : states) {
      assertThat(bits(new Trainer(plan, data, runner, List.of()).train(state)))
          .as("after epoch %d", state.epochsDone())
          .isEqualTo(undisturbed);
    }
  }

  @Test
  void resumedAfterAnyEpochItEndsInTheSameBits() {
    Plan plan = new Plan(TOPOLOGY, 5, 10, 3f, 1, 1);
    assertResumesToTheSame(plan, new SequentialTrainer(plan, data));
    Plan momentum = new Plan(TOPOLOGY, 5, 10, 0.3f, 1, 1).with(Hyperparameters.MOMENTUM, 0.9f);
    assertResumesToTheSame(momentum, new SequentialTrainer(momentum, data));
    Plan relu =
        new Plan(TOPOLOGY, 5, 10, 0.1f, 1, 1).with(Hyperparameters.ACTIVATION, Activation.RELU);
    assertResumesToTheSame(relu, new SequentialTrainer(relu, data));
    Plan cosine =
        new Plan(TOPOLOGY, 5, 10, 3f, 1, 1).with(Hyperparameters.SCHEDULE, Schedule.COSINE);
    assertResumesToTheSame(cosine, new SequentialTrainer(cosine, data));
  }

  @Test
  void aLongerRunEqualsAShorterOneThatGoesOn() {
    Plan plan = new Plan(TOPOLOGY, 6, 10, 3f, 1, 1);
    EpochRunner runner = new SequentialTrainer(plan, data);
    List<TrainingState> shorter = states(plan.withEpochs(2), runner);
    assertThat(bits(new Trainer(plan, data, runner, List.of()).train(shorter.get(2))))
        .isEqualTo(bits(new Trainer(plan, data, runner, List.of()).train()));
  }

  @Test
  void thePatienceWithANetworkThatDoesNotLearnSurvives() {
    Plan plan = new Plan(TOPOLOGY, 30, 10, 10_000f, 1, 1);
    assertResumesToTheSame(plan, new SequentialTrainer(plan, data));
  }

  @Test
  void theBestNetworkSurvivesADivergenceAfterwards() {
    Plan plan = new Plan(TOPOLOGY, 9, 10, 3f, 1, 1);
    SequentialTrainer real = new SequentialTrainer(plan, data);
    // Epoch 2 is the best; epoch 5 diverges.
    EpochRunner diverges =
        start -> {
          EpochRunner.Outcome outcome = real.run(start);
          if (start.epoch() == 5) {
            outcome.state().parameters()[4] = Float.NaN;
          }
          return new EpochRunner.Outcome(
              outcome.state(),
              outcome.cost(),
              start.epoch() == 2 ? 60 : 30,
              List.of(300),
              List.of());
        };
    assertResumesToTheSame(plan, diverges);
    Trainer.Result result = new Trainer(plan, data, diverges, List.of()).train();
    assertThat(result.goodEpochs()).isEqualTo(2);
    assertThat(result.network().sha256())
        .isEqualTo(states(plan, diverges).get(2).network().sha256());
  }

  @Test
  void anEpochThatFailsLeavesTheStateBeforeIt() {
    Plan plan = new Plan(TOPOLOGY, 9, 10, 3f, 1, 1);
    SequentialTrainer real = new SequentialTrainer(plan, data);
    EpochRunner fails =
        start -> {
          if (start.epoch() == 3) {
            throw new HandspunException("The executor died.");
          }
          return real.run(start);
        };
    List<TrainingState> states = new ArrayList<>();
    assertThatThrownBy(() -> trainer(plan, fails, states::add).train())
        .hasMessage("The executor died.");
    assertThat(states).hasSize(3).last().extracting(TrainingState::epochsDone).isEqualTo(2);
  }
}
