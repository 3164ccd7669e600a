package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import handspun.Json;
import handspun.files.Location;
import handspun.image.PictureDecoder;
import handspun.image.Pictures;
import handspun.image.Preprocessing;
import handspun.math.Kernels;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.read.DigitReader;
import handspun.read.Reading;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.store.Provenance;
import handspun.train.Acceptance;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PredictCommandTest {
  private static final Network NETWORK =
      Network.random(new Topology(784, 16, 10), Initializer.NORMAL, 5);

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String model;
  private String seven;
  private String large;
  private Reading reading;

  @BeforeEach
  void write() throws IOException {
    model = write("model.handspun", NETWORK);
    byte[] file = Pictures.sevenPng();
    seven = write("seven.png", file);
    large =
        write(
            "large-seven.jpg",
            Pictures.file(
                "jpeg",
                Pictures.seven(BufferedImage.TYPE_INT_RGB, 900, 700, Color.GRAY, Color.WHITE)));
    DigitReader reader = new DigitReader(NETWORK, Preprocessing.NONE, Kernels.fastest());
    reading = reader.read(new PictureDecoder(1 << 20).decode(file)).orElseThrow();
  }

  private String write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private String write(String name, Network network) {
    return write(name, network, Optional.empty());
  }

  private String write(String name, Network network, Optional<Acceptance> acceptance) {
    Path file = folder.resolve(name);
    Provenance provenance = new Provenance("", Map.of(), "", Map.of(), 0, 0, 0);
    ModelFile.write(
        Location.of(file), new Model(network, Optional.empty(), provenance, acceptance));
    return file.toString();
  }

  private int predict(String... args) {
    String[] command = new String[args.length + 1];
    command[0] = "predict";
    System.arraycopy(args, 0, command, 1, args.length);
    return Main.run(List.of(), new PrintWriter(out), new PrintWriter(err), command);
  }

  @Test
  void showsTheDigitAndABarForEveryOutputOfOnePicture() {
    assertThat(predict(model, seven)).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(11);
    assertThat(lines.get(0)).isEqualTo(seven + ": " + reading.digit());
    for (int digit = 0; digit < 10; digit++) {
      float output = reading.outputs()[digit];
      String bar = "#".repeat(Math.round(40 * output));
      assertThat(lines.get(digit + 1))
          .isEqualTo(
              String.format(Locale.ROOT, "   %d  %.4f  %s", digit, output, bar).stripTrailing());
    }
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void showsALineForEachOfSeveralPictures() {
    assertThat(predict(model, seven, large)).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).startsWith(seven + " ").contains("  9:");
    assertThat(lines.get(1)).startsWith(large + "  ").contains("  0:", "  9:");
    assertThat(lines.get(0)).hasSameSizeAs(lines.get(1));
  }

  @Test
  void printsALineOfJsonForEachPicture() throws Exception {
    assertThat(predict("--json", model, seven, large)).isZero();
    List<String> lines = out.toString().lines().toList();
    assertThat(lines).hasSize(2);
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(lines.get(0));
    assertThat(json.fieldNames().next()).isEqualTo("file");
    assertThat(json.remove("file").asText()).isEqualTo(seven);
    assertThat(json).isEqualTo(mapper.readTree(Json.object(reading::writeFields)));
    assertThat(json.get("reading").asText()).isEqualTo("digit");
    assertThat(json.get("threshold").isNull()).isTrue();
  }

  /** What is certain with these, whatever the network says: nothing is a digit; all are unsure. */
  private static Stream<Arguments> acceptances() {
    return Stream.of(
        Arguments.of(new Acceptance(1, 0), "no digit (the nearest is 9)", "no digit", "none"),
        Arguments.of(new Acceptance(0, 1), "9 or 3 (unsure)", "9 or 3", "unsure"));
  }

  @ParameterizedTest
  @MethodSource("acceptances")
  void saysInWordsWhatIsNoDigitOrOneOfTwo(
      Acceptance acceptance, String sentence, String inATable, String reading) {
    float[] parameters = new float[784 * 10 + 10];
    parameters[7840 + 3] = 1;
    parameters[7840 + 9] = 2;
    Network nine = new Network(new Topology(784, 10), parameters);
    String judging = write("judging.handspun", nine, Optional.of(acceptance));
    assertThat(predict(judging, seven)).isZero();
    assertThat(out.toString().lines().toList())
        .hasSize(11)
        .startsWith(seven + ": " + sentence)
        .endsWith("   9  0.8808  " + "#".repeat(35));
    assertThat(predict(judging, seven, seven)).isZero();
    assertThat(out.toString().lines().toList().get(12))
        .startsWith("%s  %-8s   0:0.50  1:0.50  2:0.50  3:0.73".formatted(seven, inATable));
    assertThat(predict("--json", judging, seven)).isZero();
    assertThat(out.toString()).contains("\"reading\":\"" + reading + "\"", "\"digit\":9");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void drawsHowThePictureWasRead() {
    Path sheet = folder.resolve("steps.png");
    assertThat(predict(model, seven, "--show", sheet.toString())).isZero();
    assertThat(out.toString()).startsWith(seven + ": " + reading.digit());
    assertThat(sheet).isNotEmptyFile();
  }

  @Test
  void drawsOnePictureOnly() {
    Path sheet = folder.resolve("steps.png");
    assertThat(predict(model, seven, large, "--show", sheet.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--show draws one picture, but there are 2");
    assertThat(sheet).doesNotExist();
  }

  @Test
  void goesOnAfterAPictureThatCannotBeReadAndFailsInTheEnd() throws IOException {
    String blank = write("blank.png", Pictures.blankPng());
    String text = write("text.png", "hello".getBytes(StandardCharsets.UTF_8));
    String half = write("half.png", Arrays.copyOf(Pictures.sevenPng(), 300));
    String bomb = write("bomb.png", Pictures.pngThatClaims(50_000, 50_000));
    String empty = write("empty.jpg", new byte[0]);
    String missing = folder.resolve("missing.png").toString();
    int status = predict(model, blank, text, half, bomb, empty, missing, folder.toString(), seven);
    assertThat(status).isEqualTo(1);
    List<String> errors = err.toString().lines().toList();
    assertThat(errors).hasSize(7);
    assertThat(errors.get(0)).startsWith("handspun: " + blank + ": ").contains("blank");
    assertThat(errors.get(1))
        .startsWith("handspun: " + text + ": ")
        .contains("is a text file: save it as PNG");
    assertThat(errors.get(2)).startsWith("handspun: " + half + ": ").contains("damaged");
    assertThat(errors.get(3)).startsWith("handspun: " + bomb + ": ").contains("50000 x 50000");
    assertThat(errors.get(4)).startsWith("handspun: " + empty + ": ").contains("empty");
    assertThat(errors.get(5)).startsWith("handspun: " + missing + ": ").contains("no such file");
    assertThat(errors.get(6)).startsWith("handspun: " + folder + ": ").contains("folder");
    assertThat(out.toString().lines()).hasSize(1).first().asString().startsWith(seven);
  }

  @Test
  void refusesAModelThatReadsOtherImages() {
    String small =
        write("small.handspun", Network.random(new Topology(4, 2), Initializer.NORMAL, 1));
    assertThat(predict(small, seven)).isEqualTo(1);
    assertThat(err.toString()).contains("4-2", "784");
  }

  @Test
  void wantsAPicture() {
    assertThat(predict(model)).isEqualTo(2);
    assertThat(err.toString()).contains("IMAGE");
  }
}
