package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.data.TrainingData;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Comparison;
import handspun.train.OneLitPixel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CompareCommandTest {
  private static final Map<String, String> SUMS = Map.of("images", "ba89");
  private static final Network NETWORK = OneLitPixel.network(3);

  /** Reads a lit pixel 0 as 1 and a lit pixel 1 as 0. */
  private static final Network SWAPPED = swapped();

  /** The network reads three of four correctly, the swapped one two, one of them alone. */
  private static final Examples TEST =
      OneLitPixel.examples(3, new int[][] {{0, 0}, {1, 1}, {2, 2}, {1, 0}});

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, Model> models = new HashMap<>();
  private Map<String, String> sumsNow = SUMS;
  private Examples test = TEST;

  private static Network swapped() {
    float[] parameters = OneLitPixel.network(3).parameters();
    parameters[0] = 0;
    parameters[1] = 8;
    parameters[3] = 8;
    parameters[4] = 0;
    return new Network(new Topology(3, 3), parameters);
  }

  private void thereIs(String file, Network network, String data, Map<String, String> sums) {
    Provenance provenance = new Provenance(data, sums, "", Map.of(), 0, 0, 0);
    models.put(file, new Model(network, Optional.empty(), provenance));
  }

  private TrainingData read(DataSources sources) {
    if (sources.toString().equals("gone")) {
      throw new HandspunException("There is no folder or file gone.");
    }
    Examples none = TEST.slice(0, 0);
    return new Dataset(none, none, test, sources.toString(), sumsNow);
  }

  private int compare(String... args) {
    CommandLine line =
        new CommandLine(new CompareCommand(file -> models.get(file.toString()), this::read));
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err, true));
    line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          command.getErr().println(e.getMessage());
          return e instanceof UsageException ? Main.WRONG_USE : Main.FAILURE;
        });
    return line.execute(args);
  }

  @Test
  void tellsWhoIsCorrectOnWhatAndWhetherItMayBeChance() {
    thereIs("a.model", NETWORK, "lamps", SUMS);
    thereIs("b.model", SWAPPED, "lamps", SUMS);
    assertThat(compare("a.model", "b.model")).as(err.toString()).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            A           a.model (3-3): 75.00 % (3 of 4)
            B           b.model (3-3): 50.00 % (2 of 4)
            Data        lamps, 4 test images

                       B correct   B wrong
            A correct          1         2
            A wrong            1         0

            A is better by 25.00 points, which may be chance: p = 1.0000 (McNemar's test, exact).
            """);
  }

  @Test
  void printsOneLineOfJsonAndNothingElse() throws IOException {
    thereIs("a.model", NETWORK, "lamps", SUMS);
    thereIs("b.model", SWAPPED, "lamps", SUMS);
    assertThat(compare("a.model", "b.model", "--json")).isZero();
    assertThat(out.toString()).hasLineCount(1);
    JsonNode line = new ObjectMapper().readTree(out.toString());
    assertThat(line.get("models").get(0).get("model").textValue()).isEqualTo("a.model");
    assertThat(line.get("models").get(0).get("testCorrect").intValue()).isEqualTo(3);
    assertThat(line.get("models").get(1).get("testAccuracy").doubleValue()).isEqualTo(0.5);
    assertThat(line.get("models").get(1).get("parametersSha256").textValue())
        .isEqualTo(SWAPPED.sha256());
    assertThat(line.get("data").textValue()).isEqualTo("lamps");
    assertThat(line.get("testTotal").intValue()).isEqualTo(4);
    assertThat(line.get("bothCorrect").intValue()).isEqualTo(1);
    assertThat(line.get("onlyFirstCorrect").intValue()).isEqualTo(2);
    assertThat(line.get("onlySecondCorrect").intValue()).isEqualTo(1);
    assertThat(line.get("neitherCorrect").intValue()).isZero();
    assertThat(line.get("difference").doubleValue()).isEqualTo(-0.25);
    assertThat(line.get("test").textValue()).isEqualTo("exact");
    assertThat(line.get("pValue").doubleValue()).isEqualTo(1);
    assertThat(line.get("significant").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "129 | 220 | B is better by 0.91 points, which is significant: p < 0.0001 (McNemar's test, chi-squared).",
        "25 | 10 | A is better by 0.15 points, which is significant: p = 0.0180 (McNemar's test, chi-squared).",
        "0 | 5 | B is better by 0.05 points, which may be chance: p = 0.0625 (McNemar's test, exact).",
        "7 | 7 | There is no difference in accuracy, though only one of them is correct on 14 images.",
        "0 | 0 | There is no difference: A and B are correct on the same images."
      })
  void saysWhatFollows(int first, int second, String sentence) {
    assertThat(ComparisonTable.verdict(new Comparison(9000 - first - second, first, second, 1000)))
        .isEqualTo(sentence);
  }

  @Test
  void takesTheFolderOfARunForItsModel() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Path model = Files.createFile(run.resolve("model.handspun"));
    thereIs(model.toString(), NETWORK, "lamps", SUMS);
    thereIs("b.model", SWAPPED, "lamps", SUMS);
    assertThat(compare(run.toString(), "b.model")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("A           " + model + " (3-3)");
  }

  @Test
  void refusesAFolderWithoutAModel() {
    assertThat(compare(folder.toString(), "b.model")).isEqualTo(Main.FAILURE);
    assertThat(err.toString())
        .isEqualTo(
            "The folder %s has no model.handspun: name that of a run that has ended, or a model file.\n"
                .formatted(folder));
  }

  @Test
  void refusesTheFolderOfSeveralSeeds() throws IOException {
    Files.createFile(folder.resolve("seeds.csv"));
    assertThat(compare("b.model", folder.toString())).isEqualTo(Main.FAILURE);
    assertThat(err.toString())
        .isEqualTo(
            "The folder %s has no model.handspun: name that of one of its seeds, which is within.\n"
                .formatted(folder));
  }

  @Test
  void refusesRunsOfDifferentDataUnlessTheTestImagesAreNamed() {
    thereIs("a.model", NETWORK, "lamps", SUMS);
    thereIs("b.model", SWAPPED, "bulbs", Map.of("images", "17c0"));
    assertThat(compare("a.model", "b.model")).isEqualTo(Main.WRONG_USE);
    assertThat(err.toString())
        .isEqualTo(
            "a.model has learned from lamps, and b.model from bulbs, which are not the same data: name the test images that both are to read with --data.\n");
    assertThat(compare("a.model", "b.model", "--data", "candles")).isZero();
    assertThat(out.toString()).contains("Data        candles, 4 test images");
  }

  @Test
  void aPupilAndWhoLearnedAloneAreOfTheSameData() {
    thereIs("a.model", NETWORK, "lamps", SUMS);
    thereIs("b.model", SWAPPED, "lamps", Map.of("images", "ba89", "teacher", "4711"));
    assertThat(compare("a.model", "b.model")).as(err.toString()).isZero();
    assertThat(compare("b.model", "a.model")).as(err.toString()).isZero();
  }

  @Test
  void refusesDataThatHaveChangedSince() {
    thereIs("a.model", NETWORK, "", Map.of());
    thereIs("b.model", SWAPPED, "lamps", SUMS);
    sumsNow = Map.of("images", "0000");
    assertThat(compare("a.model", "b.model")).isEqualTo(Main.WRONG_USE);
    assertThat(err.toString())
        .contains("The data in lamps are not those that b.model has learned from", "--data");
  }

  @Test
  void saysHowToNameDataThatAreElsewhereNow() {
    thereIs("a.model", NETWORK, "gone", SUMS);
    thereIs("b.model", SWAPPED, "gone", SUMS);
    assertThat(compare("a.model", "b.model")).isEqualTo(Main.FAILURE);
    assertThat(err.toString())
        .isEqualTo(
            "There is no folder or file gone. If the data are elsewhere now, name them with --data.\n");
  }

  @Test
  void takesTheUsualDataWhereNothingIsKnown() {
    thereIs("a.model", NETWORK, "", Map.of());
    thereIs("b.model", SWAPPED, "", Map.of());
    assertThat(compare("a.model", "b.model")).isZero();
    assertThat(out.toString()).contains("data/mnist, 4 test images");
  }

  @Test
  void refusesAModelForOtherImages() {
    thereIs("a.model", NETWORK, "lamps", SUMS);
    Network other = Network.random(new Topology(784, 10), Initializer.NORMAL, 1);
    thereIs("b.model", other, "lamps", SUMS);
    assertThat(compare("a.model", "b.model")).isEqualTo(Main.FAILURE);
    assertThat(err.toString()).contains("b.model (784-10) reads images of 784 pixels", "lamps");
    test = TEST.slice(0, 0);
    assertThat(compare("a.model", "a.model")).isEqualTo(Main.FAILURE);
    assertThat(err.toString()).contains("lamps has 0 test images");
  }

  @Test
  void needsTwo() {
    assertThat(compare("a.model")).isEqualTo(Main.WRONG_USE);
    assertThat(err.toString()).contains("RUN");
  }
}
