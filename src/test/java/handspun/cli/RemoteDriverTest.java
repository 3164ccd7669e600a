package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** What can be run where the driver is on a cluster. */
class RemoteDriverTest {
  private static CommandSpec parsed(String words) {
    List<Object> commands =
        List.of(new TrainCommand(), new TuneCommand(), new GenerateCommand(), new PredictCommand());
    String[] all = words.split(" ");
    CommandLine line =
        commands.stream()
            .map(CommandLine::new)
            .filter(command -> command.getCommandName().equals(all[0]))
            .findFirst()
            .orElseThrow();
    line.parseArgs(Stream.of(all).skip(1).toArray(String[]::new));
    return line.getCommandSpec();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --run hdfs:///runs/1",
        "train --run /shared/1 --data hdfs:///a,/shared/b.csv --teacher none",
        "train --resume s3a://bucket/1",
        "tune --run /shared/1 --space /shared/small.conf --trials 3",
        "generate --images 10 --out file:/shared/made"
      })
  void takesWhatNamesTheSameOnEveryMachine(String words) {
    assertThatCode(() -> RemoteDriver.requireFit(parsed(words), "yarn")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train | --run is missing",
        "tune --space /s --trials 3 | --run is missing",
        "train --run runs/1 | --run is runs/1",
        "train --resume runs/1 | --resume is runs/1",
        "train --run /r --data /a,b | --data is b",
        "train --run /r --config c | --config is c",
        "train --run /r --teacher t | --teacher is t",
        "train --run /r --event-log e | --event-log is e",
        "tune --run /r --space s --trials 3 | --space is s",
        "generate --images 10 --out made | --out is made",
        "train --run /r --watch | --watch serves a page",
        "predict model picture | nobody can talk to predict"
      })
  void refusesWhatIsOnlyHere(String example) {
    String[] halves = example.split(" \\| ");
    assertThatThrownBy(() -> RemoteDriver.requireFit(parsed(halves[0]), "spark://a:7077"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(halves[1])
        .hasMessageContaining("machine of the cluster");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[2]", "local-cluster[2,1,1024]"})
  void refusesAMasterThatIsThisMachine(String master) {
    assertThatThrownBy(() -> RemoteDriver.requireFit(parsed("train --run /r"), master))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the master " + master + " is this machine");
  }

  @Test
  void theJarHasTheDefaultsAndPresetsOfTheProject() throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of("conf"))) {
      files = all.filter(file -> file.toString().endsWith(".conf")).toList();
    }
    assertThat(files).contains(Path.of("conf/handspun.conf"), Path.of("conf/small.conf"));
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      var copy = getClass().getResource("/handspun/conf/" + name);
      if (name.equals("spark-defaults.conf")) {
        assertThat(copy).isNull();
      } else {
        assertThat(Path.of(copy.toURI())).hasSameTextualContentAs(file);
      }
    }
  }
}
