package handspun.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.store.CheckpointFile;
import handspun.store.ModelFile;
import handspun.train.EpochSummary;
import handspun.train.Hyperparameters;
import handspun.train.MeanAndSpread;
import handspun.train.Plan;
import handspun.train.Progress;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTrainingTest {
  private static final Plan PLAN = new Plan(new Topology(30, 12, 5), 3, 10, 3f, 7, 1);
  private static final Dataset DATA = data("ba89", 1);

  @TempDir private Path runs;

  private final Notes notes = new Notes();

  private static Dataset data(String sum, long seed) {
    Dataset made = MadeUpExamples.dataset(60, 20, 5, 6, 5, seed);
    return new Dataset(
        made.training(), made.validation(), made.test(), "made up", Map.of("images", sum));
  }

  /** Writes down what it is told. */
  private static final class Notes implements SeedsObserver {
    private final List<String> told = new ArrayList<>();
    private final List<PartitionChoice> partitions = new ArrayList<>();

    @Override
    public void began(SeedsFolder folder, int seeds, int done) {
      told.add("%d of %d are done".formatted(done, seeds));
    }

    @Override
    public List<TrainingListener> began(TrainingRun run, Supplier<Progress> progress) {
      partitions.add(run.partitions());
      String after =
          run.resumedAfter().isPresent() ? " after " + run.resumedAfter().getAsInt() : "";
      told.add("seed " + run.plan().seed() + after);
      return List.of();
    }

    @Override
    public void ended(SeedFigures figures) {
      told.add("ended " + figures.seed());
    }
  }

  /** Ends the training with that seed after an epoch. */
  private static final class Failing implements TrainingListener {
    private final int trainings;
    private int begun;

    Failing(int trainings) {
      this.trainings = trainings;
    }

    @Override
    public void epochEnded(EpochSummary summary) {
      begun += summary.epoch() == 1 ? 1 : 0;
      if (begun == trainings && summary.epoch() == 2) {
        throw new HandspunException("Somebody has pulled the plug.");
      }
    }
  }

  private Location place() {
    return Location.of(runs.resolve("mine"));
  }

  private Path file(String name) {
    return runs.resolve("mine").resolve(name);
  }

  private SeedsTraining training(Plan plan, Dataset data, SeedsFolder folder) {
    return new SeedsTraining(
        plan, 3, data, folder, Engine.threads(), new Training.Options(OptionalInt.of(1), 1), notes);
  }

  private SeedsResult train() {
    try (SeedsFolder folder = SeedsFolder.create(place())) {
      return training(PLAN, DATA, folder).train();
    }
  }

  private SeedsResult resume() {
    try (SeedsFolder folder = SeedsFolder.reopen(place())) {
      return training(PLAN, DATA, folder).train();
    }
  }

  private static String expected(long seed) {
    Plan plan = PLAN.with(Hyperparameters.SEED, seed);
    return new Trainer(plan, DATA, new SequentialTrainer(plan, DATA), List.of())
        .train()
        .network()
        .sha256();
  }

  private static void assertIsOfAllSeeds(SeedsResult result) {
    assertThat(result.figures())
        .extracting(SeedFigures::sha256)
        .containsExactly(expected(7), expected(8), expected(9));
  }

  @Test
  void everySeedHasTheNetworkThatItHasAloneInAFolderOfItsOwn() {
    SeedsResult result = train();
    assertIsOfAllSeeds(result);
    assertThat(result.figures()).extracting(SeedFigures::seed).containsExactly(7L, 8L, 9L);
    assertThat(result.figures()).extracting(SeedFigures::epochs).containsOnly(3);
    assertThat(result.figures()).extracting(SeedFigures::testTotal).containsOnly(50);
    for (SeedFigures figures : result.figures()) {
      assertThat(result.model(figures))
          .isEqualTo(Location.of(file("seed-" + figures.seed()).resolve("model.handspun")));
      assertThat(ModelFile.read(result.model(figures)).provenance().testAccuracy())
          .isEqualTo(figures.testAccuracy());
      assertThat(ModelFile.read(result.model(figures)).provenance().validationAccuracy())
          .isEqualTo(figures.validationAccuracy());
    }
    assertThat(notes.told)
        .containsExactly(
            "0 of 3 are done", "seed 7", "ended 7", "seed 8", "ended 8", "seed 9", "ended 9");
    assertThat(file("plan.conf")).content().contains("seed = 7\n", "seeds = 3\n");
    assertThat(file("seeds.csv"))
        .content()
        .hasLineCount(4)
        .startsWith("seed,epochs,validation_accuracy,test_correct,test_total,test_accuracy,")
        .contains("\n9,3,", expected(9));
  }

  @Test
  void theFastestNumberOfPartitionsIsFoundOnce() {
    try (SeedsFolder folder = SeedsFolder.create(place())) {
      new SeedsTraining(PLAN, 2, DATA, folder, Engine.threads(), Training.Options.DEFAULT, notes)
          .train();
    }
    assertThat(notes.partitions).hasSize(2);
    assertThat(notes.partitions.get(1)).isSameAs(notes.partitions.get(0));
  }

  @Test
  void hasMeanAndSpreadAndTheBestByValidation() {
    SeedsResult result =
        new SeedsResult(
            PLAN,
            place(),
            List.of(
                new SeedFigures(7, 3, 0.8, 45, 50, 1, "a"),
                new SeedFigures(8, 3, 0.9, 40, 50, 2, "b"),
                new SeedFigures(9, 3, 0.9, 50, 50, 6, "c")));
    assertThat(result.test())
        .isEqualTo(MeanAndSpread.of(List.of(0.9, 0.8, 1.0)))
        .extracting(MeanAndSpread::mean)
        .isEqualTo(0.9);
    assertThat(result.validation().max()).isEqualTo(0.9);
    assertThat(result.seconds().mean()).isEqualTo(3);
    assertThat(result.best().seed()).as("the first of equals, whatever the test").isEqualTo(8);
  }

  private void failInSecond() {
    try (SeedsFolder folder = SeedsFolder.create(place())) {
      SeedsTraining training = training(PLAN, DATA, folder);
      assertThat(training.stopped()).isEqualTo("Stopped before training began.");
      assertThatThrownBy(() -> training.train(new Failing(2)))
          .isInstanceOf(HandspunException.class)
          .hasMessageContainingAll("plug. 2 of 3 epochs are done", "--resume " + place())
          .hasMessageNotContaining("seed-8");
      assertThat(training.stopped())
          .isEqualTo(
              "Stopped: 1 of 3 seeds are done; of the next one, 2 of 3 epochs are done and saved; go on with: bin/handspun train --resume "
                  + place());
    }
    notes.told.clear();
  }

  @Test
  void goesOnWithTheSeedThatWasUnderWay() {
    failInSecond();
    assertThat(SeedsFolder.isOne(place())).isTrue();
    assertIsOfAllSeeds(resume());
    assertThat(notes.told)
        .containsExactly("1 of 3 are done", "seed 8 after 2", "ended 8", "seed 9", "ended 9");
  }

  @Test
  void aSeedWithoutACheckpointIsTrainedAnew() throws IOException {
    failInSecond();
    Files.delete(file("seed-8").resolve(CheckpointFile.NAME));
    assertIsOfAllSeeds(resume());
    assertThat(notes.told)
        .containsExactly("1 of 3 are done", "seed 8", "ended 8", "seed 9", "ended 9");
  }

  @Test
  void aSeedThatEndedBeforeItWasWrittenDownIsTestedAgain() throws IOException {
    SeedsResult undisturbed = train();
    notes.told.clear();
    List<String> rows = Files.readAllLines(file("seeds.csv"));
    Files.write(file("seeds.csv"), rows.subList(0, 3));
    SeedsResult again = resume();
    assertThat(notes.told).containsExactly("2 of 3 are done", "seed 9 after 3", "ended 9");
    assertIsOfAllSeeds(again);
    assertThat(again.test()).isEqualTo(undisturbed.test());
    assertThat(again.validation()).isEqualTo(undisturbed.validation());
    assertThat(Files.readAllLines(file("seeds.csv")).get(3)).isEqualTo(rows.get(3));
  }

  @Test
  void whatIsDoneIsNotMixedWithAnotherPlanOrOtherData() {
    failInSecond();
    try (SeedsFolder folder = SeedsFolder.reopen(place())) {
      Plan slower = PLAN.with(Hyperparameters.RATE, 1f);
      assertThatThrownBy(() -> training(slower, DATA, folder).train())
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll("seed 7", "learning rate 3.0", "learning rate 1.0");
      assertThatThrownBy(() -> training(PLAN, data("17c0", 2), folder).train())
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll("made up", "are not those", "--data");
    }
    assertThat(notes.told).isEmpty();
  }

  @Test
  void allSeedsHaveTheSameTeacher() throws IOException {
    Location teacher;
    try (RunFolder folder = RunFolder.create(Location.of(runs.resolve("teacher")))) {
      teacher = new Training(PLAN, DATA, folder, Engine.threads()).train().run().model();
    }
    Plan taught = PLAN.with(Hyperparameters.TEACHER, teacher.toString());
    String alone;
    try (RunFolder folder = RunFolder.create(Location.of(runs.resolve("alone")))) {
      Plan second = taught.with(Hyperparameters.SEED, 8L);
      alone = new Training(second, DATA, folder, Engine.threads()).train().network().sha256();
    }
    try (SeedsFolder folder = SeedsFolder.create(place())) {
      SeedsTraining training = training(taught, DATA, folder);
      assertThatThrownBy(() -> training.train(new Failing(3))).hasMessageContaining("plug");
    }
    assertThat(Files.readString(file("seeds.csv"))).contains(alone);
    Files.copy(
        runs.resolve("alone").resolve("model.handspun"),
        Path.of(teacher.toString()),
        StandardCopyOption.REPLACE_EXISTING);
    try (SeedsFolder folder = SeedsFolder.reopen(place())) {
      assertThatThrownBy(() -> training(taught, DATA, folder).train())
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("are not those");
    }
  }

  @Test
  void whereAllIsDoneThereIsNothingToResume() {
    train();
    assertThatThrownBy(this::resume)
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(place().toString(), "all of its 3 seeds", "seeds.csv");
  }

  @Test
  void aSeedThatDoesNotLearnEndsItAll() {
    Plan hopeless = PLAN.withEpochs(9).with(Hyperparameters.RATE, 30_000f);
    try (SeedsFolder folder = SeedsFolder.create(place())) {
      assertThatThrownBy(() -> training(hopeless, DATA, folder).train())
          .isInstanceOf(HandspunException.class)
          .hasMessageStartingWith("With seed 7: ")
          .hasMessageContaining("seed-7/model.handspun");
    }
    assertThat(file("seeds.csv")).content().hasLineCount(1);
    assertThat(file("seed-8")).doesNotExist();
  }

  @Test
  void aTableThatWasChangedIsNamed() throws IOException {
    train();
    Files.writeString(
        file("seeds.csv"), Files.readString(file("seeds.csv")).replace("\n8,", "\neight,"));
    assertThatThrownBy(() -> SeedsFolder.reopen(place()))
        .isInstanceOf(HandspunException.class)
        .hasMessageStartingWith("Line 3 of the table " + file("seeds.csv") + " is \"eight,");
    Files.writeString(file("seeds.csv"), "");
    assertThat(SeedsFolder.isOne(place())).isTrue();
    assertThat(SeedsFolder.isOne(Location.of(file("seed-7")))).isFalse();
    assertThat(SeedsFolder.isOne(Location.of(file("seeds.csv")))).isFalse();
  }

  @Test
  void nobodyElseTrainsInTheFolderMeanwhile() {
    try (SeedsFolder folder = SeedsFolder.createIn(runs)) {
      assertThatThrownBy(() -> SeedsFolder.create(folder.location()))
          .isInstanceOf(HandspunException.class)
          .hasMessageContaining("is being trained by another process");
    }
    assertThat(runs).isEmptyDirectory();
  }
}
