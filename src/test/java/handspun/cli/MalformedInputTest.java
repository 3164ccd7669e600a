package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every wrong option and file ends in one clear sentence, before Spark starts, and leaves no run
 * behind. (Wrong requests: {@code handspun.serve}; each format's own ways to be damaged: {@code
 * handspun.data} and {@code handspun.store}.)
 */
class MalformedInputTest {
  private static final int WRONG_USE = 2;
  private static final int FAILURE = 1;

  @TempDir private Path folder;

  private record Outcome(int exit, String out, String err) {}

  private static Outcome run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.run(List.of(), new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Outcome(exit, out.toString(), err.toString());
  }

  private static Arguments of(String command, int exit, String... words) {
    return Arguments.of(command, exit, List.of(words));
  }

  static Stream<Arguments> commands() {
    return Stream.of(
        of("shell nowhere.jsh", FAILURE, "nowhere.jsh", "jshell"),
        of("cluster start --port 65536", WRONG_USE, "--port is 65536, but must be 1 to 65535"),
        of("cluster start --workers 0", WRONG_USE, "workers is 0, but must be at least 1"),
        of(
            "cluster start --memory 7",
            WRONG_USE,
            "memory is 7, but must be a whole number and a unit"),
        // Options of training.
        of("train --layers 784,16,x,10", WRONG_USE, "784,16,x,10", "whole numbers"),
        of("train --layers 784", WRONG_USE, "at least 2 layers", "1"),
        of("train --layers 784,0,10", WRONG_USE, "Layer 2", "0 units", "at least 1"),
        of("train --layers 784,-5,10", WRONG_USE, "-5 units"),
        of("train --layers 784,900000,10", WRONG_USE, "536870912", "smaller"),
        of("train --layers 28,16,10", WRONG_USE, "28 units", "28 x 28 = 784 pixels"),
        of("train --layers 784,16,9", WRONG_USE, "9 units", "labels go from 0 to 9"),
        of(
            "train --activation softsign",
            WRONG_USE,
            "activation is softsign",
            "sigmoid or tanh or relu: try sigmoid"),
        of("train --activation", WRONG_USE, "--activation", "Missing"),
        of("train --epochs 0", WRONG_USE, "epochs is 0", "at least 1"),
        of("train --epochs many", WRONG_USE, "epochs is many", "whole number"),
        of("train --epochs 1.5", WRONG_USE, "epochs is 1.5", "whole number"),
        of("train --epochs", WRONG_USE, "--epochs", "Missing"),
        of("train --patience -1", WRONG_USE, "patience is -1", "at least 0"),
        of("train --patience some", WRONG_USE, "patience is some", "whole number"),
        of("train --patience 1.5", WRONG_USE, "patience is 1.5", "whole number"),
        of("train --patience", WRONG_USE, "--patience", "Missing"),
        of(
            "train --patience 3 --validation 0",
            WRONG_USE,
            "patience is 3",
            "no validation examples",
            "--validation"),
        of("train --batch 0", WRONG_USE, "batch is 0"),
        of("train --batch 60001", WRONG_USE, "batch is 60001", "50000 training examples"),
        of("train --rate 0", WRONG_USE, "rate is 0.0", "above 0"),
        of("train --rate -3", WRONG_USE, "rate is -3.0"),
        of("train --rate NaN", WRONG_USE, "rate is NaN"),
        of("train --rate Infinity", WRONG_USE, "rate is Infinity"),
        of("train --rate 1e-60", WRONG_USE, "rate is 0.0"),
        of("train --rate fast", WRONG_USE, "rate is fast", "number above 0"),
        of("train --schedule linear", WRONG_USE, "schedule is linear", "constant or step"),
        of("train --schedule", WRONG_USE, "--schedule", "Missing"),
        of("train --seed dice", WRONG_USE, "seed is dice", "whole number"),
        of("train --lanes 0", WRONG_USE, "lanes is 0", "at least 1"),
        of("train --lanes 513", WRONG_USE, "lanes is 513", "1 to 512"),
        of("train --local-steps 0", WRONG_USE, "local-steps is 0", "at least 1"),
        of("train --local-steps few", WRONG_USE, "local-steps is few", "at least 1, or epoch"),
        of("train --local-steps 5 --lanes 1", WRONG_USE, "local-steps is 5", "lanes is 1"),
        of("train --local-steps epoch --batch 1", WRONG_USE, "local-steps is epoch", "mini-batch"),
        of("train --local-steps 5 --partitions 9", WRONG_USE, "partitions is 9", "1 to 8", "lanes"),
        of("train --partitions 0", WRONG_USE, "partitions is 0", "at least 1"),
        of(
            "train --batch 10 --partitions 11",
            WRONG_USE,
            "partitions is 11",
            "examples in a mini-batch"),
        of("train --batch 100 --partitions 9", WRONG_USE, "partitions is 9", "1 to 8", "lanes"),
        of("train --aggregate gossip", WRONG_USE, "gossip", "exchange or jobs"),
        of("train --validation -1", WRONG_USE, "validation is -1", "at least 0"),
        of("train --validation 60000", WRONG_USE, "validation is 60000", "60000 examples"),
        of(
            "train --data src/test/resources/handspun/data/digits.pkl.gz --validation 5",
            WRONG_USE,
            "validation is 5",
            "its own validation set"),
        of("train --run src", WRONG_USE, "src", "not empty", "--run"),
        of("train --run pom.xml/run", FAILURE, "pom.xml/run", "--run"),
        of("train --checkpoint-every -1", WRONG_USE, "checkpoint-every is -1", "at least 0"),
        of("train --watch --seeds 2", WRONG_USE, "--watch shows one training", "--seeds is 2"),
        of("train --token-file x", WRONG_USE, "add --watch"),
        of("train --watch --trust-proxy x", WRONG_USE, "--trust-proxy is \"x\""),
        of("train --watch=door", WRONG_USE, "--watch", "door"),
        of("train --watch=70000", WRONG_USE, "70000", "0 to 65535"),
        of("train --resume nowhere", FAILURE, "no folder nowhere", "--resume"),
        of("train --resume pom.xml", FAILURE, "pom.xml is no folder", "--resume"),
        of("train --resume src", FAILURE, "src", "no checkpoint.handspun"),
        of("train --event-log pom.xml", FAILURE, "pom.xml: it is a file", "--event-log"),
        of("train --config nothing", WRONG_USE, "no configuration file nothing", "--config"),
        of("train --config spark.ui.enabled=false", WRONG_USE, "after --spark"),
        of(
            "train --preset nothing",
            WRONG_USE,
            "preset is nothing",
            "must be one of these",
            "seed"),
        of("train --preset handspun", WRONG_USE, "preset is handspun"),
        of("train --epoch 3", WRONG_USE, "--epoch", "--epochs"),
        of("train --lerning-rate 3", WRONG_USE, "--lerning-rate", "--rate"),
        of("train now", WRONG_USE, "now"),
        // Files.
        of("train --data nowhere", FAILURE, "nowhere"),
        of("train --data src", FAILURE, "src"),
        of("train --data pom.xml", FAILURE, "pom.xml", ".pkl"),
        of("train --data nowhere.pkl", FAILURE, "nowhere.pkl"),
        of("evaluate nowhere.handspun", FAILURE, "nowhere.handspun"),
        of("evaluate pom.xml", FAILURE, "pom.xml"),
        of("evaluate src", FAILURE, "src"),
        of("evaluate", WRONG_USE, "MODEL"),
        of("compare a.handspun", WRONG_USE, "RUN"),
        of("import pom.xml x.handspun", FAILURE, "pom.xml"),
        of("import nowhere.pkl x.handspun", FAILURE, "nowhere.pkl"),
        of("export pom.xml x.pkl", FAILURE, "pom.xml"),
        of("export nowhere x.pkl", FAILURE, "nowhere"),
        of("", WRONG_USE, "no command"),
        of("teach", WRONG_USE, "teach"));
  }

  @ParameterizedTest(name = "handspun {0}")
  @MethodSource("commands")
  void endsInOneClearSentence(String command, int exit, List<String> words) {
    Outcome outcome = run(command.isEmpty() ? new String[0] : command.split(" "));
    assertSentence(outcome, exit, words);
  }

  private static void assertSentence(Outcome outcome, int exit, List<String> words) {
    assertAll(
        () -> assertThat(outcome.exit()).isEqualTo(exit),
        () -> assertThat(outcome.err()).startsWith("handspun: ").contains(words),
        () -> assertThat(outcome.err()).doesNotContain("\tat ", "Exception"),
        // The second line, if any, says what to try.
        () -> assertThat(outcome.err().lines().count()).isLessThanOrEqualTo(3),
        () -> assertThat(outcome.out()).isEmpty());
  }

  static Stream<Arguments> configurations() {
    return Stream.of(
        of("epochs = many", WRONG_USE, "my.conf: 1: epochs is many", "number"),
        of("epochs = 2.5", WRONG_USE, "epochs is 2.5", "whole number"),
        of("epochs = 99999999999", WRONG_USE, "my.conf: 1: 99999999999 is too large"),
        of("epoch = 3", WRONG_USE, "sets epoch, which is not known: did you mean epochs?"),
        of("lerning-rate = 3", WRONG_USE, "sets lerning-rate", "did you mean rate?"),
        of("\nrate = -1", WRONG_USE, "my.conf: 2: rate is -1.0", "above 0: try 0.02."),
        of("epochs 3", WRONG_USE, "my.conf", "cannot be read"),
        of("layers = [784, sixteen, 10]", WRONG_USE, "sixteen"),
        of("layers = {}", WRONG_USE, "layers \"{}\""),
        of("rate = [3, 4]", WRONG_USE, "rate is 3,4", "number"),
        of("data = nowhere", FAILURE, "nowhere"),
        of("include required(\"none.conf\")", WRONG_USE, "my.conf", "none.conf"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configurations")
  void aConfigurationFileEndsInOneClearSentenceToo(String text, int exit, List<String> words)
      throws IOException {
    Path conf = Files.writeString(folder.resolve("my.conf"), text);
    assertSentence(run("train", "--config", conf.toString()), exit, words);
  }

  private Path copyOfMnist() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (String name :
        List.of(
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz")) {
      Files.copy(Path.of("data/mnist").resolve(name), data.resolve(name));
    }
    return data;
  }

  @Test
  void dataThatIsMissingCutShortOrMixedUpIsNamed() throws IOException {
    Path data = copyOfMnist();
    Path labels = data.resolve("train-labels-idx1-ubyte.gz");
    byte[] good = Files.readAllBytes(labels);

    Files.write(labels, Arrays.copyOf(good, 1000));
    assertSentence(train(data), FAILURE, List.of("train-labels-idx1-ubyte.gz"));

    Files.copy(
        data.resolve("train-images-idx3-ubyte.gz"), labels, StandardCopyOption.REPLACE_EXISTING);
    assertSentence(train(data), FAILURE, List.of("train-labels-idx1-ubyte.gz"));

    Files.copy(
        data.resolve("t10k-labels-idx1-ubyte.gz"), labels, StandardCopyOption.REPLACE_EXISTING);
    assertSentence(train(data), FAILURE, List.of("60000 images", "10000 labels"));

    Files.delete(labels);
    assertSentence(train(data), FAILURE, List.of("train-labels"));
  }

  @Test
  void nothingIsLeftBehind() {
    assertThat(train(folder.resolve("none")).exit()).isEqualTo(FAILURE);
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private Outcome train(Path data) {
    return run("train", "--data", data.toString(), "--run", folder.resolve("run").toString());
  }

  @Test
  void debugShowsTheStackTraceAsWell() {
    assertThat(run("evaluate", "nowhere.handspun", "--debug").err())
        .startsWith("handspun: ")
        .contains("\tat handspun.");
  }
}
