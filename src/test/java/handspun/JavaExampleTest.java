package handspun;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.run.Engine;
import handspun.run.RunFolder;
import handspun.run.Trained;
import handspun.run.Training;
import handspun.spark.Aggregation;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What README and clusters.md say that a Java program has to do. */
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
  void aProgramWithASparkOfItsOwnTrainsOnIt(@TempDir Path folder) {
    Dataset data = MadeUpExamples.dataset(60, 20, 5, 6, 5, 1);
    Plan plan = new Plan(new Topology(30, 12, 5), 2, 10, 3f, 1, 1);
    SparkConf conf = new SparkConf().setMaster("local[2]").setAppName("mine");
    try (JavaSparkContext spark = new JavaSparkContext(conf.set("spark.ui.enabled", "false"))) {
      assertThat(onSpark(spark, plan, data, folder.resolve("mine")).network().sha256())
          .isEqualTo(
              new Trainer(plan, data, new SequentialTrainer(plan, data), List.of())
                  .train()
                  .network()
                  .sha256());
    }
  }

  private static Trained onSpark(JavaSparkContext spark, Plan plan, Dataset data, Path place) {
    // clusters.md begins
    Engine engine = Engine.spark(spark, Aggregation.JOBS);
    try (RunFolder folder = RunFolder.create(Location.of(place))) {
      return new Training(plan, data, folder, engine).train();
    }
    // clusters.md ends
  }

  @ParameterizedTest
  @CsvSource({"README, README.md", "clusters.md, src/docs/clusters.md"})
  void theDocumentsHaveTheseLines(String name, Path document) throws IOException {
    String source = Files.readString(Path.of("src/test/java/handspun/JavaExampleTest.java"));
    String begin = "// " + name + " begins\n";
    String example =
        source
            .substring(
                source.indexOf(begin) + begin.length(),
                source.indexOf("    // " + name + " ends\n"))
            .lines()
            .map(line -> line.substring("    ".length()))
            .collect(Collectors.joining("\n"));
    assertThat(document).content().contains("```java\n" + example + "\n```");
  }
}
