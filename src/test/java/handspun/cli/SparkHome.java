package handspun.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lays out a folder as a Spark distribution does. */
final class SparkHome {
  /** What Spark's own script comes down to: ask the launcher for the command and become it. */
  private static final String SPARK_SUBMIT =
      """
      #!/usr/bin/env bash
      export SPARK_HOME=${SPARK_HOME:-$(cd "$(dirname "$0")/.." && pwd)} SPARK_SCALA_VERSION=2.13
      command=()
      while IFS= read -r -d '' word; do command+=("${word#$'\\n'}"); done < <(
        "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$SPARK_HOME/jars/*" \\
          org.apache.spark.launcher.Main org.apache.spark.deploy.SparkSubmit "$@"
      )
      exec "${command[@]:1}"
      """;

  private SparkHome() {}

  /**
   * Makes {@code bin/spark-submit} and a link {@code jars}.
   *
   * @param home an existing folder
   * @param jars a folder with Spark's jars
   */
  static void layOut(Path home, Path jars) throws IOException {
    Files.createSymbolicLink(home.resolve("jars"), jars.toAbsolutePath());
    Script.write(home.resolve("bin/spark-submit"), SPARK_SUBMIT);
  }
}
