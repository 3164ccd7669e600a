package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.HandspunException;
import handspun.data.PickleFile;
import handspun.files.Location;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Topology;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PickledNetworkTest {
  private static final Path FIXTURES = Path.of("src/test/resources/handspun/store");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trained_network.pkl",
        "trained_network-python2.pkl",
        "trained_network-arrays.pkl",
        "trained_network-scalars.pkl"
      })
  void readsTheNetworkOfEveryKindOfPython(String name) {
    Network network = ImportedNetwork.read(FIXTURES.resolve(name)).network();

    assertThat(network.topology()).isEqualTo(new Topology(6, 4, 3));
    // What Python prints for weights[0][1][2], weights[1][2][3], biases[0][3][0], biases[1][0][0].
    assertThat(network.weight(1, 2, 1)).isEqualTo((float) 1.0368790788896665);
    assertThat(network.weight(2, 3, 2)).isEqualTo((float) 0.24842725356969214);
    assertThat(network.bias(1, 3)).isEqualTo((float) 1.2209213148999039);
    assertThat(network.bias(2, 0)).isEqualTo((float) -0.8079464283078355);
    assertThat(network.sha256())
        .isEqualTo(
            ImportedNetwork.read(FIXTURES.resolve("trained_network.pkl")).network().sha256());
  }

  @Test
  void exportAndImportKeepEveryBit() {
    for (int[] sizes : List.of(new int[] {784, 16, 16, 10}, new int[] {1, 1}, new int[] {5, 7})) {
      Network network = Network.random(new Topology(sizes), Initializer.NORMAL, 11);
      Path file = folder.resolve("exported.pkl");

      PickledNetwork.write(Location.of(file), network);

      Network read = ImportedNetwork.read(file).network();
      assertThat(read.topology()).isEqualTo(network.topology());
      assertThat(read.parameters()).isEqualTo(network.parameters());
    }
  }

  @Test
  void pythonReadsWhatIsExported() throws Exception {
    Optional<Path> python = python();
    assumeTrue(python.isPresent(), "There is no python3 to read the exported network.");
    Network network = Network.random(new Topology(6, 4, 3), Initializer.NORMAL, 5);
    Path file = folder.resolve("exported.pkl");
    PickledNetwork.write(Location.of(file), network);
    String program =
        """
        import pickle, struct, sys, hashlib
        network = pickle.load(open(sys.argv[1], "rb"))
        assert set(network) == {"sizes", "weights", "biases"}, network.keys()
        sizes = network["sizes"]
        assert type(sizes) is list and all(type(s) is int for s in sizes), sizes
        out = b""
        for l in range(1, len(sizes)):
            w, b = network["weights"][l - 1], network["biases"][l - 1]
            assert type(w) is list and len(w) == sizes[l], len(w)
            assert all(type(r) is list and len(r) == sizes[l - 1] for r in w)
            assert type(b) is list and len(b) == sizes[l], len(b)
            assert all(type(r) is list and len(r) == 1 for r in b)
            assert all(type(x) is float for r in w + b for x in r)
            for i in range(sizes[l - 1]):
                out += struct.pack("<%df" % sizes[l], *[r[i] for r in w])
            out += struct.pack("<%df" % sizes[l], *[r[0] for r in b])
        print(hashlib.sha256(out).hexdigest())
        """;

    Process run =
        new ProcessBuilder(python.get().toString(), "-c", program, file.toString())
            .redirectErrorStream(true)
            .start();

    String output = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(output.strip()).isEqualTo(network.sha256());
  }

  private static Optional<Path> python() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(part -> Path.of(part, "python3"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void biasesMayBeAFlatList() throws IOException {
    Map<String, Object> dict = network();
    dict.put("biases", List.of(List.of(0.25), List.of(List.of(0.5), List.of(3))));

    Network network = ImportedNetwork.read(write(dict)).network();

    assertThat(network.bias(1, 0)).isEqualTo(0.25f);
    assertThat(network.bias(2, 1)).isEqualTo(3f);
    assertThat(network.weight(1, 1, 0)).isEqualTo(2f);
  }

  @Test
  void roundsToTheNearestFloat() throws IOException {
    Map<String, Object> dict = network();
    dict.put("biases", List.of(List.of(0.1), List.of(1 + Math.ulp(1f) * 0.51, 1e-300)));

    Network network = ImportedNetwork.read(write(dict)).network();

    assertThat(network.bias(1, 0)).isEqualTo(0.1f);
    assertThat(network.bias(2, 0)).isEqualTo(Math.nextUp(1f));
    assertThat(network.bias(2, 1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights", "biases"})
  void refusesADictWithoutAPart(String key) throws IOException {
    Map<String, Object> dict = network();
    dict.remove(key);
    assertRefused(dict).hasMessageContainingAll("has no " + key, "sizes, weights and biases");
    dict.put(key, "words");
    assertRefused(dict).hasMessageContainingAll("has " + key, "not a list, tuple or numpy array");
  }

  @Test
  void refusesWhatIsNoDict() throws IOException {
    assertRefused(List.of(1)).hasMessageContaining("does not hold a dict");
  }

  @Test
  void refusesSizesOfNoNetwork() throws IOException {
    assertRefused(with("sizes", List.of(2))).hasMessageContaining("at least 2 layers");
    assertRefused(with("sizes", List.of(2, 0, 2))).hasMessageContaining("has 0 units");
    assertRefused(with("sizes", List.of(2, 1.5, 2)))
        .hasMessageContaining("sizes[1] = 1.5, which is not a number of units");
    assertRefused(with("sizes", List.of(2, "a", 2)))
        .hasMessageContaining("has sizes[1] that is not a number");
    assertRefused(with("sizes", List.of(2, 1L << 40, 2)))
        .hasMessageContaining("sizes[1] = 1099511627776");
    assertRefused(with("sizes", List.of(20_000, 20_000)))
        .hasMessageContainingAll("20000-20000", "400020000 weights and biases", "bytes can hold");
  }

  @Test
  void refusesSizesThatAreNotThoseOfTheRest() throws IOException {
    assertRefused(with("sizes", List.of(2, 1)))
        .hasMessageContainingAll("has 2 in weights", "2-1", "need 1");
    assertRefused(with("sizes", List.of(3, 1, 2)))
        .hasMessageContainingAll("has 2 in weights[0][0]", "3-1-2", "need 3 numbers");
    assertRefused(with("sizes", List.of(2, 2, 2)))
        .hasMessageContainingAll("has 1 in weights[0]", "2-2-2", "need 2 rows");
    assertRefused(with("biases", List.of(List.of(1))))
        .hasMessageContainingAll("has 1 in biases", "2-1-2", "need 2");
    assertRefused(with("biases", List.of(List.of(1), List.of(1, 2, 3))))
        .hasMessageContainingAll("has 3 in biases[1]", "need 2 rows");
    assertRefused(with("biases", List.of(List.of(1), List.of(List.of(1), List.of(1, 2)))))
        .hasMessageContainingAll("has 2 in biases[1][1]", "need 1 number");
  }

  @Test
  void refusesRaggedRows() throws IOException {
    Object ragged = List.of(List.of(List.of(1, 2)), List.of(List.of(3), List.of(4, 5)));
    assertRefused(with("weights", ragged))
        .hasMessageContainingAll("has 2 in weights[1][1]", "need 1 numbers");
  }

  @Test
  void refusesNumbersThatAreNotFinite() throws IOException {
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY, 1e39}) {
      assertRefused(
              with("weights", List.of(List.of(List.of(1, value)), List.of(List.of(3), List.of(4)))))
          .hasMessageContainingAll("weights[0][0][1] = " + value, "finite");
      assertRefused(with("biases", List.of(List.of(1), List.of(1, value))))
          .hasMessageContainingAll("biases[1][1] = " + value, "finite");
    }
    assertRefused(with("biases", List.of(List.of(1), List.of(1, List.of("a")))))
        .hasMessageContaining("biases[1][1] that is not a number");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("trained_network.pkl"));
    for (int length = 0; length < whole.length; length++) {
      Path file = Files.write(folder.resolve("cut.pkl"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ImportedNetwork.read(file).network())
          .isExactlyInstanceOf(HandspunException.class)
          .hasMessageContaining("cut.pkl")
          .hasMessageMatching(".*(is not a pickle|is empty).*");
    }
  }

  private static Map<String, Object> network() {
    Map<String, Object> dict = new HashMap<>();
    dict.put("sizes", List.of(2, 1, 2));
    dict.put("weights", List.of(List.of(List.of(1, 2)), List.of(List.of(3), List.of(4))));
    dict.put("biases", List.of(List.of(List.of(5)), List.of(List.of(6), List.of(7))));
    return dict;
  }

  private static Map<String, Object> with(String key, Object value) {
    Map<String, Object> dict = network();
    dict.put(key, value);
    return dict;
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Object value)
      throws IOException {
    Path file = write(value);
    return assertThatThrownBy(() -> ImportedNetwork.read(file).network())
        .isExactlyInstanceOf(HandspunException.class)
        .hasMessageContaining(file.toString());
  }

  private Path write(Object value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PickleFile.write(value, out);
    return Files.write(folder.resolve("network.pkl"), out.toByteArray());
  }
}
