package handspun.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.cli.Shell.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Jars that only a proof needs, each time fetched by Maven unless they are there. */
final class FetchedJars {
  private static final String COPY =
      "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";
  private static final String POM =
      """
      <project>
        <modelVersion>4.0.0</modelVersion>
        <groupId>handspun</groupId><artifactId>fetched</artifactId><version>1</version>
        <dependencies>%s</dependencies>
      </project>
      """;
  private static final String DEPENDENCY =
      "<dependency><groupId>%s</groupId><artifactId>%s</artifactId><version>%s</version></dependency>";

  private FetchedJars() {}

  /**
   * @param scratch a folder for what is needed on the way
   * @param name of a folder below {@code target} that keeps the jars
   * @param subject what they are, for the sentence that a proof is skipped where they are not to be
   *     had
   * @param artifacts such as {@code org.apache.spark:spark-core_2.13:4.2.0}; with what they need
   * @return the folder
   */
  static Path of(Path scratch, String name, String subject, List<String> artifacts)
      throws Exception {
    Path jars = Path.of("target", name).toAbsolutePath();
    if (Files.exists(jars)) {
      return jars;
    }
    String dependencies =
        artifacts.stream()
            .map(artifact -> DEPENDENCY.formatted((Object[]) artifact.split(":")))
            .collect(Collectors.joining("\n"));
    Path pom = Files.writeString(scratch.resolve("pom.xml"), POM.formatted(dependencies));
    Path fetched = scratch.resolve("fetched");
    Result result =
        new Shell(scratch)
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
      String skipped = "Skipped: Maven cannot fetch " + subject + " here";
      Proofs.note(subject, skipped);
      System.out.println(skipped + ".");
      assumeTrue(false, skipped + ": " + result.out());
    }
    Files.move(fetched, jars);
    return jars;
  }
}
