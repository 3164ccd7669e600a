package handspun;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.files.Location;
import handspun.run.Engine;
import handspun.run.RunFolder;
import handspun.run.Trained;
import handspun.run.Training;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README says that a Java program has to do. */
class JavaExampleTest {

  @Test
  void aJavaProgramTrainsInTenLines(@TempDir Path folder) {
    assertThat(example(folder.resolve("mine"))).isBetween(0.88, 0.98);
  }

  private static double example(Path place) {
    // README begins
    Dataset data = DatasetReader.read(Path.of("data/mnist"), 10_000);
    Plan plan = Plan.builder().set(Hyperparameters.EPOCHS, 3).build();
    try (RunFolder folder = RunFolder.create(Location.of(place))) {
      Trained trained = new Training(plan, data, folder, Engine.threads()).train();
      return trained.test().accuracy();
    }
    // README ends
  }

  @Test
  void readmeHasTheseLines() throws IOException {
    String source = Files.readString(Path.of("src/test/java/handspun/JavaExampleTest.java"));
    String lines =
        source.substring(
            source.indexOf("// README begins\n") + "// README begins\n".length(),
            source.indexOf("    // README ends\n"));
    String example =
        lines
            .lines()
            .map(line -> line.substring("    ".length()))
            .collect(Collectors.joining("\n"));
    assertThat(Path.of("README.md")).content().contains("```java\n" + example + "\n```");
  }
}
