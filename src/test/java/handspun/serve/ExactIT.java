package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

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
import handspun.store.Provenance;
import handspun.train.Acceptance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.chrome.ChromeDriver;

/** What the page computes by itself equals what Java computes, to the last bit. */
class ExactIT {
  private static final String SCRIPT = "exact.js";
  private static final int IMAGES = 10_000;
  private static final int NETWORKS = 1000;
  private static final int NETWORKS_AT_A_TIME = 250;
  private static final int IMAGES_OF_A_NETWORK = 2;
  private static final Kernels KERNELS = Kernels.fastest();
  private static final SplittableRandom RANDOM = new SplittableRandom(1);

  @TempDir private static Path profile;

  private static ChromeDriver browser;
  private static ExpectedValues expected;
  private static DigitServer server;
  private static Model drawn;
  private static Inputs images;

  /** Random numbers that JavaScript draws, too. */
  private static final class Xorshift {
    private int state;

    Xorshift(int seed) {
      state = seed * 0x9e3779b9 | 1;
    }

    int next() {
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state;
    }
  }

  /** Networks that are alike but for their weights, which are up to 2^31 times the amplitude. */
  private record Shape(Topology topology, Units units, double amplitude) {
    Network network(int seed) {
      Xorshift random = new Xorshift(seed);
      float[] parameters = new float[topology.parameterCount()];
      for (int p = 0; p < parameters.length; p++) {
        parameters[p] = (float) (random.next() * amplitude);
      }
      return new Network(topology, parameters).with(units);
    }

    Map<String, Object> forJavaScript() {
      return Map.of(
          "topology", sizes(topology),
          "hidden", units.hidden().toString(),
          "outputs", name(units.outputs()),
          "parameters", topology.parameterCount(),
          "amplitude", amplitude);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    browser = Chromium.start(profile);
    browser.manage().timeouts().scriptTimeout(Duration.ofMinutes(5));
    drawn = ModelFile.read(Location.of(Path.of("data", "models", "drawn.handspun")));
    server = DigitServer.start("drawn.handspun", drawn, KERNELS, "127.0.0.1", 0);
    images = Mnist.data().test().inputs();
    expected = ExpectedValues.serve(server.address());
    expected.put("images", pixels());
    browser.get(expected.address() + SCRIPT);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.quit();
    }
    if (expected != null) {
      expected.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static byte[] pixels() {
    byte[] pixels = new byte[IMAGES * DigitNormalizer.PIXELS];
    for (int i = 0; i < IMAGES; i++) {
      System.arraycopy(
          images.pixels(i), 0, pixels, i * DigitNormalizer.PIXELS, DigitNormalizer.PIXELS);
    }
    return pixels;
  }

  private static List<Integer> sizes(Topology topology) {
    return Arrays.stream(topology.sizes()).boxed().toList();
  }

  private static String name(Outputs outputs) {
    return outputs.toString();
  }

  /** Runs one of the functions of exact.js. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> run(String function, Object... arguments) {
    Map<String, Object> result =
        (Map<String, Object>)
            browser.executeAsyncScript(
                """
                const [script, name, values, done] = arguments;
                import(script)
                    .then((tests) => tests[name](...values))
                    .then(done, (error) => done({ compared: 0, differences: [error.stack] }));
                """,
                "/" + SCRIPT,
                function,
                List.of(arguments));
    return result;
  }

  private static void assertSame(long atLeast, Map<String, Object> result) {
    assertThat((List<?>) result.get("differences")).isEmpty();
    assertThat((Long) result.get("compared")).isGreaterThanOrEqualTo(atLeast);
  }

  @Test
  void multipliesAndAddsWithOneRounding() {
    float[] rows =
        Stream.of(ofAllKinds(), halfway(), nearOverflow(), tiny(), near())
            .reduce(new float[0], ExactIT::concatenated);
    expected.put("fma", rows);
    assertSame(rows.length / 4, run("fusedMultiplyAdds"));
  }

  private static float[] concatenated(float[] first, float[] second) {
    float[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static float[] ofAllKinds() {
    float[] kinds = {
      0f,
      -0f,
      1f,
      -1f,
      3f,
      1 / 3f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      Math.nextDown(Float.MIN_NORMAL),
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      0x1p127f,
      0x1p-75f,
      0x1.000002p0f,
      0x1.fffffep-1f,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    return IntStream.range(0, kinds.length * kinds.length * kinds.length)
        .boxed()
        .map(
            i ->
                row(
                    kinds[i % kinds.length],
                    kinds[i / kinds.length % kinds.length],
                    kinds[i / kinds.length / kinds.length]))
        .reduce(new float[0], ExactIT::concatenated);
  }

  private static float[] row(float a, float b, float c) {
    return new float[] {a, b, c, Math.fma(a, b, c)};
  }

  /** Where the product lies a hair from half-way between two singles around c, or far below it. */
  private static float[] halfway() {
    float[] rows = new float[4 * 100_000];
    for (int at = 0; at < rows.length; at += 4) {
      int exponent = RANDOM.nextInt(60) - 30;
      float c = Math.scalb(mantissa(), exponent);
      float a = Math.scalb(1 + RANDOM.nextInt(3) * 0x1p-23f, RANDOM.nextInt(20) - 10);
      float half = Math.ulp(c) / 2 / a * (RANDOM.nextInt(4) == 0 ? 3 : 1);
      float b = RANDOM.nextBoolean() ? half : half * (1 + (RANDOM.nextInt(5) - 2) * 0x1p-23f);
      System.arraycopy(row(a, RANDOM.nextBoolean() ? b : -b, c), 0, rows, at, 4);
    }
    return rows;
  }

  private static float mantissa() {
    float mantissa = 1 + RANDOM.nextInt(1 << 23) * 0x1p-23f;
    return RANDOM.nextBoolean() ? mantissa : -mantissa;
  }

  private static float[] nearOverflow() {
    float[] rows = new float[4 * 50_000];
    for (int at = 0; at < rows.length; at += 4) {
      float c = RANDOM.nextBoolean() ? Float.MAX_VALUE : Math.scalb(mantissa(), 127);
      float a = Math.scalb(mantissa(), 60 + RANDOM.nextInt(20));
      float b = Math.scalb(RANDOM.nextBoolean() ? 1f : mantissa(), 10 + RANDOM.nextInt(50));
      System.arraycopy(row(a, b, RANDOM.nextBoolean() ? c : -c), 0, rows, at, 4);
    }
    return rows;
  }

  private static float[] tiny() {
    float[] rows = new float[4 * 100_000];
    for (int at = 0; at < rows.length; at += 4) {
      float a = Math.scalb(mantissa(), -RANDOM.nextInt(149));
      float b = Math.scalb(RANDOM.nextBoolean() ? 1f : mantissa(), -RANDOM.nextInt(149));
      float c = Float.intBitsToFloat(RANDOM.nextInt(1 << RANDOM.nextInt(26)));
      System.arraycopy(row(a, b, RANDOM.nextBoolean() ? c : -c), 0, rows, at, 4);
    }
    return rows;
  }

  private static float[] near() {
    float[] rows = new float[4 * 200_000];
    for (int at = 0; at < rows.length; at += 4) {
      float c = Math.scalb(mantissa(), RANDOM.nextInt(60) - 30);
      System.arraycopy(row(mantissa(), mantissa(), c), 0, rows, at, 4);
    }
    return rows;
  }

  @Test
  void computesTheExponential() {
    float[] rows = new float[2 * 500_000];
    for (int at = 0; at < rows.length; at += 2) {
      float x = at % 4 == 0 ? (float) (200 * RANDOM.nextDouble() - 100) : weightedInput(at / 2);
      rows[at] = x;
      rows[at + 1] = Exp.exp(x);
    }
    expected.put("exp", rows);
    assertSame(rows.length / 2, run("exponentials"));
  }

  /** Any single there is, or one of those around which something changes. */
  private static float weightedInput(int i) {
    float[] edges = {0f, -0f, 87.3f, -87.3f, 88f, -88f, 43.65f, 44f, Float.NaN, Float.MIN_VALUE};
    return i < 4 * edges.length
        ? Math.nextAfter(edges[i / 4], (i % 4 - 1.5) * Float.POSITIVE_INFINITY)
        : Float.intBitsToFloat(RANDOM.nextInt());
  }

  @ParameterizedTest
  @EnumSource
  void computesActivationsOfWeightedInputsOfAllKinds(Activation activation) {
    int units = 4000;
    Topology topology = new Topology(DigitNormalizer.PIXELS, units, 10);
    float[] biases = new float[units];
    float[] parameters = new float[topology.parameterCount()];
    for (int u = 0; u < units; u++) {
      biases[u] = u % 2 == 0 ? weightedInput(u / 2) : (float) (40 * RANDOM.nextDouble() - 20);
      parameters[topology.biasesAt(1) + u] = biases[u];
    }
    Network network =
        new Network(topology, parameters).with(new Units(activation, Outputs.SIGMOID));
    expected.put("biases", biases);
    expected.put(
        "activations-of-biases",
        Arrays.copyOf(
            LayerActivations.of(network, KERNELS, new byte[DigitNormalizer.PIXELS]), units));
    assertSame(units, run("activations", model(network, Preprocessing.NONE, Optional.empty())));
  }

  private static Map<String, Object> model(
      Network network, Preprocessing preprocessing, Optional<Acceptance> acceptance) {
    Map<String, Object> model =
        Map.of(
            "topology", sizes(network.topology()),
            "hidden", network.units().hidden().toString(),
            "outputs", name(network.units().outputs()),
            "preprocessing", preprocessing.toString());
    return acceptance.isEmpty() ? model : with(model, acceptance.get());
  }

  private static Map<String, Object> with(Map<String, Object> model, Acceptance acceptance) {
    Map<String, Object> both = new java.util.HashMap<>(model);
    both.put(
        "acceptance",
        // As JSON has them.
        Map.of(
            "leastScore", Double.valueOf(String.valueOf(acceptance.leastScore())),
            "leastMargin", Double.valueOf(String.valueOf(acceptance.leastMargin()))));
    return both;
  }

  @Test
  void hashesBytes() {
    byte[] pixels = pixels();
    assertSame(
        9,
        run(
            "hashes",
            Stream.of(0, 1, 55, 56, 63, 64, 65, 3_000_000)
                .collect(
                    Collectors.toMap(
                        String::valueOf, length -> sha256(Arrays.copyOf(pixels, length))))));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of()
          .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void straightensAllTestImages() {
    Inputs straight = Preprocessing.STRAIGHTEN.apply(images, 28, 28);
    byte[] pixels = new byte[IMAGES * DigitNormalizer.PIXELS];
    for (int i = 0; i < IMAGES; i++) {
      System.arraycopy(
          straight.pixels(i), 0, pixels, i * DigitNormalizer.PIXELS, DigitNormalizer.PIXELS);
    }
    expected.put("straightened", pixels);
    assertSame(pixels.length, run("prepared"));
  }

  @Test
  void readsAllTestImagesAsASmallNetworkDoes() {
    Network network = Mnist.train(Mnist.data().training(), 1, 1);
    Provenance provenance = new Provenance("data/mnist", Map.of(), "", Map.of(), 1, 0.9, 0.9);
    Optional<Acceptance> acceptance = Optional.of(new Acceptance(0.7f, 0.3f));
    assertReads(new Model(network, Optional.empty(), provenance, acceptance), IMAGES);
  }

  @Test
  void readsTestImagesAsTheNetworkDoesThatComesWithHandspun() {
    assertReads(drawn, 500);
  }

  private static void assertReads(Model model, int count) {
    DigitReader reader = DigitReader.of(model, KERNELS);
    float[] verdicts = new float[5 * count];
    List<byte[]> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Reading reading = reader.read(images.pixels(i));
      seen.add(reading.input());
      List<Integer> candidates = reading.candidates();
      verdicts[5 * i] = reading.verdict().ordinal();
      verdicts[5 * i + 1] = candidates.isEmpty() ? -1 : candidates.get(0);
      verdicts[5 * i + 2] = candidates.size() < 2 ? -1 : candidates.get(1);
      verdicts[5 * i + 3] = reading.digit();
      verdicts[5 * i + 4] = reading.score();
    }
    expected.put("parameters", model.network().parameters());
    float[] activations =
        LayerActivations.of(model.network(), KERNELS, seen.toArray(byte[][]::new));
    expected.put("activations", activations);
    expected.put("verdicts", verdicts);
    Map<String, Object> result =
        run("readings", model(model.network(), model.preprocessing(), model.acceptance()), count);
    assertSame(activations.length + verdicts.length, result);
    assertThat(((Map<?, ?>) result.get("seen")).keySet().stream().map(String::valueOf))
        .contains("digit", "unsure", "none");
  }

  @Test
  void feedsRandomNetworksForward() {
    List<Topology> topologies =
        List.of(
            new Topology(784, 16, 16, 10),
            new Topology(784, 12, 7, 5, 10),
            new Topology(784, 10),
            new Topology(784, 256, 10),
            new Topology(784, 300, 33, 10));
    List<Shape> shapes = new ArrayList<>();
    double[] amplitudes = {0x1p-34, 0x1p-31, 0x1p-29, 0x1p-170};
    for (int s = 0; s < 6 * 4 * topologies.size(); s++) {
      int kind = s / topologies.size();
      Units units = new Units(Activation.values()[kind % 3], Outputs.values()[kind / 3 % 2]);
      shapes.add(new Shape(topologies.get(s % topologies.size()), units, amplitudes[kind % 4]));
    }
    List<Map<String, Object>> told = shapes.stream().map(Shape::forJavaScript).toList();
    for (int from = 0; from < NETWORKS; from += NETWORKS_AT_A_TIME) {
      List<float[]> parts = new ArrayList<>();
      for (int n = from; n < from + NETWORKS_AT_A_TIME; n++) {
        Network network = shapes.get(n % shapes.size()).network(n + 1);
        byte[][] seen = new byte[IMAGES_OF_A_NETWORK][];
        for (int i = 0; i < seen.length; i++) {
          seen[i] = images.pixels(IMAGES_OF_A_NETWORK * n + i);
        }
        parts.add(LayerActivations.of(network, KERNELS, seen));
      }
      float[] all = parts.stream().reduce(new float[0], ExactIT::concatenated);
      expected.put("networks", all);
      assertSame(
          all.length, run("networks", told, from, from + NETWORKS_AT_A_TIME, IMAGES_OF_A_NETWORK));
    }
  }

  @Test
  void normalizesDrawingsAsTheServerDoesThePicturesThatItIsSent() {
    Map<String, Object> odd = run("oddDrawings");
    System.out.println("odd drawings: " + odd);
    assertSame(1000, odd);
    Map<String, Object> wandering = run("wanderingDrawings", 300);
    System.out.println("wandering: " + wandering);
    assertSame(100_000, wandering);
    putStrokes(300);
    Map<String, Object> digits = run("tracedDigits");
    System.out.println("digits: " + digits);
    assertSame(200_000, digits);
    assertThat((Long) digits.get("largest")).isLessThan(4096);
  }

  private static void putStrokes(int count) {
    StrokeTracer tracer = new StrokeTracer(28, 28);
    String json =
        IntStream.range(0, count)
            .mapToObj(i -> json(tracer.trace(images.pixels(i))))
            .collect(Collectors.joining(",", "{\"strokes\":[", "]}"));
    expected.put("strokes", json.getBytes(StandardCharsets.UTF_8));
  }

  private static String json(Strokes strokes) {
    return IntStream.range(0, strokes.count())
        .mapToObj(
            s ->
                IntStream.range(strokes.start(s), strokes.end(s))
                    .mapToObj(p -> "[%s,%s]".formatted(strokes.x()[p], strokes.y()[p]))
                    .collect(Collectors.joining(",", "[", "]")))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void saysWhatPredictSaysToThePictureThatItSends() {
    putStrokes(60);
    assertSame(
        60_000,
        run("predictions", model(drawn.network(), drawn.preprocessing(), drawn.acceptance())));
  }

  @Test
  void readsInAWorker() {
    expected.put("parameters", drawn.network().parameters());
    assertSame(
        800, run("workers", model(drawn.network(), drawn.preprocessing(), drawn.acceptance())));
  }

  /** Never asserted: machines differ. */
  @Test
  void tellsHowLongItTakes() {
    Map<String, Object> times = run("times");
    System.out.println("Milliseconds in the browser: " + times);
    assertThat(times).hasSize(6);
  }
}
