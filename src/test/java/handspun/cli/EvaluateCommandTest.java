package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, 0, 0);
    Examples none = TEST.slice(0, 0);
    CommandLine line =
        new CommandLine(
            new EvaluateCommand(
                path -> new Model(network, Optional.empty(), provenance),
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
