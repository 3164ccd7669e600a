package handspun.cli;

import static handspun.train.Hyperparameters.TEACHER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.data.DataSources;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.report.PlanFile;
import handspun.run.Engine;
import handspun.run.SeedsFolder;
import handspun.spark.Aggregation;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void withoutAWordAreThoseOfThePresetSmall() {
    Settings settings = Settings.read(null, Map.of(), Map::of);
    assertThat(settings.plan())
        .isEqualTo(Plan.builder().build())
        .isEqualTo(Settings.read("small", null, Map.of(), Map::of).plan());
    assertThat(settings.partitions()).isEmpty();
    assertThat(settings.aggregation()).isEqualTo(Aggregation.EXCHANGE);
    assertThat(settings.engine())
        .isEqualTo(Engine.spark("local[*]", Aggregation.EXCHANGE, Optional.empty()));
    assertThat(settings.data().locations().get(0).absolute())
        .isEqualTo(Location.of(Path.of("data/mnist").toAbsolutePath()));
    assertThat(settings.validation()).isEqualTo(10_000);
    assertThat(settings.saysValidation()).isFalse();
    assertThat(settings.run()).isEmpty();
  }

  @Test
  void theCommandLineCountsMoreThanAFileAndAFileMoreThanAPreset() throws IOException {
    Path file = folder.resolve("my.conf");
    Files.writeString(
        file, "epochs = 7\nrate = 0.5\nlayers = \"784,30,10\"\nmaster = \"local[3]\"");
    Settings settings =
        Settings.read("seed", file.toString(), Map.of("epochs", 9, "validation", 5), Map::of);
    assertThat(settings.plan()).isEqualTo(new Plan(new Topology(784, 30, 10), 9, 10, 0.5f, 1, 1));
    assertThat(settings.engine())
        .isEqualTo(Engine.spark("local[3]", Aggregation.EXCHANGE, Optional.empty()));
    assertThat(settings.saysValidation()).isTrue();
  }

  @Test
  void takeAPresetByItsName() {
    assertThat(Settings.read("seed", null, Map.of("epochs", 2), Map::of).plan())
        .isEqualTo(new Plan(new Topology(784, 16, 16, 10), 2, 10, 3f, 1, 1));
  }

  @Test
  void deriveTheLanesFromTheMiniBatchAndTheLayers() {
    assertThat(Settings.read(null, Map.of("batch", 66), Map::of).plan().lanes()).isEqualTo(1);
    assertThat(Settings.read(null, Map.of("batch", 67), Map::of).plan().lanes()).isEqualTo(8);
    // Of wide layers a gradient is larger than the factors of many examples.
    assertThat(
            Settings.read(null, Map.of("batch", 128, "layers", "784,512,10"), Map::of)
                .plan()
                .lanes())
        .isEqualTo(1);
    assertThat(Settings.read(null, Map.of("batch", 64, "lanes", 3), Map::of).plan().lanes())
        .isEqualTo(3);
  }

  @Test
  void severalLanesMakeStepsOfTheirOwn() throws IOException {
    assertThat(Settings.read("seed", null, Map.of("local-steps", "5"), Map::of).plan())
        .isEqualTo(new Plan(new Topology(784, 16, 16, 10), 30, 10, 3f, 1, 8, 5));
    assertThat(Settings.read(null, Map.of("local-steps", "5", "batch", 3), Map::of).plan().lanes())
        .isEqualTo(3);
    Path file = folder.resolve("my.conf");
    Files.writeString(file, "local-steps = epoch\nlanes = 2");
    assertThat(Settings.read("seed", file.toString(), Map.of(), Map::of).plan())
        .isEqualTo(new Plan(new Topology(784, 16, 16, 10), 30, 10, 3f, 1, 2, LocalSteps.EPOCH));
    Files.writeString(file, "local-steps = 7");
    assertThat(Settings.read(file.toString(), Map.of(), Map::of).plan().localSteps()).isEqualTo(7);
  }

  @Test
  void everySeedIsPossible() {
    assertThat(Settings.read(null, Map.of("seed", Long.MIN_VALUE), Map::of).plan().seed())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(Settings.read(null, Map.of("seed", Long.MAX_VALUE), Map::of).plan().seed())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void pathsThatAreTypedAreRelativeToTheCurrentFolder() {
    Settings settings =
        Settings.read(
            null, null, Map.of("data", "here", "run", "there", "event-log", "log"), Map::of);
    assertThat(settings.data()).isEqualTo(DataSources.of(Location.of(Path.of("here"))));
    assertThat(settings.run()).hasValue(Location.of(Path.of("there")));
    assertThat(settings.engine())
        .isEqualTo(
            Engine.spark(
                "local[*]", Aggregation.EXCHANGE, Optional.of(Location.of(Path.of("log")))));
  }

  @Test
  void dataMayBeInSeveralPlaces() throws IOException {
    DataSources both =
        new DataSources(List.of(Location.of(Path.of("here")), Location.of(Path.of("there"))));
    assertThat(Settings.read(null, Map.of("data", "here,there"), Map::of).data()).isEqualTo(both);
    Path file = folder.resolve("my.conf");
    for (String data : List.of("\"here,there\"", "[here, there]", "[\"here\", \"there\"]")) {
      Files.writeString(file, "data = " + data);
      assertThat(Settings.read(file.toString(), Map.of(), Map::of).data().toString())
          .isEqualTo(both.toString());
    }
    // As the plan of a run says it.
    Files.writeString(file, PlanFile.settings(THEN, both.toString(), 500));
    assertThat(Settings.read(file.toString(), Map.of(), Map::of).data().toString())
        .isEqualTo(both.toString());
  }

  private String teacher(Object said) {
    return Settings.read(null, Map.of("teacher", said), Map::of).plan().get(TEACHER);
  }

  @Test
  void aTeacherMayBeSeveralModels() throws IOException {
    String absolute = Path.of("a").toAbsolutePath() + "," + Path.of("b").toAbsolutePath();
    assertThat(teacher("a, b")).isEqualTo(absolute);
    assertThat(teacher(absolute)).isEqualTo(absolute);
    assertThat(teacher("none")).isEqualTo("none");
    Path comma = Files.createFile(folder.resolve("one,model"));
    assertThat(teacher(comma + "," + comma)).isEqualTo(comma + "," + comma);
    Path file = folder.resolve("my.conf");
    for (String several : List.of("\"a,b\"", "[a, b]")) {
      Files.writeString(file, "teacher = " + several);
      Settings settings = Settings.read(file.toString(), Map.of(), Map::of);
      assertThat(settings.plan().get(TEACHER)).isEqualTo(absolute);
      assertThat(settings.hyperparameters()).containsEntry("teacher", absolute);
    }
    // As the plan of a run says it.
    Plan taught = THEN.with(TEACHER, absolute);
    Files.writeString(file, PlanFile.settings(taught, "the data", 500));
    assertThat(Settings.read(file.toString(), Map.of(), Map::of).plan()).isEqualTo(taught);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,,b", "a,", ",a"})
  void aTeacherIsNoEmptyName(String text) {
    assertThatThrownBy(() -> teacher(text))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "teacher is \"%s\", but must be a model file, or several with commas between them.",
            text);
  }

  private static final Plan THEN = new Plan(new Topology(784, 30, 10), 9, 20, 0.1f, 7, 2);

  private static Settings resuming(String file, Map<String, Object> said) {
    return Settings.read(file, said, Map::of)
        .resuming(Location.of(Path.of("runs/old")), PlanFile.settings(THEN, "the data", 500));
  }

  @Test
  void whatIsNotSaidIsAsItWasWhenTheRunBegan() {
    Settings settings = resuming(null, Map.of("master", "local[3]", "checkpoint-every", 5));
    assertThat(settings.plan()).isEqualTo(THEN);
    assertThat(settings.validation()).isEqualTo(500);
    assertThat(settings.saysValidation()).isFalse();
    assertThat(settings.data()).isEqualTo(DataSources.of(Location.of(Path.of("the data"))));
    assertThat(settings.engine())
        .isEqualTo(Engine.spark("local[3]", Aggregation.EXCHANGE, Optional.empty()));
    assertThat(settings.checkpointEvery()).isEqualTo(5);
    assertThat(settings.aggregation()).isEqualTo(Aggregation.EXCHANGE);
    assertThat(resuming(null, Map.of("epochs", 12, "data", "moved")).plan())
        .isEqualTo(THEN.withEpochs(12));
  }

  @Test
  void theSameMayBeSaidAgainInOtherWords() throws IOException {
    assertThat(resuming(null, Map.of("layers", "784, 30,10", "rate", "1e-1", "seed", 7)).plan())
        .isEqualTo(THEN);
    Path file = folder.resolve("plan.conf");
    Files.writeString(file, PlanFile.settings(THEN, "elsewhere", 500));
    assertThat(resuming(file.toString(), Map.of()).plan()).isEqualTo(THEN);
  }

  @ParameterizedTest
  @CsvSource({
    "layers, '784,16,10', '784,30,10'",
    "preprocess, straighten, none",
    "augment, rotate=10, none",
    "activation, relu, sigmoid",
    "batch, 10, 20",
    "batch, 1, 20", // Fewer than the lanes.
    "rate, 0.2, 0.1",
    "schedule, cosine, constant",
    "patience, 1, 0",
    "seed, 8, 7",
    "teacher, 'a,b', none",
    "lanes, 1, 2",
    "lanes, 99, 2",
    "seeds, 3, 1",
    "validation, 501, 500"
  })
  void whatWouldChangeTheResultOfAResumedRunIsRefused(String name, String now, String then)
      throws IOException {
    for (String file : new String[] {null, folder.resolve("my.conf").toString()}) {
      Map<String, Object> typed = file == null ? Map.of(name, now) : Map.of();
      if (file != null) {
        Files.writeString(Path.of(file), name + " = \"" + now + "\"");
      }
      assertThatThrownBy(() -> resuming(file, typed))
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll(
              name + " is " + now, "runs/old", "begun with " + then, "leave it out");
    }
  }

  @Test
  void aRunOfSeveralSeedsGoesOnWithAllThatItHasBegunWith() throws IOException {
    try (SeedsFolder run = SeedsFolder.create(Location.of(folder.resolve("run")))) {
      Files.writeString(
          folder.resolve("run/plan.conf"),
          PlanFile.settings(THEN, "the data", 500).replace("seeds = 1", "seeds = 5"));
      Settings resumed =
          Settings.read(null, Map.of("data", "moved", "seeds", 5), Map::of).resuming(run);
      assertThat(resumed.plan()).isEqualTo(THEN);
      assertThat(resumed.seeds()).isEqualTo(5);
      assertThat(resumed.data().toString()).isEqualTo("moved");
      for (String other : List.of("epochs", "seeds")) {
        Settings changed = Settings.read(null, Map.of(other, 12), Map::of);
        assertThatThrownBy(() -> changed.resuming(run))
            .isInstanceOf(UsageException.class)
            .hasMessageContainingAll(other + " is 12", run.location().toString(), "must stay");
      }
      Files.writeString(folder.resolve("run/plan.conf"), "epoch 5");
      assertThatThrownBy(() -> Settings.read(null, Map.of(), Map::of).resuming(run))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("plan.conf cannot be read");
    }
  }

  @Test
  void aResumedRunCannotGoElsewhere() {
    assertThatThrownBy(() -> resuming(null, Map.of("run", "there")))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("run is there", "--resume", "runs/old");
  }

  @Test
  void epochsAreKeptUnlessToldOtherwise() {
    assertThat(Settings.read(null, Map.of(), Map::of).keepEpochs()).isEqualTo(64);
    assertThat(Settings.read(null, Map.of("keep-epochs", 0), Map::of).keepEpochs()).isZero();
    assertThatThrownBy(() -> Settings.read(null, Map.of("keep-epochs", -1), Map::of).keepEpochs())
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("keep-epochs is -1", "at least 0");
  }

  @Test
  void checkpointsComeAfterEveryEpochUnlessToldOtherwise() {
    assertThat(Settings.read(null, Map.of(), Map::of).checkpointEvery()).isEqualTo(1);
    assertThat(Settings.read(null, Map.of("checkpoint-every", 0), Map::of).checkpointEvery())
        .isZero();
    assertThatThrownBy(
            () -> Settings.read(null, Map.of("checkpoint-every", -1), Map::of).checkpointEvery())
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("checkpoint-every is -1", "at least 0");
  }
}
