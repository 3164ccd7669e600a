package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import handspun.files.Location;
import handspun.image.DigitNormalizer;
import handspun.image.Mnist;
import handspun.image.Preprocessing;
import handspun.image.StrokeTracer;
import handspun.image.Strokes;
import handspun.math.Exp;
import handspun.math.Kernels;
import handspun.network.Activation;
import handspun.network.Inputs;
import handspun.network.LayerActivations;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.network.Units;
import handspun.read.DigitReader;
import handspun.read.Reading;
import handspun.store.Model;
import handspun.store.ModelFile;
import handspun.train.Acceptance;
import handspun.train.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page computes by itself equals what Java computes, to the last bit. */
class ExactIT {
  private static final String SCRIPT = "exact.js";

  /** In the order of exact.js. */
  private static final List<Verdict> VERDICTS =
      List.of(Verdict.DIGIT, Verdict.UNSURE, Verdict.NONE, Verdict.SEVERAL);

  private static final Kernels KERNELS = Kernels.fastest();
  private static final int PIXELS = DigitNormalizer.PIXELS;
  private static final int IMAGES = 10_000;
  private static final int NETWORKS = 1000;
  private static final int NETWORKS_AT_A_TIME = 250;
  private static final int IMAGES_OF_A_NETWORK = 2;
  private static final int PNG_OF_A_DIGIT = 4096;

  @RegisterExtension private static final Visitor visitor = new Visitor();

  private static ExpectedValues expected;
  private static DigitServer server;
  private static Model drawn;
  private static Inputs images;

  @BeforeAll
  static void start() throws Exception {
    drawn = ModelFile.read(Location.of(Path.of("data", "models", "drawn.handspun")));
    server = DigitServer.start("drawn.handspun", drawn, KERNELS, "127.0.0.1", 0);
    images = Mnist.data().test().inputs();
    expected = ExpectedValues.serve(server.address());
    expected.put("images", pixels(images));
    visitor.browser().get(expected.address() + SCRIPT);
  }

  @AfterAll
  static void stop() {
    if (expected != null) {
      expected.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static byte[] pixels(Inputs images) {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream(images.count() * PIXELS);
    IntStream.range(0, images.count()).forEach(i -> pixels.writeBytes(images.pixels(i)));
    return pixels.toByteArray();
  }

  /** Runs one of the functions of the script, which has compared at least so many numbers. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> compare(long atLeast, String function, Object... arguments) {
    Map<String, Object> result =
        (Map<String, Object>)
            visitor
                .browser()
                .executeAsyncScript(
                    """
                const [script, name, values, done] = arguments;
                import(script)
                    .then((tests) => tests[name](...values))
                    .then(done, (error) => done({ compared: 0, differences: [error.stack] }));
                """,
                    "/" + SCRIPT,
                    function,
                    List.of(arguments));
    assertThat((List<?>) result.get("differences")).isEmpty();
    assertThat((Long) result.get("compared")).isGreaterThanOrEqualTo(atLeast);
    return result;
  }

  /** As {@code api/model} tells it. */
  private static Map<String, Object> described(Model model) {
    Map<String, Object> described =
        new HashMap<>(described(model.network(), model.preprocessing()));
    model
        .acceptance()
        .ifPresent(
            acceptance ->
                described.put(
                    "acceptance",
                    Map.of(
                        "leastScore", acceptance.leastScore(),
                        "leastMargin", acceptance.leastMargin())));
    return described;
  }

  private static Map<String, Object> described(Network network, Preprocessing preprocessing) {
    return Map.of(
        "topology", Arrays.stream(network.topology().sizes()).boxed().toList(),
        "hidden", network.units().hidden().toString(),
        "outputs", network.units().outputs().toString(),
        "preprocessing", preprocessing.toString());
  }

  @Test
  void multipliesAndAddsWithOneRounding() {
    float[] triples = new HardSingles().triples();
    float[] results = new float[triples.length / 3];
    for (int i = 0; i < results.length; i++) {
      results[i] = Math.fma(triples[3 * i], triples[3 * i + 1], triples[3 * i + 2]);
    }
    expected.put("triples", triples);
    expected.put("results", results);
    Map<String, Object> result = compare(results.length, "fusedMultiplyAdds");
    // Those that come out wrong when they are rounded to a double first.
    assertThat((Long) result.get("hard")).isGreaterThan(5000);
  }

  @Test
  void computesTheExponential() {
    float[] inputs = new HardSingles().weightedInputs(500_000);
    float[] exponentials = new float[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      exponentials[i] = Exp.exp(inputs[i]);
    }
    expected.put("inputs", inputs);
    expected.put("exponentials", exponentials);
    compare(inputs.length, "exponentials");
  }

  /** Those of a network without weights are its biases. */
  @ParameterizedTest
  @EnumSource
  void computesActivationsOfWeightedInputsOfAllKinds(Activation activation) {
    float[] biases = new HardSingles().weightedInputs(4000);
    Topology topology = new Topology(PIXELS, biases.length, 10);
    float[] parameters = new float[topology.parameterCount()];
    System.arraycopy(biases, 0, parameters, topology.biasesAt(1), biases.length);
    Network network =
        new Network(topology, parameters).with(new Units(activation, Outputs.SIGMOID));
    float[] activations = LayerActivations.of(network, KERNELS, new byte[PIXELS]);
    expected.put("biases", biases);
    expected.put("activations", Arrays.copyOf(activations, biases.length));
    compare(biases.length, "activations", described(network, Preprocessing.NONE));
  }

  @Test
  void hashesBytes() throws Exception {
    byte[] bytes = pixels(images);
    Map<String, String> hashes = new HashMap<>();
    for (int length : new int[] {0, 1, 55, 56, 63, 64, 65, 3_000_000}) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      byte[] hash = sha256.digest(Arrays.copyOf(bytes, length));
      hashes.put(String.valueOf(length), HexFormat.of().formatHex(hash));
    }
    compare(hashes.size(), "hashes", hashes);
  }

  @Test
  void straightensAllTestImages() {
    Inputs straight =
        Preprocessing.STRAIGHTEN.apply(images, DigitNormalizer.SIZE, DigitNormalizer.SIZE);
    expected.put("straightened", pixels(straight));
    compare((long) IMAGES * PIXELS, "straightened");
  }

  @Test
  void readsAllTestImagesAsASmallNetworkDoes() {
    compareReadings(ServedNetwork.learned().with(new Acceptance(0.7f, 0.3f)).model(), IMAGES);
  }

  @Test
  void readsTestImagesAsTheNetworkDoesThatComesWithHandspun() {
    compareReadings(drawn, 150);
  }

  /** Which is asked for each of them over HTTP. */
  @Test
  void readsAllTestImagesAsTheServerDoes() throws Exception {
    ServedNetwork small = ServedNetwork.learned();
    try (DigitServer asked = small.serve()) {
      expected.put("outputs", ServerOutputs.of(asked.address(), images));
      expected.put("parameters", small.network().parameters());
      Map<String, Object> result = compare(11L * IMAGES, "outputs", described(small.model()));
      assertThat(result.get("images")).isEqualTo((long) IMAGES);
    }
  }

  private static void compareReadings(Model model, int count) {
    DigitReader reader = DigitReader.of(model, KERNELS);
    List<byte[]> seen = new ArrayList<>();
    ByteBuffer verdicts =
        ByteBuffer.allocate(5 * Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      Reading reading = reader.read(images.pixels(i));
      List<Integer> candidates = reading.candidates();
      seen.add(reading.input());
      verdicts
          .putFloat(VERDICTS.indexOf(reading.verdict()))
          .putFloat(candidates.isEmpty() ? -1 : candidates.get(0))
          .putFloat(candidates.size() < 2 ? -1 : candidates.get(1))
          .putFloat(reading.digit())
          .putFloat(reading.score());
    }
    expected.put("verdicts", verdicts.array());
    expected.put(
        "activations", LayerActivations.of(model.network(), KERNELS, seen.toArray(byte[][]::new)));
    expected.put("parameters", model.network().parameters());
    long units = model.network().topology().units();
    Map<String, Object> result = compare((units + 5) * count, "readings", described(model), count);
    assertThat(((Map<?, ?>) result.get("said")).keySet().stream().map(String::valueOf))
        .containsExactlyInAnyOrder("digit", "unsure", "none");
  }

  @Test
  void refusesOutputsThatAreNoNumbersInTheSameWords() {
    float[] outputs = {0.5f, Float.NEGATIVE_INFINITY, Float.NaN};
    Throwable refusal =
        catchThrowable(
            () -> new Reading(Verdict.DIGIT, 0, 1, outputs, new byte[PIXELS], Optional.empty()));
    compare(1, "refusal", refusal.getMessage());
  }

  @Test
  void feedsRandomNetworksForward() {
    for (int from = 0; from < NETWORKS; from += NETWORKS_AT_A_TIME) {
      List<Map<String, Object>> described = new ArrayList<>();
      List<float[]> activations = new ArrayList<>();
      for (int n = from; n < from + NETWORKS_AT_A_TIME; n++) {
        byte[][] seen = new byte[IMAGES_OF_A_NETWORK][];
        for (int i = 0; i < seen.length; i++) {
          seen[i] = images.pixels(IMAGES_OF_A_NETWORK * n + i);
        }
        activations.add(LayerActivations.of(RandomNetworks.network(n), KERNELS, seen));
        described.add(RandomNetworks.described(n));
      }
      int count = activations.stream().mapToInt(each -> each.length).sum();
      ByteBuffer all = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
      activations.forEach(
          each -> {
            for (float activation : each) {
              all.putFloat(activation);
            }
          });
      expected.put("activations", all.array());
      compare(count, "networks", described, IMAGES_OF_A_NETWORK);
    }
  }

  @Test
  void makesOfOddDrawingsWhatTheServerMakesOfTheirPictures() {
    compare(90 * PIXELS, "oddDrawings");
  }

  @Test
  void makesOfRandomDrawingsWhatTheServerMakesOfTheirPictures() {
    compare(200 * PIXELS, "wanderingDrawings", 200);
  }

  @Test
  void makesOfDigitsWhatTheServerMakesOfTheirPicturesWhichAreSmall() {
    Map<String, Object> result = compare(100 * PIXELS, "tracedDigits", traced(100));
    System.out.printf("The largest PNG of a digit has %s bytes.%n", result.get("largest"));
    assertThat((Long) result.get("largest")).isLessThanOrEqualTo(PNG_OF_A_DIGIT);
  }

  /** Strokes of test images, as x and y of each point. */
  private static List<List<List<List<Float>>>> traced(int count) {
    StrokeTracer tracer = new StrokeTracer(DigitNormalizer.SIZE, DigitNormalizer.SIZE);
    return IntStream.range(0, count).mapToObj(i -> points(tracer.trace(images.pixels(i)))).toList();
  }

  private static List<List<List<Float>>> points(Strokes strokes) {
    return IntStream.range(0, strokes.count())
        .mapToObj(
            s ->
                IntStream.range(strokes.start(s), strokes.end(s))
                    .mapToObj(p -> List.of(strokes.x()[p], strokes.y()[p]))
                    .toList())
        .toList();
  }

  @Test
  void saysWhatPredictSaysToThePictureThatIsSent() {
    compare(60 * PIXELS, "predictions", described(drawn), traced(60));
  }

  @Test
  void readsInAWorker() {
    expected.put("parameters", drawn.network().parameters());
    compare(PIXELS, "workers", described(drawn));
  }

  /** For a look; machines differ. */
  @Test
  void tellsHowLongItTakes() {
    Map<String, Object> result = compare(0, "times");
    System.out.println("Milliseconds in the browser: " + result.get("times"));
  }
}
