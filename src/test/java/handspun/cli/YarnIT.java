package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training, and making data, on a real YARN, with two executors as YARN gives by default. */
@Tag("cluster")
class YarnIT {
  private static final String[] SHORT =
      "--preset seed --epochs 1 --batch 100 --rate 1 --validation 50000".split(" ");
  private static final String[] LONG =
      "--preset seed --epochs 8 --batch 10 --validation 10000".split(" ");
  private static final String[] YARN = {"--master", "yarn"};

  @TempDir private static Path folder;

  private static MiniYarnCluster yarn;
  private static Trainings trainings;

  @BeforeAll
  static void start() throws Exception {
    trainings = new Trainings(folder);
    yarn = MiniYarnCluster.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (yarn != null) {
      yarn.close();
    }
  }

  private static Shell shell() {
    return yarn.known(trainings.shell());
  }

  private static Running train(String[] plan, String... more) throws Exception {
    // Else training may begin on the first of the two.
    String[] both = {"--master", "yarn", "--partitions", "2"};
    return trainings.start(shell(), words(words(words(plan, both), more), yarn.options()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exchange", "jobs"})
  void trainsTheSameBits(String aggregate) throws Exception {
    Running training = train(SHORT, "--aggregate", aggregate);
    Result result = training.await();
    assertThat(result.out()).contains("yarn, aggregate " + aggregate, "2 partitions");
    Proofs.note("YARN, " + aggregate, sha256(result));
    assertThat(sha256(result)).isEqualTo(trainings.sha256(words(SHORT, "--master", "local[1]")));
    // YARN's client reports in several lines.
    assertThat(SparkLog.complaintsButOfEnds(training)).allMatch(line -> line.startsWith("\t "));
    assertThat(SparkLog.complaintsOfExecutors(yarn.logs())).isEmpty();
  }

  @Test
  void goesOnWithoutAnExecutorWhoseContainerIsKilled() throws Exception {
    Running training = train(LONG);
    training.awaitWords("Epoch 2 of 8");
    List<ProcessHandle> executors = yarn.executors();
    assertThat(executors).hasSize(2);
    TestCluster.kill(executors.get(0));
    Result result = training.await();
    Proofs.note("YARN, a container is killed", sha256(result));
    assertThat(sha256(result)).isEqualTo(trainings.sha256(words(LONG, "--master", "local[1]")));
    assertThat(Trainings.countRunAgain(result)).isOne();
  }

  @Test
  void makesTheSameDataInAFolderThatAllReach() throws Exception {
    String[] words = {"generate", "--images", "6000", "--parts", "4", "--out"};
    Result local =
        trainings.handspun(words(words, folder.resolve("local").toString(), "--master=local[1]"));
    assertThat(local.exit()).as(local.err()).isZero();
    String[] remote = words(words(words, folder.resolve("made").toString()), YARN);
    Result made = shell().run(trainings.command(words(remote, yarn.options())));
    assertThat(made.exit()).as(made.err()).isZero();
    List<Path> files;
    try (var all = Files.list(folder.resolve("local"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSizeGreaterThan(8);
    for (Path file : files) {
      assertThat(folder.resolve("made").resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
    Proofs.note("YARN, generate", "the same " + files.size() + " files as local[1]");
  }

  @Test
  void runsTheDriverInAContainer() throws Exception {
    String run = folder.resolve("remote").toString();
    String[] command = words(words(new String[] {"train", "--run", run}, SHORT), YARN);
    String[] options = words(yarn.options(), "--deploy-mode", "cluster");
    Result result = shell().run(trainings.command(words(command, options)));
    assertThat(result.exit()).as(result.err()).isZero();
    assertThat(result.err()).contains("Submitting application", "(state: FINISHED)");
    assertThat(folder.resolve("remote/model.handspun")).exists();
    Matcher sum = Pattern.compile("sha256 +([0-9a-f]{64})").matcher(yarn.outputs());
    assertThat(sum.find()).isTrue();
    Proofs.note("YARN, the driver in a container", sum.group(1));
    assertThat(sum.group(1)).isEqualTo(trainings.sha256(words(SHORT, "--master", "local[1]")));

    Result again = shell().run(trainings.command(words(command, options)));
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("handspun: The driver has failed");
  }
}
