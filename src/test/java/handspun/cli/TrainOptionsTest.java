package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.train.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class TrainOptionsTest {
  private static final String HEADER = "| option | what it does |\n|---|---|\n";

  private final CommandLine train = new CommandLine(new TrainCommand());

  /** As {@code --help} tells them, in the order of the list, and what is not of the list last. */
  private String table() {
    List<String> listed = TrainOptions.ALL.stream().map(Setting::name).toList();
    return train.getCommandSpec().options().stream()
        // Those of the page are told where serve's are.
        .filter(option -> !option.usageHelp() && !option.versionHelp() && option.group() == null)
        .sorted(
            Comparator.comparingInt(
                option -> {
                  int place = listed.indexOf(option.longestName().substring(2));
                  return place < 0 ? listed.size() : place;
                }))
        .map(TrainOptionsTest::row)
        .collect(Collectors.joining("", HEADER, ""));
  }

  private static String row(OptionSpec option) {
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel().replace("|", "\\|");
    return "| `%s%s` | %s |\n"
        .formatted(option.longestName(), label, String.join(" ", option.description()));
  }

  /** When it fails, the table that the page must have is in the message. */
  @Test
  void thePageOnTrainingHasTheTableOfAllOptions() throws IOException {
    assertThat(Files.readString(Path.of("src/docs/training.md"))).contains(table());
  }

  @Test
  void theHelpTellsOfAll() {
    String help = train.getUsageMessage();
    assertThat(help)
        .contains("--local-steps=N|epoch", "--aggregate=exchange|jobs")
        .containsPattern("--rate=X +Learning rate: how far")
        .contains("Default: 0.02.");
    assertThat(help)
        .contains("Who may talk to the page of --watch", "--token-file=FILE", "127.0.0.1).");
    TrainOptions.ALL.forEach(setting -> assertThat(help).contains("--" + setting.name() + "="));
  }

  /** So that whoever changes one of them there sees what it was. */
  @Test
  void theConfigurationFileBeginsWithTheDefaults() {
    Settings settings = Settings.read(null, Map.of(), Map::of);
    for (Setting<?> setting : TrainOptions.ALL) {
      assertThat(settings.find(setting)).as(setting.name()).isEqualTo(setting.otherwise());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lerning-rate, rate",
    "learningRate, rate",
    "rates, rate",
    "epoch, epochs",
    "mini_batch, batch",
    "miniBatch, batch",
    "localsteps, local-steps",
    "LAYERS, layers",
    "agregate, aggregate",
    "checkpoint-ever, checkpoint-every"
  })
  void theNearestNameIsMeant(String unknown, String meant) {
    assertThat(TrainOptions.nearest(unknown)).hasValue(meant);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a0", "colour", "", "x", "---", "--conf"})
  void aNameThatIsNearNoneIsNotGuessedAt(String unknown) {
    assertThat(TrainOptions.nearest(unknown)).isEmpty();
  }
}
