package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole trainings, as a user starts them, in one folder. */
final class Trainings {
  private static final String HANDSPUN =
      Path.of("").toAbsolutePath().resolve("bin/handspun").toString();
  private static final Pattern SHA256 = Pattern.compile("(?m)^sha256 +([0-9a-f]{64}) ");

  /** What these tests are about is not how fast Java gets, so it compiles quickly, not well. */
  static final String QUICK_JAVA = "-XX:TieredStopAtLevel=1 -Dhandspun.kernels=scalar";

  private final Path folder;
  private final List<String> around;
  private final AtomicInteger runs = new AtomicInteger();

  /**
   * @param folder where they run, and write to {@code run1}, {@code run2}, ...
   * @param around words that go before the command, such as those that lead into a namespace
   */
  Trainings(Path folder, String... around) {
    this.folder = folder;
    this.around = List.of(around);
  }

  /** Where Java compiles quickly. */
  Shell shell() {
    return new Shell(folder)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("HANDSPUN_JAVA_OPTS", QUICK_JAVA)
        .without("SPARK_HOME");
  }

  /** Runs {@code bin/handspun} with these words. */
  Result handspun(String... words) throws IOException, InterruptedException {
    return shell().run(command(words));
  }

  /** The words that start it. */
  String[] command(String... words) {
    List<String> command = new ArrayList<>(around);
    command.add(HANDSPUN);
    command.addAll(List.of(words));
    return command.toArray(String[]::new);
  }

  Running start(String... options) throws Exception {
    return start(shell(), options);
  }

  Running start(Shell shell, String... options) throws Exception {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("train", "--run", "run" + runs.incrementAndGet()));
    words.addAll(List.of(options));
    return shell.start(command(words.toArray(String[]::new)));
  }

  Result run(String... options) throws Exception {
    return start(options).await();
  }

  /** The folder of the training that was started last. */
  Path lastRun() {
    return folder.resolve("run" + runs.get());
  }

  String sha256(String... options) throws Exception {
    return sha256(run(options));
  }

  static String sha256(Result result) {
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    Matcher line = SHA256.matcher(result.out());
    assertThat(line.find()).as(result.out()).isTrue();
    return line.group(1);
  }

  /** How often an epoch was told to have been run again, after a failure. */
  static int countRunAgain(Result result) {
    return count(result, "is run again on");
  }

  /** How often executors were lost, in an epoch or between two. */
  static int countLosses(Result result) {
    return countRunAgain(result)
        + count(result, "Spark's job failed at its end (")
        + count(result, " was lost: from epoch ")
        + count(result, " were lost: from epoch ");
  }

  /** How many of these before a task had started there. */
  static int countLostBeforeTheyStarted(Result result) {
    return count(result, ": an executor was lost before its task started");
  }

  private static int count(Result result, String words) {
    return result.out().split(Pattern.quote(words), -1).length - 1;
  }

  /** What {@code --json} ends with. */
  static JsonNode json(Running running) throws Exception {
    return json(running.await());
  }

  static JsonNode json(Result result) throws IOException {
    assertThat(result.exit()).as(result.err()).isZero();
    List<String> lines = result.out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  /** Puts lists of words one after the other. */
  static String[] words(String[] some, String... more) {
    List<String> all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
