package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar that was built for one Spark under the others, each fetched by Maven. */
@Tag("cluster")
class SparkVersionsIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>handspun</groupId><artifactId>spark</artifactId><version>1</version>
        <dependencies><dependency>
          <groupId>org.apache.spark</groupId><artifactId>spark-core_2.13</artifactId>
          <version>%s</version>
        </dependency></dependencies>
      </project>
      """;
  private static final String COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"4.0.0", "4.1.0", "4.2.0"})
  void trainsTheSameBits(String version) throws Exception {
    Path spark = Files.createDirectory(folder.resolve("spark"));
    SparkHome.layOut(spark, jars(version));
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

  /** Spark's jars, fetched unless they are there. */
  private Path jars(String version) throws Exception {
    Path jars = ROOT.resolve("target/spark-" + version);
    if (Files.exists(jars)) {
      return jars;
    }
    Path pom = Files.writeString(folder.resolve("pom.xml"), POM.formatted(version));
    Path fetched = folder.resolve("jars");
    Result result =
        new Shell(folder)
            .with("JAVA_HOME", System.getProperty("java.home"))
            .run(
                "mvn",
                "-B",
                "-q",
                "-f",
                pom.toString(),
                COPY,
                "-DincludeScope=runtime",
                "-DoutputDirectory=" + fetched);
    if (result.exit() != 0) {
      String skipped = "Skipped: Maven cannot fetch Spark " + version + " here";
      Proofs.note("Spark " + version, skipped);
      assumeTrue(false, skipped + ": " + result.out());
    }
    Files.move(fetched, jars);
    return jars;
  }
}
