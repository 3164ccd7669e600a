package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A YARN of Hadoop's own, as a process, and a Spark home that knows YARN. */
final class MiniYarnCluster implements AutoCloseable {
  private static final String PROGRAM =
      Path.of("src/test/bin/MiniYarn.java").toAbsolutePath().toString();
  private static final String EXECUTOR = "YarnCoarseGrainedExecutorBackend";
  private static final List<String> SPARK =
      List.of("org.apache.spark:spark-core_2.13:4.2.0", "org.apache.spark:spark-yarn_2.13:4.2.0");

  /** The Hadoop that this Spark was built with, and what its small cluster needs of tests. */
  private static final List<String> YARN =
      List.of(
          "org.apache.hadoop:hadoop-client-minicluster:3.5.0",
          "org.bouncycastle:bcpkix-jdk18on:1.82",
          "org.junit.jupiter:junit-jupiter-api:5.12.2");

  private static final int PATIENCE_SECONDS = 600;

  private final Path files;
  private final Path spark;
  private final Running process;

  private MiniYarnCluster(Path files, Path spark, Running process) {
    this.files = files;
    this.spark = spark;
    this.process = process;
  }

  /**
   * @param folder where its files go, to folders of their own
   */
  static MiniYarnCluster start(Path folder) throws Exception {
    String subject = "YARN, Hadoop 3.5.0 and Spark 4.2.0";
    Path sparkJars =
        FetchedJars.of(Files.createTempDirectory(folder, "maven"), "spark-yarn", subject, SPARK);
    Path yarnJars =
        FetchedJars.of(Files.createTempDirectory(folder, "maven"), "hadoop-yarn", subject, YARN);
    Path spark = Files.createDirectory(folder.resolve("spark"));
    SparkHome.layOut(spark, sparkJars);
    Path files = Files.createDirectory(folder.resolve("yarn"));
    Running process =
        new Shell(folder)
            .start(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-cp",
                yarnJars + "/*:" + sparkJars + "/*",
                PROGRAM,
                files.toString());
    process.awaitWords("ready");
    return new MiniYarnCluster(files, spark, process);
  }

  /** Tells a shell where it is. */
  Shell known(Shell shell) {
    return shell
        .with("HADOOP_CONF_DIR", files.resolve("conf").toString())
        .with("SPARK_HOME", spark.toString());
  }

  /** What spark-submit is told so that its hundreds of megabytes are not copied each time. */
  String[] options() {
    return new String[] {
      "--spark",
      "--conf",
      "spark.yarn.jars=local:" + spark.resolve("jars") + "/*",
      "--conf",
      "spark.yarn.stagingDir=" + files.resolve("staging"),
      "--conf",
      "spark.executor.memory=640m",
      "--conf",
      "spark.driver.memory=1g"
    };
  }

  /** The executors that run in its containers. */
  List<ProcessHandle> executors() {
    return process
        .process()
        .descendants()
        .filter(
            found ->
                found.info().command().filter(name -> name.endsWith("java")).isPresent()
                    && Stream.of(found.info().arguments().orElse(new String[0]))
                        .anyMatch(word -> word.endsWith(EXECUTOR)))
        .toList();
  }

  /** What the containers of the application that was started last have written. */
  Path logs() throws IOException {
    try (Stream<Path> all = Files.walk(files)) {
      Optional<Path> newest =
          all.filter(path -> path.getFileName().toString().startsWith("application_"))
              .filter(path -> path.getParent().getFileName().toString().contains("-logDir-"))
              .max((a, b) -> a.getFileName().compareTo(b.getFileName()));
      return newest.orElseThrow();
    }
  }

  /** All that was written to a container's standard output so far. */
  String outputs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> all = Files.walk(files)) {
      for (Path out : all.filter(path -> path.endsWith("stdout")).toList()) {
        text.append(Files.readString(out));
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    process.process().getOutputStream().close();
    try {
      assertThat(process.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Files.delete(spark.resolve("jars"));
  }
}
