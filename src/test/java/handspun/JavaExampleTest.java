package handspun;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.math.Kernels;
import handspun.parallel.LocalRunner;
import handspun.train.Evaluation;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What README says that a Java program has to do. */
class JavaExampleTest {

  @Test
  void aJavaProgramTrainsInTenLines() {
    assertThat(example()).isBetween(0.88, 0.95);
  }

  private static double example() {
    // README begins
    Dataset data = DatasetReader.read(Path.of("data/mnist"), 10_000);
    Plan plan = Plan.builder().set(Hyperparameters.EPOCHS, 3).build();
    try (LocalRunner threads = new LocalRunner(plan, data, 2)) {
      Trainer.Result result = new Trainer(plan, data, threads, List.of()).train();
      Evaluation test =
          Evaluation.of(
              result.network(), plan.get(Hyperparameters.COST), data.test(), Kernels.fastest());
      return test.accuracy();
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
