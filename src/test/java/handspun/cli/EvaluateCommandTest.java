package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.HandspunException;
import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.OneLitPixel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class EvaluateCommandTest {
  private static final Network NETWORK = OneLitPixel.network(3);
  private static final Examples TEST =
      OneLitPixel.examples(3, new int[][] {{0, 0}, {1, 1}, {2, 2}, {2, 0}});

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path model;

  @BeforeEach
  void nameTheModel() {
    model = folder.resolve("first.model");
  }

  private CommandLine command(Network network, Examples test) {
    return command(file -> network, test);
  }

  /** A command that finds networks by the names of their files. */
  private CommandLine command(Function<String, Network> networks, Examples test) {
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, 0, 0);
    Examples none = TEST.slice(0, 0);
    CommandLine line =
        new CommandLine(
            new EvaluateCommand(
                path -> new Model(networks.apply(path.fileName()), Optional.empty(), provenance),
                path -> new Dataset(none, none, test, path.toString(), Map.of())));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    return line;
  }

  private int evaluate(Network network, Examples test, String... args) {
    return command(network, test).execute(args);
  }

  private void evaluateThrowing(Network network, Examples test) {
    CommandLine line = command(network, test);
    line.parseArgs(model.toString());
    ((Runnable) line.getCommand()).run();
  }

  @Test
  void printsWhatAPersonWantsToKnow() {
    assertThat(evaluate(NETWORK, TEST, model.toString(), "--data", "lamps")).isZero();
    Path sheet = folder.resolve("first-mistakes.png");
    Path diagram = folder.resolve("first-reliability.svg");
    assertThat(out.toString())
        .contains("Model       " + model + " (3-3)\n")
        .contains("Data        lamps, 4 test images\n")
        .contains("Accuracy    75.00 % (3 of 4)\n")
        .containsPattern(
            "Confidence  9\\d\\.\\d\\d % on average; expected calibration error 2\\d\\.\\d\\d %\n")
        .contains("Parameters  SHA-256 " + NETWORK.sha256() + "\n")
        .contains("    2     100.00    50.00    66.67         2\n")
        .contains("    2  1  .  1\n")
        .endsWith("\n\nReliability " + diagram + "\nMistakes    " + sheet + "\n");
    assertThat(sheet).isNotEmptyFile();
    assertThat(diagram).content().contains("<svg");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void printsOneLineOfJsonAndNothingElse() throws IOException {
    assertThat(evaluate(NETWORK, TEST, model.toString(), "--json", "--data", "lamps")).isZero();
    assertThat(out.toString()).hasLineCount(1).endsWith("}\n");
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("testAccuracy").doubleValue()).isEqualTo(0.75);
    assertThat(line.get("testCorrect").intValue()).isEqualTo(3);
    assertThat(line.get("testTotal").intValue()).isEqualTo(4);
    assertThat(line.get("cost").doubleValue()).isBetween(0.01, 1.0);
    assertThat(line.get("parametersSha256").textValue()).isEqualTo(NETWORK.sha256());
    assertThat(line.get("model").textValue()).isEqualTo(model.toString());
    assertThat(line.get("data").textValue()).isEqualTo("lamps");
    assertThat(line.get("kernels").textValue()).isEqualTo(Kernels.fastest().description());
    assertThat(line.get("mistakes").textValue()).endsWith("first-mistakes.png");
    assertThat(line.get("reliability").textValue()).endsWith("first-reliability.svg");
    double error = line.get("expectedCalibrationError").doubleValue();
    // All in the highest bin, where three of four are correct.
    assertThat(error).isEqualTo(line.get("meanConfidence").doubleValue() - 0.75);
    assertThat(line.get("calibrationBins")).hasSize(15);
    assertThat(line.get("calibrationBins").get(0).get("accuracy").isNull()).isTrue();
    JsonNode highest = line.get("calibrationBins").get(14);
    assertThat(highest.get("from").doubleValue()).isEqualTo(14.0 / 15);
    assertThat(highest.get("to").doubleValue()).isEqualTo(1);
    assertThat(highest.get("count").intValue()).isEqualTo(4);
    assertThat(highest.get("accuracy").doubleValue()).isEqualTo(0.75);
    assertThat(highest.get("confidence").doubleValue())
        .isEqualTo(line.get("meanConfidence").doubleValue());
  }

  /** Outputs, before the sigmoid, for an image of which the first pixel is lit. */
  private static Network network(float... logits) {
    float[] parameters = new float[12];
    System.arraycopy(logits, 0, parameters, 0, 3);
    return new Network(new Topology(3, 3), parameters);
  }

  /** Two are wrong of a lit first pixel, a 0, and the committee is not. */
  private static final Map<String, Network> MEMBERS =
      Map.of(
          "first.model", network(4, 5, -5),
          "second.model", network(4, -5, 5),
          "third.model", network(4, -5, -5));

  private static final Examples ZEROS =
      OneLitPixel.examples(3, new int[][] {{0, 0}, {0, 0}, {0, 0}, {2, 0}});

  private int evaluateMembers(String... options) {
    Stream<String> files =
        Stream.of("first.model", "second.model", "third.model")
            .map(name -> folder.resolve(name).toString());
    return command(MEMBERS::get, ZEROS)
        .execute(Stream.concat(files, Stream.of(options)).toArray(String[]::new));
  }

  @Test
  void severalModelsAreACommittee() {
    assertThat(evaluateMembers("--data", "lamps")).as(err.toString()).isZero();
    assertThat(out.toString())
        .startsWith(
            """
            Model       %1$s/first.model (3-3): 0.00 %% (0 of 4)
            Model       %1$s/second.model (3-3): 25.00 %% (1 of 4)
            Model       %1$s/third.model (3-3): 75.00 %% (3 of 4)
            Data        lamps, 4 test images
            Committee   75.00 %% (3 of 4)
            Confidence  65.90 %% on average; expected calibration error 9.10 %%
            Cost        0.75482
            """
                .formatted(folder))
        .contains("Parameters  SHA-256 " + MEMBERS.get("first.model").sha256() + "\n")
        .contains("Parameters  SHA-256 " + MEMBERS.get("third.model").sha256() + "\n\n")
        .contains("    0      75.00   100.00    85.71         3\n")
        .contains("    2  1  .  .\n")
        .endsWith(
            "\n\nReliability %1$s/first-committee-reliability.svg\nMistakes    %1$s/first-committee-mistakes.png\n"
                .formatted(folder));
    assertThat(folder.resolve("first-committee-mistakes.png")).isNotEmptyFile();
    assertThat(folder.resolve("first-committee-reliability.svg")).content().contains("<svg");
    assertThat(folder).isDirectoryNotContaining("glob:**/first-mistakes.png");
  }

  @Test
  void theJsonOfACommitteeTellsOfItsMembers() throws IOException {
    assertThat(evaluateMembers("--json", "--data", "lamps")).as(err.toString()).isZero();
    assertThat(out.toString()).hasLineCount(1);
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("testCorrect").intValue()).isEqualTo(3);
    assertThat(line.get("testTotal").intValue()).isEqualTo(4);
    assertThat(line.get("meanConfidence").doubleValue()).isCloseTo(0.6590, within(1e-4));
    assertThat(line.get("mistakes").textValue()).endsWith("first-committee-mistakes.png");
    for (String ofOne : List.of("model", "run", "parametersSha256", "layers", "seed")) {
      assertThat(line.get(ofOne).isNull()).as(ofOne).isTrue();
    }
    assertThat(line.get("models")).hasSize(3);
    JsonNode second = line.get("models").get(1);
    assertThat(second.get("model").textValue()).endsWith("second.model");
    assertThat(second.get("testCorrect").intValue()).isEqualTo(1);
    assertThat(second.get("testAccuracy").doubleValue()).isEqualTo(0.25);
    assertThat(second.get("parametersSha256").textValue())
        .isEqualTo(MEMBERS.get("second.model").sha256());
  }

  private void assertSecondRefused(Network second, String sentence) {
    CommandLine line = command(file -> file.equals("second.model") ? second : NETWORK, TEST);
    Path file = folder.resolve("second.model");
    line.parseArgs(model.toString(), file.toString());
    assertThatThrownBy(((Runnable) line.getCommand())::run)
        .isInstanceOf(HandspunException.class)
        .hasMessageStartingWith("The model %s (%s) ".formatted(file, second.topology()) + sentence);
  }

  @Test
  void saysWhichModelOfACommitteeDoesNotFit() {
    assertSecondRefused(
        Network.random(new Topology(3, 4), Initializer.NORMAL, 1),
        "has 4 outputs, but %s (3-3) has 3, and".formatted(model));
    assertSecondRefused(
        Network.random(new Topology(784, 3), Initializer.NORMAL, 1), "reads images of 784 pixels");
    assertSecondRefused(
        Network.random(new Topology(3, 2), Initializer.NORMAL, 1), "knows the labels 0 to 1");
  }

  @Test
  void drawsPicturesWhereItIsTold() {
    Path sheet = folder.resolve("elsewhere.png");
    Path diagram = folder.resolve("elsewhere.svg");
    evaluate(
        NETWORK,
        TEST,
        model.toString(),
        "--mistakes",
        sheet.toString(),
        "--reliability",
        diagram.toString());
    assertThat(folder).isDirectoryNotContaining("glob:**/first*");
    assertThat(sheet).isNotEmptyFile();
    assertThat(diagram).isNotEmptyFile();
  }

  @Test
  void warnsAndGoesOnWhereTheMistakesCannotBeWritten() throws IOException {
    String sheet = folder.resolve("missing").resolve("sheet.png").toString();
    int status = evaluate(NETWORK, TEST, model.toString(), "--json", "--mistakes", sheet);
    assertThat(status).isZero();
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("warning", "Could not write " + sheet, "there is no folder");
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("mistakes").isNull()).isTrue();
    assertThat(line.get("reliability").isNull()).isFalse();
  }

  @Test
  void saysNullForWhatIsNotANumber() throws IOException {
    float[] parameters = NETWORK.parameters();
    parameters[0] = Float.NaN;
    evaluate(new Network(NETWORK.topology(), parameters), TEST, model.toString(), "--json");
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("cost").isNull()).isTrue();
    assertThat(line.get("expectedCalibrationError").isNull()).isTrue();
    assertThat(line.get("meanConfidence").isNull()).isTrue();
  }

  @Test
  void putsAPictureBesideTheModelUnderItsName() {
    assertThat(
            EvaluateCommand.beside(Location.of(Path.of("runs/a/model.handspun")), "-mistakes.png"))
        .isEqualTo(Location.of(Path.of("runs/a/model-mistakes.png")));
    assertThat(EvaluateCommand.beside(Location.of(Path.of("plain")), "-mistakes.png"))
        .isEqualTo(Location.of(Path.of("plain-mistakes.png")));
    assertThat(EvaluateCommand.beside(Location.of(Path.of(".hidden")), "-mistakes.png"))
        .isEqualTo(Location.of(Path.of(".hidden-mistakes.png")));
  }

  @Test
  void refusesAModelForImagesOfAnotherSize() {
    Network other = Network.random(new Topology(784, 10), Initializer.NORMAL, 1);
    assertThatThrownBy(() -> evaluateThrowing(other, TEST))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll(
            model.toString(), "784-10", "784 pixels", "data/mnist", "1 x 3 = 3", "--data");
  }

  @Test
  void refusesLabelsThatTheModelDoesNotKnow() {
    Network fewer = Network.random(new Topology(3, 2), Initializer.NORMAL, 1);
    assertThatThrownBy(() -> evaluateThrowing(fewer, TEST))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("labels 0 to 1", "test image 2", "label 2");
  }

  @Test
  void refusesDataWithoutTestImages() {
    assertThatThrownBy(() -> evaluateThrowing(NETWORK, TEST.slice(0, 0)))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("data/mnist", "0 test images");
  }

  @Test
  void isACommandOfTheProgramAndNeedsAModel() {
    PrintWriter results = new PrintWriter(out);
    PrintWriter errors = new PrintWriter(err);
    assertThat(Main.run(List.of(), results, errors, "evaluate")).isEqualTo(Main.WRONG_USE);
    assertThat(Main.run(List.of(), results, errors, "evaluate", "--help")).isZero();
  }
}
