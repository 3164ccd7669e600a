package handspun.train;

import static handspun.train.Hyperparameters.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoppingRuleTest {
  private static final Topology TOPOLOGY = new Topology(30, 5);

  private final Dataset data = MadeUpExamples.dataset(30, 60, 5, 6, 5, 1);

  private static Plan plan(int epochs, int patience) {
    return new Plan(TOPOLOGY, epochs, 10, 0.5f, 1, 1).with(PATIENCE, patience);
  }

  /** In epoch e, as many validation examples are correct as the number at e - 1 says. */
  private static EpochRunner scripted(int... correct) {
    return start -> {
      int epoch = start.epoch();
      float[] parameters = start.model().parameters().clone();
      parameters[0] = epoch;
      return new EpochRunner.Outcome(
          new ModelState(parameters, start.model().memory()),
          1.0 / epoch,
          correct[epoch - 1],
          List.of(30),
          List.of());
    };
  }

  private Trainer.Result train(Plan plan, EpochRunner runner, TrainingState from) {
    return new Trainer(plan, data, runner, List.of()).train(from);
  }

  private Trainer.Result train(Plan plan, int... correct) {
    return train(plan, scripted(correct), TrainingState.initial(plan));
  }

  /** Training has gone for so many epochs, and keeps the network of this one. */
  private static void assertEnds(Trainer.Result result, int epochs, int kept) {
    assertThat(result.failure()).isEmpty();
    assertThat(result.epochs()).hasSize(epochs);
    assertThat(result.goodEpochs()).isEqualTo(kept);
    assertThat(result.network().parameters()[0]).isEqualTo(kept);
    assertThat(result.lastGoodEpoch().orElseThrow().epoch()).isEqualTo(kept);
  }

  @Test
  void endsWhenSoManyEpochsInARowWereNoBetter() {
    assertEnds(train(plan(9, 2), 10, 30, 29, 31, 31, 5, 60, 60, 60), 6, 4);
    assertEnds(train(plan(9, 3), 10, 30, 29, 31, 31, 5, 60, 60, 60), 9, 7);
    assertEnds(train(plan(9, 1), 10, 10, 60, 60, 60, 60, 60, 60, 60), 2, 1);
  }

  @Test
  void keepsTheFirstOfEqualsAlsoAfterTheLastEpoch() {
    assertEnds(train(plan(4, 9), 10, 30, 30, 20), 4, 2);
    assertEnds(train(plan(4, 9), 0, 0, 0, 0), 4, 1);
  }

  @Test
  void withoutPatienceAllEpochsAreRunAndTheLastIsKept() {
    assertEnds(train(plan(4, 0), 10, 30, 30, 20), 4, 4);
  }

  @Test
  void aResumedTrainingDecidesAlike() {
    int[] correct = {10, 30, 29, 31, 31, 5, 60, 60, 60};
    for (int patience : new int[] {0, 1, 2, 3, 20}) {
      Plan plan = plan(9, patience);
      EpochRunner runner = scripted(correct);
      List<TrainingState> states = new ArrayList<>();
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public void reached(TrainingState state) {
              states.add(state);
            }
          };
      Trainer.Result undisturbed = new Trainer(plan, data, runner, List.of(listener)).train();
      assertThat(states).hasSize(undisturbed.epochs().size() + 1);
      for (TrainingState state : states) {
        Trainer.Result resumed = train(plan, runner, state);
        assertEnds(resumed, undisturbed.epochs().size(), undisturbed.goodEpochs());
      }
    }
  }

  @Test
  void endsATrainingThatHasLearnedWhatItCan() {
    Plan plan = plan(60, 2);
    Trainer.Result result =
        train(plan, new SequentialTrainer(plan, data), TrainingState.initial(plan));
    assertThat(result.epochs()).hasSizeLessThan(60);
    assertThat(result.goodEpochs()).isEqualTo(result.epochs().size() - 2);
  }
}
