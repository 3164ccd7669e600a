package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.network.Units;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of networks in src/docs/data.md: each row has a fixture, and all hold the same one. */
class ImportedNetworkTest {
  private static final Path FIXTURES = Path.of("src/test/resources/handspun/store");

  @TempDir Path folder;

  static List<String> fixtures() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("src/docs/data.md")).stream()
            .dropWhile(line -> !line.startsWith("| form | fixture in"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> line.replaceFirst(".*\\| `([^`]+)` \\|$", "$1"))
            .toList();
    assertThat(rows).hasSizeGreaterThan(15).noneMatch(row -> row.contains("|"));
    return rows;
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void everyFormGivesTheSameNetwork(String fixture) {
    ImportedNetwork imported = ImportedNetwork.read(FIXTURES.resolve(fixture));

    assertThat(imported.network().sha256())
        .isEqualTo(
            ImportedNetwork.read(FIXTURES.resolve("trained_network.pkl")).network().sha256());
  }

  @Test
  void namesTheCost() {
    assertThat(ImportedNetwork.read(FIXTURES.resolve("network2.json")).cost())
        .contains("CrossEntropyCost");
    assertThat(ImportedNetwork.read(FIXTURES.resolve("network2.json.gz")).cost()).isEmpty();
  }

  @Test
  void refusesUnitsThatAreNoSigmoidUnits() throws IOException {
    String json = Files.readString(FIXTURES.resolve("network2.json"));
    Path file = folder.resolve("network.json");
    Files.writeString(file, json.replaceFirst("\\{", "{\"activation\": \"Sigmoid\", "));
    assertThat(ImportedNetwork.read(file).network().units()).isEqualTo(Units.SIGMOID);
    assertRefused(
        json.replaceFirst("\\{", "{\"activation\": \"relu\", "),
        "says that its activation is relu, but only networks of sigmoid units can be imported");
  }

  @Test
  void refusesJsonThatIsCutOffOrNoNetwork() throws IOException {
    String whole = Files.readString(FIXTURES.resolve("network2.json"));
    assertRefused(whole.substring(0, whole.length() / 2), "is not the JSON of a network");
    assertRefused("{\"epochs\": 3}", "has no weights in its dict, but [epochs]");
    assertRefused("[1, 2, 3, 4]", "does not hold a dict with sizes, weights and biases");
    assertRefused("[".repeat(100_000), "is not the JSON of a network");
    assertRefused(
        "{\"sizes\": [1, 1], \"weights\": [[[NaN]]], \"biases\": [[[1]]]}",
        "weights[0][0][0] = NaN, but weights and biases are finite");
    assertRefused(
        "{\"sizes\": [20000, 20000], \"weights\": [], \"biases\": []}",
        "400020000 weights and biases, more than its");
  }

  @Test
  void saysWhatAFileIsThatHoldsNoNetwork() throws IOException {
    assertRefused("<!DOCTYPE html><html></html>", "is a web page", "a Python pickle");
    Path data = Path.of("src/test/resources/handspun/data/forms/npz/mnist.npz");
    assertThatThrownBy(() -> ImportedNetwork.read(data))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContainingAll("the arrays [x_test,", "but weights_0, biases_0");
    // A network's class may be named, and its objects read, but not be called.
    assertRefused("cnetwork\nNetwork\n(]tR.", "names network.Network", "nothing of it was run");
    assertRefused("cos\nsystem\n(S'true'\ntR.", "names os.system", "nothing of it was run");
  }

  private void assertRefused(String content, String... words) throws IOException {
    Path file = Files.writeString(folder.resolve("network"), content);
    assertThatThrownBy(() -> ImportedNetwork.read(file))
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
  }
}
