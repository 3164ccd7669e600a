package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.network.Topology;
import handspun.spark.Aggregation;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir private Path folder;

  @Test
  void withoutAWordAreThoseOfTheSeed() {
    Settings settings = Settings.read(null, Map.of());
    assertThat(settings.plan())
        .isEqualTo(new Plan(new Topology(784, 16, 16, 10), 30, 10, 3f, 1, 1));
    assertThat(settings.partitions()).isEmpty();
    assertThat(settings.aggregation()).isEqualTo(Aggregation.EXCHANGE);
    assertThat(settings.master()).isEmpty();
    assertThat(settings.data().toAbsolutePath()).isEqualTo(Path.of("data/mnist").toAbsolutePath());
    assertThat(settings.validation()).isEqualTo(10_000);
    assertThat(settings.saysValidation()).isFalse();
    assertThat(settings.run()).isEmpty();
    assertThat(settings.eventLog()).isEmpty();
  }

  @Test
  void theCommandLineCountsMoreThanAFileAndAFileMoreThanTheDefaults() throws IOException {
    Path file = folder.resolve("my.conf");
    Files.writeString(
        file, "epochs = 7\nrate = 0.5\nlayers = \"784,30,10\"\nmaster = \"local[3]\"");
    Settings settings = Settings.read(file.toString(), Map.of("epochs", 9, "validation", 5));
    assertThat(settings.plan()).isEqualTo(new Plan(new Topology(784, 30, 10), 9, 10, 0.5f, 1, 1));
    assertThat(settings.master()).hasValue("local[3]");
    assertThat(settings.saysValidation()).isTrue();
  }

  @Test
  void takeAPresetByItsName() {
    assertThat(Settings.read("wide", Map.of()).plan().topology())
        .isEqualTo(new Topology(784, 100, 16, 10));
  }

  @Test
  void deriveTheLanesFromTheMiniBatchAndTheLayers() {
    assertThat(Settings.read(null, Map.of("batch", 66)).plan().lanes()).isEqualTo(1);
    assertThat(Settings.read(null, Map.of("batch", 67)).plan().lanes()).isEqualTo(8);
    // Of wide layers a gradient is larger than the factors of many examples.
    assertThat(Settings.read(null, Map.of("batch", 128, "layers", "784,512,10")).plan().lanes())
        .isEqualTo(1);
    assertThat(Settings.read(null, Map.of("batch", 64, "lanes", 3)).plan().lanes()).isEqualTo(3);
  }

  @Test
  void severalLanesMakeStepsOfTheirOwn() throws IOException {
    assertThat(Settings.read(null, Map.of("local-steps", "5")).plan())
        .isEqualTo(new Plan(new Topology(784, 16, 16, 10), 30, 10, 3f, 1, 8, 5));
    assertThat(Settings.read(null, Map.of("local-steps", "5", "batch", 3)).plan().lanes())
        .isEqualTo(3);
    Path file = folder.resolve("my.conf");
    Files.writeString(file, "local-steps = epoch\nlanes = 2");
    assertThat(Settings.read(file.toString(), Map.of()).plan())
        .isEqualTo(new Plan(new Topology(784, 16, 16, 10), 30, 10, 3f, 1, 2, LocalSteps.EPOCH));
    Files.writeString(file, "local-steps = 7");
    assertThat(Settings.read(file.toString(), Map.of()).plan().localSteps()).isEqualTo(7);
  }

  @Test
  void everySeedIsPossible() {
    assertThat(Settings.read(null, Map.of("seed", Long.MIN_VALUE)).plan().seed())
        .isEqualTo(Long.MIN_VALUE);
    assertThat(Settings.read(null, Map.of("seed", Long.MAX_VALUE)).plan().seed())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void pathsThatAreTypedAreRelativeToTheCurrentFolder() {
    Settings settings =
        Settings.read(null, Map.of("data", "here", "run", "there", "event-log", "log"));
    assertThat(settings.data()).isEqualTo(Path.of("here"));
    assertThat(settings.run()).hasValue(Path.of("there"));
    assertThat(settings.eventLog()).hasValue(Path.of("log"));
  }
}
