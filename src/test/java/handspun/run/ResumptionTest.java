package handspun.run;

import static handspun.train.Hyperparameters.PATIENCE;
import static handspun.train.Hyperparameters.SCHEDULE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.report.PlanFile;
import handspun.store.Checkpoint;
import handspun.store.CheckpointFile;
import handspun.store.CheckpointWriter;
import handspun.store.KeptEpochsWriter;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.store.Runs;
import handspun.train.EpochSummary;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.Schedule;
import handspun.train.TrainingState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumptionTest {
  private static final Plan PLAN = new Plan(new Topology(30, 5), 3, 10, 0.1f, 1, 1);
  private static final Network NETWORK = Network.random(PLAN.topology(), Initializer.NORMAL, 5);

  @TempDir Path run;

  private final Dataset data = at("made up", Map.of("images", "ba89", "labels", "65a5"));

  private static TrainingState state(int done) {
    EpochSummary[] epochs = new EpochSummary[done];
    for (int e = 1; e <= done; e++) {
      epochs[e - 1] = new EpochSummary(e, 0.5, 3, 6, 1, List.of(30));
    }
    return new TrainingState(
        new ModelState(NETWORK.parameters(), List.of()), NETWORK, NETWORK, done, List.of(epochs));
  }

  private void stopAfter(int epochs) {
    stop(PLAN, state(epochs));
  }

  private void stop(Plan plan, TrainingState state) {
    CheckpointFile.write(
        Location.of(run.resolve(CheckpointFile.NAME)), Checkpoint.of(plan, data, state));
  }

  private void saveModel(Network network) {
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, Double.NaN, 1);
    ModelFile.write(
        Location.of(run.resolve(Runs.MODEL)), new Model(network, Optional.of(PLAN), provenance));
  }

  private Resumption resumption() {
    return new Resumption(
        Location.of(run), CheckpointFile.read(Location.of(run.resolve(CheckpointFile.NAME))));
  }

  @BeforeEach
  void stopAfterTwoOfThreeEpochs() {
    stopAfter(2);
  }

  @Test
  void goesOnWhereTheRunWasStopped() {
    Resumption resumption = resumption();
    assertThat(resumption.plan(3)).isEqualTo(PLAN);
    assertThat(resumption.state().epochsDone()).isEqualTo(2);
    assertThat(resumption.state().network().sha256()).isEqualTo(NETWORK.sha256());
    assertThat(resumption.settings()).contains("validation = 6");
    assertThat(Resumption.requireRun(Location.of(run))).isEqualTo(Location.of(run));
  }

  @Test
  void theNumberOfEpochsMayChangeDownToWhatIsDone() {
    assertThat(resumption().plan(8)).isEqualTo(PLAN.withEpochs(8));
    assertThat(resumption().plan(2)).isEqualTo(PLAN.withEpochs(2));
    assertThatThrownBy(() -> resumption().plan(1))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("epochs is 1", run.toString(), "has done 2 already");
  }

  @Test
  void theNumberOfEpochsStaysWhereTheScheduleDependsOnIt() {
    Plan plan = PLAN.with(SCHEDULE, Schedule.COSINE);
    stop(plan, state(2));
    assertThat(resumption().plan(3)).isEqualTo(plan);
    for (int other : new int[] {1, 2, 4}) {
      assertThatThrownBy(() -> resumption().plan(other))
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll(
              "epochs is " + other, run.toString(), "begun with 3", "cosine", "train anew");
    }
    stop(plan, state(3));
    saveModel(NETWORK);
    assertThatThrownBy(() -> resumption().plan(3))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("all of its 3 epochs, and its model is there: for more, train anew.");
  }

  @Test
  void aFinishedRunSaysSoAndMayGoOnForMoreEpochs() {
    stopAfter(3);
    saveModel(NETWORK);
    assertThatThrownBy(() -> resumption().plan(3))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(run.toString(), "all of its 3 epochs", "--epochs");
    assertThat(resumption().plan(4).epochs()).isEqualTo(4);
  }

  @Test
  void aRunThatItsPatienceHasEndedSaysSo() {
    Plan plan = PLAN.withEpochs(9).with(PATIENCE, 2);
    Network last = Network.random(PLAN.topology(), Initializer.NORMAL, 6);
    TrainingState ended =
        new TrainingState(
            new ModelState(last.parameters(), List.of()), last, NETWORK, 1, state(3).epochs());
    stop(plan, ended);
    // Ended, but the model of the best epoch is still to be saved.
    assertThat(resumption().plan(9)).isEqualTo(plan);
    saveModel(last);
    assertThat(resumption().plan(9)).isEqualTo(plan);
    saveModel(NETWORK);
    for (int epochs : new int[] {9, 20}) {
      assertThatThrownBy(() -> resumption().plan(epochs))
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll(
              run.toString(), "ended after 3 epochs", "2 were no better", "more --patience");
    }
    assertThatThrownBy(() -> resumption().requireSame(plan.with(PATIENCE, 3)))
        .isInstanceOf(UsageException.class);
    stop(
        plan,
        new TrainingState(
            new ModelState(last.parameters(), List.of()), last, NETWORK, 1, state(2).epochs()));
    assertThat(resumption().plan(20)).isEqualTo(plan.withEpochs(20));
  }

  @Test
  void aRunThatIsStoppedBeforeItsModelWasSavedIsNotFinished() throws IOException {
    stopAfter(3);
    assertThat(resumption().plan(3)).isEqualTo(PLAN);
    // One of fewer epochs, from before the run was resumed.
    saveModel(Network.random(PLAN.topology(), Initializer.NORMAL, 6));
    assertThat(resumption().plan(3)).isEqualTo(PLAN);
    Files.writeString(run.resolve(Runs.MODEL), "damaged");
    assertThat(resumption().plan(3)).isEqualTo(PLAN);
  }

  @Test
  void refusesAnotherPlanAndNamesBoth() {
    Plan other = new Plan(new Topology(30, 5), 8, 10, 0.5f, 1, 1);
    assertThatThrownBy(() -> resumption().requireSame(other))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(run.toString(), "learning rate 0.1", "learning rate 0.5");
    assertThatCode(() -> resumption().requireSame(PLAN.withEpochs(8))).doesNotThrowAnyException();
  }

  @Test
  void refusesOtherDataAndNamesBoth() {
    Resumption resumption = resumption();
    assertThatCode(() -> resumption.requireSame(data)).doesNotThrowAnyException();
    assertThatCode(() -> resumption.requireSame(at("moved", data.sha256())))
        .doesNotThrowAnyException();
    Map<String, String> changed = Map.of("images", "ba89", "labels", "abcd");
    assertThatThrownBy(() -> resumption.requireSame(at("changed", changed)))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(
            "The data in changed",
            "made up",
            "labels has the SHA-256 abcd now and has the SHA-256 65a5 then",
            "--data");
    assertThatThrownBy(() -> resumption.requireSame(at("other", Map.of("mnist.pkl", "ef01"))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not there");
  }

  private static Dataset at(String location, Map<String, String> sums) {
    Dataset made = MadeUpExamples.dataset(30, 6, 5, 6, 5, 1);
    return new Dataset(made.training(), made.validation(), made.test(), location, sums);
  }

  @Test
  void aRunWithoutACheckpointNamesThePlanToTrainAnewWith() throws IOException {
    Files.delete(run.resolve(CheckpointFile.NAME));
    Files.writeString(run.resolve(PlanFile.NAME), "");
    assertThatThrownBy(() -> Resumption.requireRun(Location.of(run)))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            "no checkpoint.handspun", "train anew with --config " + run.resolve("plan.conf"));
  }

  @Test
  void aDamagedCheckpointIsNamed() throws IOException {
    Files.writeString(run.resolve(CheckpointFile.NAME), "HANDSCHK and then nothing");
    assertThatThrownBy(() -> resumption())
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(run.resolve(CheckpointFile.NAME).toString(), "was cut off");
  }

  private EarlyEnd earlyEnd(CheckpointWriter checkpoints, Optional<TrainingState> resumed) {
    return new EarlyEnd(checkpoints, PLAN, Location.of(run), Location.of(run), resumed);
  }

  private CheckpointWriter checkpoints(int every) {
    Location place = Location.of(run);
    KeptEpochsWriter none = new KeptEpochsWriter(place, PLAN, 0, warning -> {});
    return new CheckpointWriter(place, PLAN, data, every, none, warning -> {});
  }

  @Test
  void whoStopsOrFailsIsToldHowToGoOn() throws IOException {
    Files.delete(run.resolve(CheckpointFile.NAME));
    CheckpointWriter checkpoints = checkpoints(10);
    EarlyEnd end = earlyEnd(checkpoints, Optional.empty());
    checkpoints.reached(state(0));
    checkpoints.reached(state(1));
    String way = "1 of 3 epochs are done and saved; go on with: bin/handspun train --resume " + run;
    assertThat(end.stopped()).isEqualTo("Stopped: " + way);
    assertThat(end.failed(new HandspunException("Spark failed.")))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessage("Spark failed. " + way);
    RuntimeException defect = new IllegalStateException("a defect");
    assertThat(end.failed(defect)).isSameAs(defect);
    RuntimeException wrongUse = new UsageException("too many partitions");
    assertThat(end.failed(wrongUse)).isSameAs(wrongUse);
    assertThat(resumption().state().epochsDone()).isEqualTo(1);
  }

  @Test
  void aResumedRunThatDoesNotGetFarHasStillItsOldCheckpoint() {
    assertThat(earlyEnd(checkpoints(1), Optional.of(state(2))).stopped())
        .startsWith("Stopped: 2 of 3 epochs");
  }

  @Test
  void whereNothingIsSavedThatIsSaid() throws IOException {
    CheckpointWriter none = checkpoints(0);
    none.reached(state(1));
    EarlyEnd end = earlyEnd(none, Optional.empty());
    assertThat(end.stopped())
        .contains("before the end: no model and no checkpoint", run.toString())
        .doesNotContain("--resume");
    assertThat(end.failed(new HandspunException("Spark failed."))).hasMessage("Spark failed.");
    Files.delete(run.resolve(CheckpointFile.NAME));
    assertThat(earlyEnd(none, Optional.empty()).stopped()).contains("before training began");
    assertThat(run).doesNotExist();
    Files.createDirectory(run);
  }
}
