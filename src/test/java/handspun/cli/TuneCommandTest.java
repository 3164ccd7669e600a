package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.train.Plan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command in this process; {@link TuneIT} runs it as a user does. */
class TuneCommandTest {
  private static final String SPACE =
      """
      rate = { from = 0.1, to = 10, scale = log }
      batch = [10, 20]
      seed = 3
      preprocess = none
      augment = none
      """;

  @TempDir private Path folder;

  private String out;
  private String err;

  @BeforeEach
  void writeTheSpace() throws IOException {
    Files.writeString(folder.resolve("space.conf"), SPACE);
  }

  private String place(String name) {
    return folder.resolve(name).toString();
  }

  private int tune(String... options) {
    StringWriter written = new StringWriter();
    StringWriter errors = new StringWriter();
    String[] command = Stream.concat(Stream.of("tune"), Stream.of(options)).toArray(String[]::new);
    int exit = Main.run(List.of(), new PrintWriter(written), new PrintWriter(errors), command);
    out = written.toString();
    err = errors.toString();
    return exit;
  }

  private int tuneFour(String... more) {
    Stream<String> four =
        Stream.of(
            "--space", place("space.conf"), "--trials", "4", "--halving", "2", "--epochs", "2");
    Stream<String> fewExamples = Stream.of("--validation", "59500", "--master", "local[2]");
    return tune(
        Stream.concat(Stream.concat(four, fewExamples), Stream.of(more)).toArray(String[]::new));
  }

  @Test
  void endsInATableAPictureAndAPresetThatTrainTakes() throws IOException {
    assertThat(tuneFour("--run", place("run"), "--json")).as(() -> err).isZero();
    JsonNode json = new ObjectMapper().readTree(out);
    assertThat(json.get("trials").intValue()).isEqualTo(4);
    assertThat(json.get("failed").intValue()).isZero();
    assertThat(json.get("validationTotal").intValue()).isEqualTo(59_500);
    assertThat(json.get("seed").longValue()).isEqualTo(3);
    Plan best = Settings.read(json.get("preset").textValue(), Map.of(), Map::of).plan();
    assertThat(json.get("learningRate").floatValue()).isEqualTo(best.learningRate());
    assertThat(json.get("miniBatch").intValue()).isEqualTo(best.miniBatch());
    assertThat(best.epochs()).isEqualTo(2);
    assertThat(best.seed()).isEqualTo(3);
    assertThat(Files.readAllLines(Path.of(json.get("table").textValue()))).hasSize(5);
    assertThat(err)
        .contains("rate: 0.1 to 10 (log)", "batch: 10 | 20", "4 trials to epoch 1, 2 to epoch 2")
        .contains("500 training, 59,500 validation", "test images are not looked at")
        .contains("local[2], 2 at a time", "Rung 1 of 2: 4 trials to epoch 1 of 2")
        .containsPattern("(?m)^rank  trial  batch +rate  epochs done  validation  training cost$")
        .containsPattern("(?m)^   1 +" + json.get("bestTrial").intValue() + " .* %  .*  done$")
        .containsPattern("(?m)^   4 .* dropped$")
        .contains("bin/handspun train --config " + place("run/best.conf"));
    assertThat(folder.resolve("run/best.conf"))
        .content()
        .contains(
            "bin/handspun tune --space %s --trials 4 --halving 2 --epochs 2 --validation 59500\n"
                .formatted(place("space.conf")));
    refusesToGoOnWithAnythingElse();
  }

  private void refusesToGoOnWithAnythingElse() throws IOException {
    String run = place("run");
    assertRefused("trials is 5, but the search " + run, "--resume", run, "--trials", "5");
    assertRefused("halving is 3, but the search " + run, "--resume", run, "--halving", "3");
    assertRefused("seed is 2, but the search " + run, "--resume", run, "--seed", "2");
    assertRefused("given without --space", "--resume", run, "--epochs", "2");
    assertRefused("goes on in the folder " + run, "--resume", run, "--run", place("other"));
    Files.writeString(folder.resolve("space.conf"), SPACE.replace("10, scale", "20, scale"));
    assertThat(tuneFour("--resume", run, "--run", run)).isEqualTo(2);
    assertThat(err)
        .contains("rate is {from=0.1, to=20, scale=log}, but the search " + run)
        .contains("has begun with {from=0.1, to=10, scale=log}, which must stay");
    assertThat(tuneFour("--run", run)).isEqualTo(2);
    assertThat(err).contains("The run's folder " + run + " is not empty");
  }

  private void assertRefused(String sentence, String... options) {
    assertThat(tune(options)).isEqualTo(2);
    assertThat(err).contains(sentence).doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "learningrate = 3                | has learningrate, which is no hyperparameter: did you mean rate?",
        "velocity = 3                    | has velocity, which is no hyperparameter: the names are layers, ",
        "partitions = 2                  | has partitions, which is no hyperparameter: the names are",
        "rate = { from = 1               | cannot be read: ",
        "include \"/etc/hostname\"       | only include files beside it",
        "rate = { from = 1, to = 0.1 }   | rate goes from 1 to 0.1: the first number must be below",
        "epochs = [1, 2]                 | epochs is 2, but the space",
        "rate = [1, 2], teacher = \"a,,b\" | teacher is \"a,,b\", but must be a model file",
        "rate = 3                        | Nothing varies in the space, but there are to be 4 trials",
        "batch = 10, layers = [\"9,10\", \"9,9,10\"] | 28 x 28 = 784 pixels"
      })
  void refusesWhatIsNoSpace(String text, String sentence) throws IOException {
    Files.writeString(folder.resolve("space.conf"), text);
    assertThat(tuneFour("--run", place("run"))).isEqualTo(2);
    assertThat(err).contains(sentence).doesNotContain("\tat ");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void saysWhatIsMissing() {
    assertRefused("--space is missing", "--trials", "4");
    assertRefused("--trials is missing", "--space", place("space.conf"));
    assertRefused("cannot be read: ", "--space", place("none.conf"), "--trials", "4");
    assertRefused("trials is 0", "--space", place("space.conf"), "--trials", "0");
    assertRefused(
        "validation is 0", "--space", place("space.conf"), "--trials", "4", "--validation", "0");
    assertRefused("Did you mean --validation?", "--validtion", "5");
    assertThat(tune("--resume", place("none"))).isEqualTo(1);
    assertThat(err).contains(place("none") + " is not the folder of a search");
  }
}
