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
    assertThat(out.toString())
        .contains("Model       " + model + " (3-3)\n")
        .contains("Data        lamps, 4 test images\n")
        .contains("Accuracy    75.00 % (3 of 4)\n")
        .contains("Parameters  SHA-256 " + NETWORK.sha256() + "\n")
        .contains("    2     100.00    50.00    66.67         2\n")
        .contains("    2  1  .  1\n")
        .endsWith("Mistakes    " + sheet + "\n");
    assertThat(sheet).isNotEmptyFile();
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
  }

  @Test
  void drawsTheMistakesWhereItIsTold() {
    Path sheet = folder.resolve("elsewhere.png");
    evaluate(NETWORK, TEST, model.toString(), "--mistakes", sheet.toString());
    assertThat(sheet).isNotEmptyFile();
    assertThat(folder.resolve("first-mistakes.png")).doesNotExist();
  }

  @Test
  void warnsAndGoesOnWhereTheMistakesCannotBeWritten() throws IOException {
    String sheet = folder.resolve("missing").resolve("sheet.png").toString();
    int status = evaluate(NETWORK, TEST, model.toString(), "--json", "--mistakes", sheet);
    assertThat(status).isZero();
    assertThat(err.toString())
        .hasLineCount(1)
        .contains("warning", "Could not write " + sheet, "there is no folder");
    assertThat(new ObjectMapper().readTree(out.toString()).get("mistakes").isNull()).isTrue();
  }

  @Test
  void saysNullForACostThatIsNotANumber() throws IOException {
    float[] parameters = NETWORK.parameters();
    parameters[0] = Float.NaN;
    evaluate(new Network(NETWORK.topology(), parameters), TEST, model.toString(), "--json");
    assertThat(new ObjectMapper().readTree(out.toString()).get("cost").isNull()).isTrue();
  }

  @Test
  void putsTheSheetBesideTheModelUnderItsName() {
    assertThat(EvaluateCommand.beside(Location.of(Path.of("runs/a/model.handspun"))))
        .isEqualTo(Location.of(Path.of("runs/a/model-mistakes.png")));
    assertThat(EvaluateCommand.beside(Location.of(Path.of("plain"))))
        .isEqualTo(Location.of(Path.of("plain-mistakes.png")));
    assertThat(EvaluateCommand.beside(Location.of(Path.of(".hidden"))))
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
