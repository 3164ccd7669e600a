package handspun.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.bench.SequentialTrainer;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.MadeUpExamples;
import handspun.data.StoredDataset;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.image.Preprocessing;
import handspun.math.AllKernels;
import handspun.network.Feedforward;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.spark.Aggregation;
import handspun.store.CheckpointFile;
import handspun.store.KeptEpochs;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.Acceptance;
import handspun.train.EpochSummary;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.Progress;
import handspun.train.TrainedTeacher;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingTest {
  private static final Plan PLAN = new Plan(new Topology(30, 12, 5), 3, 10, 3f, 1, 1);
  private static final Dataset DATA = MadeUpExamples.dataset(60, 20, 5, 6, 5, 1);
  private static final Training.Options TWO_PARTITIONS = new Training.Options(OptionalInt.of(2), 1);

  @TempDir private Path runs;

  private static String expected() {
    return new Trainer(PLAN, DATA, new SequentialTrainer(PLAN, DATA), List.of())
        .train()
        .network()
        .sha256();
  }

  private Location place(String name) {
    return Location.of(runs.resolve(name));
  }

  @Test
  void trainsOnThreadsOfThisProcessAndLeavesAllFiles() {
    Trained trained;
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      trained = new Training(PLAN, DATA, folder, Engine.threads()).train();
    }
    assertThat(trained.network().sha256()).isEqualTo(expected());
    assertThat(trained.failure()).isEmpty();
    assertThat(ModelFile.read(trained.run().model()).network().sha256()).isEqualTo(expected());
    assertThat(runs.resolve("mine"))
        .isDirectoryContaining("glob:**/{plan.conf}")
        .isDirectoryContaining("glob:**/{metrics.csv}")
        .isDirectoryContaining("glob:**/{curve.svg}")
        .isDirectoryContaining("glob:**/{confusion.svg}")
        .isDirectoryContaining("glob:**/{checkpoint.handspun}");
  }

  /** By the oracle: that of a plan of so many epochs, none to begin with. */
  private static List<String> expectedEpochs(Plan plan) {
    List<String> epochs = new ArrayList<>(List.of(plan.initialNetwork().sha256()));
    for (int epoch = 1; epoch <= plan.epochs(); epoch++) {
      Plan shorter = plan.withEpochs(epoch);
      SequentialTrainer oracle = new SequentialTrainer(shorter, DATA);
      epochs.add(new Trainer(shorter, DATA, oracle, List.of()).train().network().sha256());
    }
    return epochs;
  }

  private static List<String> keptEpochs(Trained trained) {
    KeptEpochs kept = new KeptEpochs(trained.run().folder());
    return kept.epochs().stream()
        .map(epoch -> kept.network(epoch, trained.network()).sha256())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 0.5f})
  void everyEpochIsKeptAsAPlanThatEndsWithItWouldHaveLeftIt(float average) {
    Plan plan = PLAN.with(Hyperparameters.AVERAGE, average);
    Trained trained = train("mine", plan);
    assertThat(keptEpochs(trained))
        .isEqualTo(expectedEpochs(plan))
        .endsWith(ModelFile.read(trained.run().model()).network().sha256())
        .doesNotHaveDuplicates();
  }

  @Test
  void whereTheBestEpochIsSavedAllAreKept() {
    Plan plan = PLAN.withEpochs(8).with(Hyperparameters.PATIENCE, 2);
    Trained trained = train("mine", plan);
    assertThat(keptEpochs(trained))
        .hasSize(trained.result().epochs().size() + 1)
        .element(trained.result().goodEpochs())
        .isEqualTo(ModelFile.read(trained.run().model()).network().sha256());
  }

  @Test
  void noEpochIsKeptUnlessItIsToBe() {
    Training.Options none = new Training.Options(OptionalInt.of(1), 1, 0);
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      new Training(PLAN, DATA, folder, Engine.threads(), none, TrainingObserver.NONE).train();
    }
    assertThat(runs.resolve("mine/epochs")).doesNotExist();
  }

  /** Of 20 answers none may be refused, and of the correct ones none unsure. */
  private static Acceptance expectedAcceptance() {
    Network network =
        new Trainer(PLAN, DATA, new SequentialTrainer(PLAN, DATA), List.of()).train().network();
    float leastScore = 1;
    float leastMargin = 1;
    for (int i = 0; i < DATA.validation().count(); i++) {
      Feedforward feedforward = Feedforward.of(network, AllKernels.scalar(), 1);
      feedforward.read(DATA.validation().inputs().pixels(i));
      float[] sorted = feedforward.outputs(0);
      Arrays.sort(sorted);
      leastScore = Math.min(leastScore, Outputs.SIGMOID.evidence(sorted));
      if (feedforward.prediction(0) == DATA.validation().label(i)) {
        leastMargin = Math.min(leastMargin, sorted[4] - sorted[3]);
      }
    }
    return new Acceptance(leastScore, leastMargin);
  }

  /** Spark gives the same below. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void validationImagesChooseTheAcceptanceWhoeverComputes(int partitions) {
    Training.Options options = new Training.Options(OptionalInt.of(partitions), 1);
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      Trained trained =
          new Training(PLAN, DATA, folder, Engine.threads(), options, TrainingObserver.NONE)
              .train();
      assertThat(trained.acceptance()).contains(expectedAcceptance());
      assertThat(ModelFile.read(trained.run().model()).acceptance()).contains(expectedAcceptance());
    }
  }

  @Test
  void withoutValidationImagesThereIsNoAcceptance() {
    Dataset all =
        new Dataset(DATA.training(), DATA.validation().slice(0, 0), DATA.test(), "", Map.of());
    Trained trained = train("mine", PLAN, all);
    assertThat(trained.acceptance()).isEmpty();
    assertThat(ModelFile.read(trained.run().model()).acceptance()).isEmpty();
  }

  @Test
  void imagesThatAreNotInMemoryChooseTheSameAcceptance() {
    Path parts = Path.of("src/test/resources/handspun/data/forms/idx-parts");
    TrainingData stored = DatasetReader.open(DataSources.of(Location.of(parts)), 8, true);
    assertThat(stored).isInstanceOf(StoredDataset.class);
    Plan plan = new Plan(new Topology(16, 10), 2, 10, 3f, 1, 1);
    Plan straight = plan.with(Hyperparameters.PREPROCESS, Preprocessing.STRAIGHTEN);
    Trained trained = train("stored", straight, stored);
    assertThat(trained.acceptance())
        .isPresent()
        .isEqualTo(train("memory", straight, stored.inMemory()).acceptance());
  }

  @Test
  void imagesThatAreGoneInTheEndLeaveAModelWithoutAcceptance() throws IOException {
    Path forms = Path.of("src/test/resources/handspun/data/forms/idx-parts");
    Path parts = Files.createDirectory(runs.resolve("data"));
    try (Stream<Path> files = Files.list(forms)) {
      for (Path file : files.toList()) {
        Files.copy(file, parts.resolve(file.getFileName()));
      }
    }
    TrainingData stored = DatasetReader.open(DataSources.of(Location.of(parts)), 8, true);
    Plan plan = new Plan(new Topology(16, 10), 1, 10, 3f, 1, 1);
    TrainingListener gone =
        new TrainingListener() {
          @Override
          public void ended() {
            delete(parts.resolve("train-images-idx3-ubyte-00001-of-00002"));
          }
        };
    Notes notes = new Notes();
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      Trained trained =
          new Training(plan, stored, folder, Engine.threads(), TWO_PARTITIONS, notes).train(gone);
      assertThat(ModelFile.read(trained.run().model()).acceptance()).isEmpty();
      assertThat(trained.network().sha256())
          .isEqualTo(ModelFile.read(trained.run().model()).network().sha256());
    }
    assertThat(notes.warnings.get(notes.warnings.size() - 1))
        .contains("00001-of-00002", ". So no threshold was chosen");
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aTeacherChangesWhatIsLearnedAndIsToldAmongTheData() {
    Trained teacher = train("teacher", PLAN);
    Plan plan = PLAN.with(Hyperparameters.TEACHER, teacher.run().model().toString());
    Trained pupil = train("pupil", plan);
    Dataset taught =
        new Dataset(
            DATA.training().taughtBy(new TrainedTeacher(teacher.network(), Preprocessing.NONE, 1)),
            DATA.validation(),
            DATA.test(),
            "",
            Map.of());
    String oracle =
        new Trainer(plan, taught, new SequentialTrainer(plan, taught), List.of())
            .train()
            .network()
            .sha256();
    assertThat(pupil.network().sha256()).isEqualTo(oracle).isNotEqualTo(expected());
    assertThat(ModelFile.read(pupil.run().model()).provenance().dataSha256())
        .containsEntry("teacher", teacher.network().sha256());
  }

  @Test
  void severalTeachersTeachTheMeanOfTheirAnswersInTheirOrder() {
    Trained first = train("first", PLAN);
    Trained second = train("second", new Plan(new Topology(30, 5), 1, 10, 3f, 2, 1));
    Plan plan =
        PLAN.with(Hyperparameters.TEACHER, first.run().model() + "," + second.run().model())
            .with(Hyperparameters.TEMPERATURE, 2f);
    Trained pupil = train("pupil", plan);
    TrainedTeacher committee =
        new TrainedTeacher(
            Stream.of(first, second)
                .map(one -> new TrainedTeacher.Member(one.network(), Preprocessing.NONE))
                .toList(),
            2);
    Dataset taught =
        new Dataset(
            DATA.training().taughtBy(committee), DATA.validation(), DATA.test(), "", Map.of());
    String oracle =
        new Trainer(plan, taught, new SequentialTrainer(plan, taught), List.of())
            .train()
            .network()
            .sha256();
    assertThat(pupil.network().sha256()).isEqualTo(oracle);
    Model model = ModelFile.read(pupil.run().model());
    assertThat(model.plan()).contains(plan);
    assertThat(model.provenance().dataSha256())
        .containsEntry("teacher", first.network().sha256() + "," + second.network().sha256());
  }

  @Test
  void aTeacherMustHaveTheSameInputsAndOutputs() {
    String good = train("good", PLAN).run().model().toString();
    Plan wider = new Plan(new Topology(30, 6), 3, 10, 3f, 1, 1);
    String bad = train("bad", wider).run().model().toString();
    assertThatThrownBy(() -> train("pupil", wider.with(Hyperparameters.TEACHER, good)))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("is a network 30-12-5", "30-6 has 30 inputs and 6 outputs");
    Plan several = PLAN.with(Hyperparameters.TEACHER, good + "," + bad);
    assertThatThrownBy(() -> train("pupil", several))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("The teacher " + bad + " is a network 30-6, but");
  }

  private Trained train(String name, Plan plan) {
    return train(name, plan, DATA);
  }

  private Trained train(String name, Plan plan, TrainingData data) {
    try (RunFolder folder = RunFolder.create(place(name))) {
      return new Training(plan, data, folder, Engine.threads()).train();
    }
  }

  private static JavaSparkContext plainSpark() {
    return new JavaSparkContext(
        new SparkConf().setMaster("local[2]").setAppName("mine").set("spark.ui.enabled", "false"));
  }

  @ParameterizedTest
  @EnumSource
  void trainsOnASparkThatIsThereAlreadyAndLeavesItAsItWas(Aggregation aggregation) {
    try (JavaSparkContext spark = plainSpark()) {
      for (String name : List.of("first", "second")) {
        try (RunFolder folder = RunFolder.create(place(name))) {
          Engine engine = Engine.spark(spark, aggregation);
          Training training =
              new Training(PLAN, DATA, folder, engine, TWO_PARTITIONS, TrainingObserver.NONE);
          Trained trained = training.train();
          assertThat(trained.network().sha256()).isEqualTo(expected());
          assertThat(trained.acceptance()).contains(expectedAcceptance());
          assertThat(keptEpochs(trained)).isEqualTo(expectedEpochs(PLAN));
        }
      }
      assertThat(spark.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
      assertThat(spark.getLocalProperty("spark.jobGroup.id")).isNull();
    }
  }

  /** Ends a training at the end of an epoch. */
  private record Failing(int epoch) implements TrainingListener {
    @Override
    public void epochEnded(EpochSummary summary) {
      if (summary.epoch() == epoch) {
        throw new HandspunException("Somebody has pulled the plug.");
      }
    }
  }

  @Test
  void aTrainingThatFailsGoesOnFromItsCheckpoint() {
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      Training training = new Training(PLAN, DATA, folder, Engine.threads());
      assertThatThrownBy(() -> training.train(new Failing(2)))
          .isInstanceOf(HandspunException.class)
          .hasMessageContainingAll("plug. 2 of 3 epochs are done", "--resume " + place("mine"));
    }
    assertThat(runs.resolve("mine").resolve(CheckpointFile.NAME)).exists();
    try (RunFolder folder = RunFolder.reopen(place("mine"))) {
      Plan plan = folder.resumption().orElseThrow().plan(PLAN.epochs());
      Trained trained = new Training(plan, DATA, folder, Engine.threads()).train();
      assertThat(trained.network().sha256()).isEqualTo(expected());
      assertThat(trained.acceptance()).contains(expectedAcceptance());
      assertThat(trained.run().resumedAfter()).hasValue(2);
      assertThat(keptEpochs(trained)).isEqualTo(expectedEpochs(PLAN));
    }
  }

  @Test
  void aRunIsNotResumedByAnotherPlan() {
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      new Training(PLAN, DATA, folder, Engine.threads()).train();
    }
    Plan other = new Plan(PLAN.topology(), 5, 10, 1f, 1, 1);
    try (RunFolder folder = RunFolder.reopen(place("mine"))) {
      assertThatThrownBy(() -> new Training(other, DATA, folder, Engine.threads()))
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll("learning rate 3.0", "learning rate 1.0");
    }
  }

  @Test
  void nobodyElseTrainsInTheFolderMeanwhile() {
    try (RunFolder folder = RunFolder.createIn(runs)) {
      assertThatThrownBy(() -> RunFolder.create(folder.location()))
          .isInstanceOf(HandspunException.class)
          .hasMessageContaining("is being trained by another process");
    }
    assertThat(runs).isEmptyDirectory();
  }

  @Test
  void moreThreadsThanCanBeBusyAreRefused() {
    Training.Options eleven = new Training.Options(OptionalInt.of(11), 1);
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      assertThatThrownBy(
              () ->
                  new Training(PLAN, DATA, folder, Engine.threads(), eleven, TrainingObserver.NONE))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("partitions is 11, but must be 1 to 10");
    }
  }

  /** Writes down what it is told. */
  private static final class Notes implements TrainingObserver {
    private final List<String> told = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Override
    public void warned(String sentence) {
      warnings.add(sentence);
    }

    @Override
    public List<TrainingListener> began(TrainingRun run, Supplier<Progress> progress) {
      told.add(run.engine().name() + ", " + run.partitions().partitions());
      return List.of(
          new TrainingListener() {
            @Override
            public void epochEnded(EpochSummary summary) {
              told.add("epoch " + summary.epoch());
            }

            @Override
            public void ended() {
              told.add("ended");
            }
          });
    }
  }

  @Test
  void whoWatchesIsToldFromBeginToEnd() {
    Notes notes = new Notes();
    try (RunFolder folder = RunFolder.create(place("mine"))) {
      new Training(PLAN, DATA, folder, Engine.threads(), TWO_PARTITIONS, notes).train();
    }
    assertThat(notes.told)
        .containsExactly("threads of this process, 2", "epoch 1", "epoch 2", "epoch 3", "ended");
  }
}
