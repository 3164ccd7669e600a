package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bin/handspun} of this project, which is built. */
class LauncherIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final String HANDSPUN = ROOT.resolve("bin/handspun").toString();
  private static final String JAVA_HOME = System.getProperty("java.home");

  @TempDir private Path folder;

  private Shell shell() {
    return new Shell(folder).with("JAVA_HOME", JAVA_HOME).without("SPARK_HOME");
  }

  /** Where a whole Spark starts. */
  private Shell quickShell() {
    return new Trainings(folder).shell();
  }

  @Test
  void tellsItsVersionFromAnyFolder() throws Exception {
    Result result = shell().run(HANDSPUN, "--version");
    assertThat(result.out()).matches("handspun \\d+\\.\\d+\\.\\d+\\R");
    assertThat(result.err()).isEmpty();
    assertThat(result.exit()).isZero();
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a link"), Path.of(HANDSPUN));
    Files.createSymbolicLink(folder.resolve("handspun"), link.getFileName());
    assertThat(shell().run("./handspun", "--version").exit()).isZero();
    Files.delete(link);
  }

  @Test
  void withoutACommandShowsTheHelpAsAnError() throws Exception {
    Result result = shell().run(HANDSPUN);
    assertThat(result.err()).contains("Usage: handspun");
    assertThat(result.out()).isEmpty();
    assertThat(result.exit()).isEqualTo(2);
  }

  @Test
  void refusesAnUnknownCommand() throws Exception {
    Result result = shell().run(HANDSPUN, "dance");
    assertThat(result.err()).startsWith("handspun: ").contains("dance");
    assertThat(result.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --spark | followed by nothing",
        "train --spark --conf a=b --spark --conf c=d | given twice",
        "serve --spark --conf a=b | serve does not run on Spark",
        "--spark --conf a=b | without a command does not run on Spark"
      })
  void refusesSparksOptionsWhereTheyMakeNoSense(String example) throws Exception {
    assertRefused(example, "handspun: --spark is ");
  }

  private void assertRefused(String example, String beginning) throws Exception {
    String[] halves = example.split(" \\| ");
    Result result = shell().run((HANDSPUN + " " + halves[0]).split(" "));
    assertThat(result.err()).startsWith(beginning).contains(halves[1]);
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train --master yarn | has no jars/spark-yarn_2.13-*.jar: set SPARK_HOME",
        "train --master=k8s://https://a | has no jars/spark-kubernetes_2.13-*.jar: set SPARK_HOME",
        "tune --spark --master yarn | has no jars/spark-yarn_2.13-*.jar: set SPARK_HOME",
        "train --run /r --spark --deploy-mode cluster | the master local[*] is this machine",
        "train --master spark://a:1 --spark --deploy-mode=cluster | --run is missing",
        "train --master spark://a:1 --run r --spark -c spark.submit.deployMode=cluster | --run is r",
        "shell --spark --master spark://a:1 --deploy-mode cluster | nobody can talk to shell"
      })
  void refusesWhatItsSparkOrAClusterCannotDo(String example) throws Exception {
    assertRefused(example, "handspun: ");
  }

  @Test
  void asksWhereYarnIs() throws Exception {
    Script.write(folder.resolve("bin/spark-submit"), "#!/bin/sh\n");
    Files.createDirectory(folder.resolve("jars"));
    Files.createFile(folder.resolve("jars/spark-yarn_2.13-4.2.0.jar"));
    Result result =
        shell()
            .with("SPARK_HOME", folder.toString())
            .without("HADOOP_CONF_DIR")
            .without("YARN_CONF_DIR")
            .run(HANDSPUN, "train", "--master", "yarn");
    assertThat(result.err()).startsWith("handspun: The master is yarn").contains("HADOOP_CONF_DIR");
    assertThat(result.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-v --version", "--version --verbose"})
  void showsTheCommandThatItRuns(String arguments) throws Exception {
    Result result = shell().run((HANDSPUN + " " + arguments).split(" "));
    assertThat(result.err()).startsWith("+ " + JAVA_HOME).endsWith("handspun.cli.Main --version\n");
    assertThat(result.out()).startsWith("handspun ");
  }

  @Test
  void runsTrainInTheSparkThatTheBuildBrings() throws Exception {
    Result result =
        shell()
            .with("HANDSPUN_JAVA_OPTS", Trainings.QUICK_JAVA + " -Xmx700m")
            .run(probe("train", "--master", "local[2]", "--epochs", "3"));
    assertThat(result.out())
        .contains("counted 3\n")
        .contains("master local[2]\n")
        .contains("arguments [train, --master, local[2], --epochs, 3]\n")
        .contains("home " + ROOT + "\n")
        .contains("progress false\n")
        .contains("memory 700\n");
    assertSparkIsQuiet(result);
    assertThat(result.exit()).isEqualTo(7);
  }

  @Test
  void runsTrainInTheUsersSparkWithItsOwnDefaults() throws Exception {
    Path home = Files.createDirectory(folder.resolve("my spark"));
    SparkHome.layOut(home, ROOT.resolve("target/spark/jars"));
    Files.createDirectory(home.resolve("conf"));
    Files.writeString(
        home.resolve("conf/spark-defaults.conf"),
        "spark.probe mine\nspark.ui.showConsoleProgress true\n");
    Result result =
        quickShell()
            .with("SPARK_HOME", home.toString())
            .run(probe("-v", "train", "--master=local[1]"));
    assertThat(result.out())
        .contains("master local[1]\n")
        .contains("arguments [train, --master=local[1]]\n")
        .contains("progress false\n")
        .contains("own mine\n");
    assertThat(result.err())
        .startsWith("+ SPARK_SUBMIT_OPTS=")
        .contains("my\\ spark/bin/spark-submit");
    assertSparkIsQuiet(result);
    assertThat(result.exit()).isEqualTo(7);
    Files.delete(home.resolve("jars"));
  }

  @Test
  void runsWhereTheMachinesNameHasNoAddress() throws Exception {
    Script.write(folder.resolve("tools/getent"), "#!/bin/sh\nexit 2\n");
    Result result =
        quickShell()
            .with("PATH", folder.resolve("tools") + ":" + System.getenv("PATH"))
            .without("SPARK_LOCAL_IP")
            .without("SPARK_LOCAL_HOSTNAME")
            .run(probe("train", "--master", "local[1]"));
    assertThat(result.err()).contains("has no address: Spark takes 127.0.0.1");
    assertThat(result.out()).contains("counted 3\n").contains("host localhost\n");
    assertThat(result.exit()).isEqualTo(7);
  }

  /** The command line that runs the probe in the place of the program. */
  private static String[] probe(String... arguments) {
    List<String> command = new ArrayList<>(List.of(HANDSPUN));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--spark", "--class", SparkProbe.class.getName()));
    command.addAll(List.of("--driver-class-path", ROOT.resolve("target/test-classes").toString()));
    return command.toArray(String[]::new);
  }

  /** Nothing of Spark's on the console, all of it in the log. */
  private static void assertSparkIsQuiet(Result result) throws IOException {
    assertThat(result.err().lines().filter(line -> !line.startsWith("+ ")))
        // The JVM's own words, which it cannot be told to keep to itself.
        .allMatch("WARNING: Using incubator modules: jdk.incubator.vector"::equals);
    Path log =
        result
            .out()
            .lines()
            .filter(line -> line.startsWith("log "))
            .map(line -> Path.of(line.substring(4)))
            .findFirst()
            .orElseThrow();
    assertThat(log).startsWith(ROOT.resolve("runs")).content().contains("SparkUI");
    Files.delete(log);
  }

  @Test
  void refusesASparkHomeWithoutSpark() throws Exception {
    Result result = shell().with("SPARK_HOME", folder.toString()).run(HANDSPUN, "train");
    assertThat(result.err()).contains("SPARK_HOME is " + folder).contains("no bin/spark-submit");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void refusesASparkThatIsTooOld() throws Exception {
    Script.write(folder.resolve("bin/spark-submit"), "#!/bin/sh\n");
    Files.createDirectory(folder.resolve("jars"));
    Files.createFile(folder.resolve("jars/spark-core_2.13-3.5.1.jar"));
    Result result = shell().with("SPARK_HOME", folder.toString()).run(HANDSPUN, "train");
    assertThat(result.err()).contains("spark-core_2.13-3.5.1.jar").contains("Spark 4.0 or later");
    assertThat(result.exit()).isEqualTo(1);
  }

  @Test
  void needsNoSparkHomeForHelp() throws Exception {
    assertThat(shell().with("SPARK_HOME", "/nowhere").run(HANDSPUN, "--help").exit()).isZero();
  }

  @Test
  void passesOverAJavaThatIsTooOld() throws Exception {
    Path old = oldJava();
    Result result =
        shell()
            .with("JAVA_HOME", old.toString())
            .with("PATH", JAVA_HOME + "/bin:" + ShellTools.in(folder.resolve("tools")))
            .run(HANDSPUN, "-v", "--version");
    assertThat(result.err()).startsWith("+ " + JAVA_HOME + "/bin/java");
  }

  @Test
  void namesEveryJavaThatIsTooOld() throws Exception {
    Path old = oldJava();
    Result result =
        shell()
            .with("JAVA_HOME", "/nowhere")
            .with("PATH", old + "/bin:" + ShellTools.in(folder.resolve("tools")))
            .run(HANDSPUN, "--version");
    assertThat(result.err())
        .contains("Java 17 or later is needed")
        .contains("/nowhere has no bin/java")
        .contains(old + " is Java 11")
        .contains("install a JDK");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.exit()).isEqualTo(1);
  }

  private Path oldJava() throws IOException {
    Path home = folder.resolve("java 11");
    Script.write(
        home.resolve("bin/java"),
        "#!/bin/sh\necho '    java.home = "
            + home
            + "' >&2\necho 'openjdk version \"11.0.2\"' >&2\n");
    return home;
  }
}
