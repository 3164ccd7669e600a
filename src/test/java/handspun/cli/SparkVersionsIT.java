package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that was built for one Spark under the others, each fetched by Maven. */
@Tag("cluster")
class SparkVersionsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.1.0", "4.2.0"})
  void trainsTheSameBits(String version) throws Exception {
    Path spark = Files.createDirectory(folder.resolve("spark"));
    Path jars =
        FetchedJars.of(
            folder,
            "spark-" + version,
            "Spark " + version,
            List.of("org.apache.spark:spark-core_2.13:" + version));
    SparkHome.layOut(spark, jars);
    Trainings trainings = new Trainings(folder);
    Shell shell = trainings.shell().with("SPARK_HOME", spark.toString());
    for (String master : new String[] {"local[2]", "local-cluster[2,1,1024]"}) {
      Result result =
          trainings.start(shell, "--epochs", "1", "--partitions", "2", "--master", master).await();
      assertThat(result.out()).contains("engine    Spark " + version + ", " + master);
      Proofs.note("Spark " + version + ", " + master, sha256(result));
      assertThat(sha256(result)).isEqualTo(trainings.sha256("--epochs", "1"));
    }
    Files.delete(spark.resolve("jars"));
  }
}
