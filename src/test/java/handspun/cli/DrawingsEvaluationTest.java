package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.data.IdxWriter;
import handspun.drawings.Cell;
import handspun.drawings.DigitDrawings;
import handspun.drawings.DrawingsMeasure;
import handspun.drawings.NoDigit;
import handspun.drawings.NoDigitDrawings;
import handspun.files.Location;
import handspun.image.Mnist;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.OneLitPixel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DrawingsEvaluationTest {
  private static final int IDX_HEADER = 16;

  private static Examples test;

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void read() {
    // 7, 2, 1, 0, 4, 1, 9, 5, 6, 3 and 8.
    test = Mnist.data().test().select(new int[] {0, 1, 2, 3, 4, 5, 7, 8, 11, 18, 61});
  }

  /** A model that takes everything for one digit. */
  private static Model always(int digit) {
    Topology topology = new Topology(784, 10);
    float[] parameters = new float[topology.parameterCount()];
    parameters[topology.biasesAt(1) + digit] = 1;
    return model(new Network(topology, parameters));
  }

  private static Model model(Network network) {
    return new Model(
        network, Optional.empty(), new Provenance("", Map.of(), "", Map.of(), 0, 0, 0));
  }

  /** A command for models that are named by the digit that they take everything for. */
  private CommandLine command(Examples tests) {
    Examples none = test.slice(0, 0);
    CommandLine line =
        new CommandLine(
            new EvaluateCommand(
                file -> always(file.fileName().charAt(0) - '0'),
                sources -> new Dataset(none, none, tests, "here", Map.of())));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    return line;
  }

  private void evaluate(Examples tests, String... options) {
    CommandLine line = command(tests);
    line.parseArgs(
        Stream.concat(
                Stream.of(folder.resolve("7.model").toString(), "--data", "here"),
                Stream.of(options))
            .toArray(String[]::new));
    ((Runnable) line.getCommand()).run();
  }

  /** As a person types it, with the model that comes with Handspun. */
  @Test
  void measuresDrawsAndWritesThePictures() throws IOException {
    Path model =
        Files.copy(Path.of("data", "models", "drawn.handspun"), folder.resolve("drawn.handspun"));
    Path data = writeTest(Files.createDirectory(folder.resolve("digits")));
    Path pictures = folder.resolve("pictures");
    int status =
        Main.run(
            List.of(),
            new PrintWriter(out),
            new PrintWriter(err),
            "evaluate",
            model.toString(),
            "--data",
            data.toString(),
            "--drawings",
            "--out",
            pictures.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(status).isZero();
    assertThat(out.toString())
        .startsWith("Model       " + model + " (784-700-250-10)\n")
        .contains(data + ", 11 of 11 test images drawn in 22 ways; 7 drawings that are no digit")
        .contains("%-33s%10.2f%10.2f\n".formatted("pen, 6 px", 100.0, 0.0))
        .containsPattern("\nmean of all +9\\d\\.\\d\\d +[0-3]\\.\\d\\d\n")
        .contains("\n2 letters  ", "\n1 scribbles  ")
        .containsPattern("\nall 7 +(71\\.43|85\\.71|100\\.00)\n")
        .endsWith("Drawings    " + folder.resolve("drawn-drawings.png") + "\n");
    assertThat(ImageIO.read(folder.resolve("drawn-drawings.png").toFile()).getHeight())
        .isGreaterThan(28 * 70);

    assertThat(pictures.toFile().list()).hasSize(2 * (22 + 6));
    DigitDrawings digits = new DigitDrawings(test);
    byte[] images = unpacked(pictures.resolve("slant-minus-30-degrees-images-idx3-ubyte.gz"));
    byte[] labels = unpacked(pictures.resolve("slant-minus-30-degrees-labels-idx1-ubyte.gz"));
    assertThat(images).hasSize(IDX_HEADER + 11 * 280 * 280);
    Cell slanted = Cell.ALL.stream().filter(cell -> cell.slant() < 0).findAny().orElseThrow();
    assertThat(picture(images, 4)).isEqualTo(digits.picture(slanted, 4).grey());
    assertThat((int) labels[8 + 4]).isEqualTo(digits.label(4));
    byte[] shapes = unpacked(pictures.resolve("no-digit-shapes-images-idx3-ubyte.gz"));
    assertThat(picture(shapes, 0))
        .isEqualTo(new NoDigitDrawings(digits).picture(NoDigit.SHAPES, 0).grey());
    assertThat(unpacked(pictures.resolve("no-digit-shapes-labels-idx1-ubyte.gz")))
        .hasSize(8 + 1)
        .endsWith(10);
  }

  /** Writes the images as a set that learns and is tested by the same. */
  private static Path writeTest(Path data) throws IOException {
    for (String use : List.of("train", "t10k")) {
      try (OutputStream images = Files.newOutputStream(data.resolve(use + "-images-idx3-ubyte"));
          OutputStream labels = Files.newOutputStream(data.resolve(use + "-labels-idx1-ubyte"))) {
        IdxWriter writer = new IdxWriter(images, test.count(), 28, 28);
        for (int i = 0; i < test.count(); i++) {
          writer.write(test.inputs().pixels(i));
        }
        new IdxWriter(labels, test.count()).write(test.labels());
      }
    }
    return data;
  }

  private static byte[] picture(byte[] images, int number) {
    int from = IDX_HEADER + number * 280 * 280;
    return Arrays.copyOfRange(images, from, from + 280 * 280);
  }

  private static byte[] unpacked(Path file) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file))).readAllBytes();
  }

  private MeasuredModel measured(String name, int correct, int refused) {
    List<DrawingsMeasure.OfCell> cells = new ArrayList<>();
    for (Cell cell : Cell.ALL) {
      boolean isBest = cell.title().equals("size, 30 %");
      cells.add(new DrawingsMeasure.OfCell(cell, 200, isBest ? 190 : correct, 4));
    }
    List<DrawingsMeasure.OfKind> kinds =
        Stream.of(NoDigit.values())
            .map(
                kind ->
                    new DrawingsMeasure.OfKind(kind, kind == NoDigit.LETTERS ? 500 : 300, refused))
            .toList();
    return new MeasuredModel(
        Location.of(folder.resolve(name)),
        always(1),
        new DrawingsMeasure(cells, kinds),
        Optional.of(Location.of(folder.resolve(name + ".png"))));
  }

  @Test
  void severalModelsAreCompared() {
    String table =
        DrawingsTable.of(
            List.of(measured("one", 150, 30), measured("other", 161, 270)), "data/x", 9999);
    assertThat(table)
        .startsWith(
            """
            Model 1     %1$s/one (784-10)
            Model 2     %1$s/other (784-10)
            Data        data/x, 200 of 9999 test images drawn in 22 ways; 2000 drawings that are no digit

                                                          model 1             model 2
            digits, per cent                    correct   refused   correct   refused
            plain                                 75.00      2.00     80.50      2.00
            pen, 6 px                             75.00      2.00     80.50      2.00
            """
                .formatted(folder))
        .endsWith(
            """
            photograph, all of these              75.00      2.00     80.50      2.00
            mean of all                           75.91      2.00     81.16      2.00
            best                                  95.00      2.00     95.00      2.00
            worst                                 75.00      2.00     80.50      2.00

            no digit, per cent                            refused             refused
            500 letters                                      6.00               54.00
            300 shapes                                      10.00               90.00
            300 scribbles                                   10.00               90.00
            300 two digits beside each other                10.00               90.00
            300 two digits overlapped                       10.00               90.00
            300 pieces of digits                            10.00               90.00
            all 2000                                         9.00               81.00

            Best 1      size, 30 %%
            Worst 1     plain
            Drawings 1  %1$s/one.png
            Best 2      size, 30 %%
            Worst 2     plain
            Drawings 2  %1$s/other.png
            """
                .formatted(folder));
  }

  @Test
  void machinesReadOneLine() throws IOException {
    String text =
        DrawingsJson.line(List.of(measured("one", 150, 30), measured("other", 161, 270)), "here");
    assertThat(text).hasLineCount(1);
    JsonNode line = new ObjectMapper().readTree(text);
    assertThat(line.get("measure").textValue()).isEqualTo("drawings");
    assertThat(line.get("seed").intValue()).isEqualTo(1);
    assertThat(line.get("data").textValue()).isEqualTo("here");
    assertThat(line.get("models")).hasSize(2);
    JsonNode model = line.get("models").get(1);
    assertThat(model.get("model").textValue()).endsWith("other");
    assertThat(model.get("parametersSha256").textValue()).hasSize(64);
    assertThat(model.get("acceptance").isNull()).isTrue();
    assertThat(model.get("drawings").textValue()).endsWith("other.png");
    assertThat(model.get("meanAccuracy").doubleValue()).isBetween(0.811, 0.812);
    assertThat(model.get("digitsRefused").doubleValue()).isBetween(0.0199, 0.0201);
    assertThat(model.get("noDigitRefused").doubleValue()).isEqualTo(0.81);
    assertThat(model.get("best").get("cell").textValue()).isEqualTo("size, 30 %");
    assertThat(model.get("worst").get("correct").intValue()).isEqualTo(161);
    assertThat(model.get("cells")).hasSize(22);
    JsonNode cell = model.get("cells").get(1);
    assertThat(cell.get("cell").textValue()).isEqualTo("pen, 6 px");
    assertThat(cell.get("count").intValue()).isEqualTo(200);
    assertThat(cell.get("refused").intValue()).isEqualTo(4);
    JsonNode kind = model.get("noDigit").get(3);
    assertThat(kind.get("kind").textValue()).isEqualTo("two digits beside each other");
    assertThat(kind.get("count").intValue()).isEqualTo(300);
    assertThat(kind.get("refused").intValue()).isEqualTo(270);
  }

  @Test
  void optionsThatDoNotGoTogetherAreRefused() {
    assertThatThrownBy(() -> evaluate(test, "--drawings", "--mistakes", "a.png"))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("--mistakes", "--drawings", "leave one of them out");
    assertThatThrownBy(() -> evaluate(test, "--drawings", "--reliability", "a.svg"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--reliability");
    assertThatThrownBy(() -> evaluate(test, "--out", "somewhere"))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("--out somewhere", "add --drawings");
    assertThatThrownBy(() -> evaluate(test, "--drawings", "--out", folder.resolve("..").toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("is not empty");
  }

  @Test
  void imagesThatAreNotTheTenDigitsAreRefused() {
    assertRefused(test.slice(0, 0), "0 test images");
    assertRefused(test.slice(0, 5), "None of the test images in here shows a 3");
    assertRefused(OneLitPixel.examples(784, new int[][] {{0, 0}}), "1 x 784 pixels", "28 x 28");
    assertRefused(OneLitPixel.examples(3, new int[][] {{0, 0}}), "1 x 3 pixels");
    byte[] labels = test.labels().clone();
    labels[9] = 11;
    assertRefused(new Examples(28, 28, test.inputs(), labels), "knows the labels 0 to 9");
    byte[] blank = new byte[11 * 784];
    assertRefused(new Examples(28, 28, Inputs.ofPixels(784, blank), test.labels()), "shows a 0");
  }

  private void assertRefused(Examples tests, String... words) {
    assertThatThrownBy(() -> evaluate(tests, "--drawings"))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("--data");
    assertThat(folder).isEmptyDirectory();
  }
}
