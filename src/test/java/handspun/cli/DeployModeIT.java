package handspun.cli;

import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --deploy-mode cluster} on a standalone cluster whose Master also takes REST. */
@Tag("cluster")
class DeployModeIT {
  private static final Path SPARK = Path.of("target/spark").toAbsolutePath();
  private static final String[] PLAN =
      "--preset seed --epochs 1 --batch 100 --rate 1 --validation 50000".split(" ");
  private static final String[] CLUSTER = {"--spark", "--deploy-mode", "cluster"};
  private static final Pattern SHA256 = Pattern.compile("sha256 +([0-9a-f]{64})");
  private static final Pattern OPTIONS = Pattern.compile("--driver-java-options \"([^\"]*)\"");
  private static final int PATIENCE_SECONDS = 600;
  private static final int PAUSE_MILLIS = 50;

  @TempDir private static Path folder;

  private static final List<Running> DAEMONS = new ArrayList<>();

  private static Trainings trainings;
  private static int port;
  private static String expected;

  @BeforeAll
  static void start() throws Exception {
    trainings = new Trainings(folder);
    expected = trainings.sha256(words(PLAN, "--master", "local[1]"));
    port = TestCluster.twoFreePorts();
    daemon(
        "Starting Spark master",
        "org.apache.spark.deploy.master.Master",
        "--port",
        String.valueOf(port),
        "--webui-port",
        "0");
    daemon(
        "Successfully registered",
        "org.apache.spark.deploy.worker.Worker",
        "--webui-port",
        "0",
        "--cores",
        "3",
        "--memory",
        "6g",
        "--work-dir",
        folder.resolve("work").toString(),
        "spark://127.0.0.1:" + port);
  }

  private static void daemon(String started, String main, String... words) throws Exception {
    String[] java = {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "-Xmx512m",
      "-Dspark.master.rest.enabled=true",
      "-Dspark.master.rest.port=" + (port + 1),
      "-cp",
      SPARK.resolve("jars") + "/*",
      main,
      "--host",
      "127.0.0.1"
    };
    Running daemon =
        trainings
            .shell()
            .with("SPARK_HOME", SPARK.toString())
            .with("SPARK_SCALA_VERSION", "2.13")
            .with("SPARK_LOCAL_IP", "127.0.0.1")
            .start(words(java, words));
    DAEMONS.add(daemon);
    daemon.awaitWords(started);
  }

  @AfterAll
  static void stop() throws Exception {
    for (Running daemon : DAEMONS) {
      daemon.process().destroy();
      daemon.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static Result submit(int masterPort, String run, String... more) throws Exception {
    String[] command = {
      "train",
      "--master",
      "spark://127.0.0.1:" + masterPort,
      "--run",
      folder.resolve(run).toString()
    };
    return trainings.handspun(words(words(words(command, PLAN), CLUSTER), more));
  }

  /** What the driver that was started last has written. */
  private static String output(String stream) throws IOException {
    try (Stream<Path> all = Files.list(folder.resolve("work"))) {
      Path newest =
          all.filter(path -> path.getFileName().toString().startsWith("driver-"))
              .max(Comparator.comparing(path -> path.getFileName().toString()))
              .orElseThrow();
      return Files.readString(newest.resolve(stream));
    }
  }

  private static void assertTrained(String what) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Matcher sum = SHA256.matcher(output("stdout"));
    while (!sum.find()) {
      assertThat(System.nanoTime()).as(output("stderr")).isLessThan(end);
      Thread.sleep(PAUSE_MILLIS);
      sum = SHA256.matcher(output("stdout"));
    }
    Proofs.note(what, sum.group(1));
    assertThat(sum.group(1)).isEqualTo(expected);
  }

  @Test
  void theLauncherHandsTheDriverToAWorkerAndTellsHowItFares() throws Exception {
    Result result = submit(port, "run", "--driver-java-options", "-Dof.mine=1");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err())
        .contains("The driver will run on the cluster", "is RUNNING", "is FINISHED");
    assertTrained("standalone, the driver on a Worker");
    assertThat(folder.resolve("run/model.handspun")).exists();
    assertThat(output("stderr")).contains("of.mine=1");

    Result again = submit(port, "run");
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("is FAILED", "handspun: The driver has failed");
    assertThat(output("stderr")).contains("handspun: The run's folder", "is not empty");
  }

  @Test
  void theLauncherSubmitsByRestToo() throws Exception {
    Result result = submit(port + 1, "rest", "--conf", "spark.master.rest.enabled=true");
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("Submission successfully created");
    assertTrained("standalone, the driver on a Worker, by REST");
  }

  @Test
  void sparksOwnSubmitNeedsOnlyTheJar() throws Exception {
    Path spark = Files.createDirectory(folder.resolve("spark"));
    SparkHome.layOut(spark, SPARK.resolve("jars"));
    Path jar = Files.copy(Path.of("target/handspun.jar"), folder.resolve("only.jar"));
    List<String> command = new ArrayList<>();
    command.add(spark.resolve("bin/spark-submit").toString());
    command.addAll(List.of("--master", "spark://127.0.0.1:" + port, "--deploy-mode", "cluster"));
    command.addAll(List.of("--conf", "spark.standalone.submit.waitAppCompletion=true"));
    String[] data = {"--data", Path.of("data/mnist").toAbsolutePath().toString()};
    String[] train = {jar.toString(), "train", "--run", folder.resolve("only").toString()};
    String[] words = words(words(train, PLAN), data);
    String[] submit = command.toArray(String[]::new);
    assertThat(trainings.shell().run(words(submit, words)).err()).contains("is FAILED");
    Matcher options = OPTIONS.matcher(output("stderr"));
    assertThat(options.find()).isTrue();

    submit = words(submit, "--driver-java-options", options.group(1));
    assertThat(trainings.shell().run(words(submit, words)).err()).contains("is FINISHED");
    assertTrained("standalone, the driver on a Worker, by spark-submit");

    Result relative = trainings.shell().run(words(submit, jar.toString(), "train", "--run", "x"));
    assertThat(relative.err()).contains("is FAILED");
    assertThat(output("stderr")).contains("handspun: --run is x, but");
    Files.delete(spark.resolve("jars"));
  }
}
