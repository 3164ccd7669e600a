package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import handspun.HandspunException;
import handspun.UsageException;
import handspun.image.DigitNormalizer;
import handspun.image.PictureDecoder;
import handspun.image.Pictures;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Initializer;
import handspun.network.Network;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.store.Model;
import handspun.store.Provenance;
import handspun.train.Acceptance;
import handspun.train.Plan;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over real HTTP. */
class DigitServerTest {
  private static final Network NETWORK =
      Network.random(new Topology(784, 16, 16, 10), Initializer.NORMAL, 7);
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static DigitServer server;

  private static Model model(Network network, double testAccuracy) {
    Provenance provenance =
        new Provenance(
            "data/mnist",
            Map.of("t10k", "abc"),
            "2026-01-02T03:04:05Z",
            Map.of("java", "17"),
            30,
            Double.NaN,
            testAccuracy);
    Plan plan = new Plan(network.topology(), 30, 10, 3f, 42, 1);
    return new Model(network, Optional.of(plan), provenance);
  }

  private static DigitServer start(Model model) {
    return DigitServer.start("runs/a/model.handspun", model, Kernels.fastest(), "127.0.0.1", 0);
  }

  @BeforeAll
  static void start() {
    server = start(model(NETWORK, 0.9375));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.address().resolve(path));
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(to(path));
  }

  private static HttpResponse<String> predict(String type, BodyPublisher body) throws Exception {
    HttpRequest.Builder request = to("/api/predict").POST(body);
    return send(type == null ? request : request.header("Content-Type", type));
  }

  private static HttpResponse<String> predict(String type, byte[] body) throws Exception {
    return predict(type, BodyPublishers.ofByteArray(body));
  }

  private static JsonNode json(HttpResponse<String> response) throws Exception {
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new ObjectMapper().readTree(response.body());
  }

  private static void assertError(HttpResponse<String> response, int status, String... words)
      throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    JsonNode json = json(response);
    assertThat(json.size()).isEqualTo(1);
    assertThat(json.path("error").asText()).contains(words).matches(".*(\\.|/api/predict)");
  }

  private static String pixels(int count, String each) {
    return "{\"pixels\":[" + String.join(",", Collections.nCopies(count, each)) + "]}";
  }

  private static void assertReading(JsonNode json, byte[] input) {
    Feedforward feedforward = Feedforward.of(NETWORK, AllKernels.scalar(), 1);
    feedforward.read(input);
    float[] outputs = feedforward.outputs(0);
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly(
            "reading",
            "candidates",
            "score",
            "threshold",
            "digit",
            "confidence",
            "outputs",
            "probabilities",
            "input",
            "model");
    assertThat(json.get("model").asText()).isEqualTo(NETWORK.sha256());
    assertThat(json.get("reading").asText()).isEqualTo("digit");
    assertThat(json.get("candidates").toString()).isEqualTo("[" + json.get("digit") + "]");
    assertThat(json.get("threshold").isNull()).isTrue();
    assertThat(json.get("outputs")).hasSize(10);
    assertThat(json.get("probabilities")).hasSize(10);
    assertThat(json.get("input")).hasSize(784);
    int digit = json.get("digit").asInt();
    double sum = 0;
    for (int o = 0; o < 10; o++) {
      assertThat(json.get("outputs").get(o).floatValue()).isEqualTo(outputs[o]);
      assertThat(outputs[o]).isLessThanOrEqualTo(outputs[digit]);
      sum += json.get("probabilities").get(o).asDouble();
    }
    assertThat(sum).isCloseTo(1, within(1e-12));
    assertThat(json.get("score").floatValue()).isEqualTo(Outputs.SIGMOID.evidence(outputs));
    assertThat(json.get("confidence")).isEqualTo(json.get("probabilities").get(digit));
    for (int p = 0; p < 784; p++) {
      assertThat(json.get("input").get(p).asInt()).isEqualTo(input[p] & 0xff);
    }
  }

  private static byte[] normalized(byte[] file) {
    return DigitNormalizer.normalize(new PictureDecoder(1 << 24).decode(file))
        .orElseThrow()
        .pixels();
  }

  @Test
  void readsAPng() throws Exception {
    byte[] png = Pictures.sevenPng();
    HttpResponse<String> response = predict("image/png", png);
    assertThat(response.statusCode()).isEqualTo(200);
    assertReading(json(response), normalized(png));
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "IMAGE/JPEG", "image/jpeg; name=x", "image/png"})
  void readsAJpegWhateverPictureTypeItIsCalled(String type) throws Exception {
    byte[] jpeg =
        Pictures.file(
            "jpeg", Pictures.seven(BufferedImage.TYPE_INT_RGB, 90, 120, Color.BLACK, Color.ORANGE));
    assertReading(json(predict(type, jpeg)), normalized(jpeg));
  }

  @Test
  void takesPixelsAsTheyAre() throws Exception {
    StringBuilder text = new StringBuilder("{\"about\": {\"pixels\": [[1]]}, \"pixels\": [0, 1");
    byte[] input = new byte[784];
    input[1] = (byte) 255;
    for (int p = 2; p < 784; p++) {
      text.append(", ").append(p / 1000.0);
      input[p] = (byte) Math.round(255 * p / 1000.0);
    }
    byte[] body = text.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    assertReading(json(predict("application/json; charset=utf-8", body)), input);
  }

  @Test
  void readsBlackPixelsSinceTheyAreANormalisedImage() throws Exception {
    assertReading(
        json(predict("application/json", pixels(784, "0").getBytes(StandardCharsets.UTF_8))),
        new byte[784]);
  }

  @Test
  void refusesABlankPicture() throws Exception {
    assertError(predict("image/png", Pictures.blankPng()), 422, "blank", "draw");
  }

  @Test
  void refusesABrokenPicture() throws Exception {
    byte[] png = Pictures.sevenPng();
    assertError(predict("image/png", Arrays.copyOf(png, png.length / 2)), 400, "damaged", "save");
    assertError(predict("image/png", new byte[0]), 400, "empty", "PNG");
  }

  @Test
  void refusesAPictureOfTooManyPixels() throws Exception {
    assertError(
        predict("image/png", Pictures.pngThatClaims(100_000, 100_000)),
        413,
        "100000 x 100000",
        "smaller");
  }

  @Test
  void refusesABodyOfTooManyBytesWithAndWithoutALength() throws Exception {
    byte[] body = new byte[PictureUploads.MOST_BYTES + 1];
    assertError(predict("image/png", body), 413, "4194304 bytes", "less");
    assertError(
        predict("image/png", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))),
        413,
        "4194304 bytes");
    byte[] json = new byte[PictureUploads.MOST_BODY_BYTES + 1];
    assertError(predict("application/json", json), 413, "4259840 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/jpg",
        "image/pjpeg",
        "image/x-png",
        "image/*",
        "image/gif",
        "*/*",
        ";",
        "application/octet-stream",
        "binary/octet-stream",
        "application/x-www-form-urlencoded"
      })
  void knowsAPictureByItsFirstBytesWhateverItIsCalled(String type) throws Exception {
    byte[] png = Pictures.sevenPng();
    assertReading(json(predict(type, png)), normalized(png));
  }

  @Test
  void knowsPicturesAndPixelsWithoutAnyType() throws Exception {
    byte[] png = Pictures.sevenPng();
    assertReading(json(predict(null, png)), normalized(png));
    byte[] pixels = ("\r\n " + pixels(784, "0")).getBytes(StandardCharsets.UTF_8);
    assertReading(json(predict(null, pixels)), new byte[784]);
    assertReading(json(predict("application/x-www-form-urlencoded", pixels)), new byte[784]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/problem+json", "text/json", "Application/JSON"})
  void knowsJsonByItsTypes(String type) throws Exception {
    byte[] pixels = pixels(784, "0").getBytes(StandardCharsets.UTF_8);
    assertReading(json(predict(type, pixels)), new byte[784]);
    assertError(predict(type, Pictures.sevenPng()), 400, "not valid JSON");
  }

  @Test
  void readsTheOneFileOfAForm() throws Exception {
    byte[] png = Pictures.sevenPng();
    byte[] form =
        Bytes.join(
            String.join(
                "\r\n",
                "--XX",
                "Content-Disposition: form-data; name=\"about\"",
                "",
                "a seven",
                "--XX",
                "Content-Disposition: form-data; name=\"file\"; filename=\"7.png\"",
                "Content-Type: image/png",
                "",
                ""),
            png,
            "\r\n--XX--\r\n");
    assertReading(json(predict("multipart/form-data; boundary=XX", form)), normalized(png));
    assertError(
        predict("multipart/form-data", form), 400, "names no boundary", "curl --data-binary");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/pdf", "video/mp4", "multipart/mixed"})
  void refusesOtherTypesWithALineToCopy(String type) throws Exception {
    assertError(
        predict(type, Pictures.sevenPng()),
        415,
        type,
        "curl --data-binary @digit.png " + server.address() + "api/predict");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "GIF89a\u0001\u0000", "BM0000", "%PDF-1.7", "<svg/>", "II*\u0000"})
  void refusesWhatIsNeitherPngNorJpegWithALineToCopy(String file) throws Exception {
    byte[] body = file.getBytes(StandardCharsets.ISO_8859_1);
    for (String type : new String[] {"image/png", "application/octet-stream"}) {
      assertError(
          predict(type, body), 415, "PNG", "curl --data-binary @digit.png " + server.address());
    }
  }

  private static Request request(String host) {
    return new Request(
        "/api/predict", Map.of(), Query.NONE, "", host, Optional.empty(), new byte[0]);
  }

  @Test
  void handsNoHostBackThatIsOddInAShell() {
    assertThat(request("x;rm -r").curlLine("7.png"))
        .isEqualTo("curl --data-binary @7.png http://127.0.0.1:8501/api/predict");
  }

  static Stream<Arguments> badJson() {
    return Stream.of(
        Arguments.of("", "not a JSON object"),
        Arguments.of("[1, 2]", "not a JSON object"),
        Arguments.of("7", "not a JSON object"),
        Arguments.of("null", "not a JSON object"),
        Arguments.of("hello", "not valid JSON"),
        Arguments.of("{", "not valid JSON"),
        Arguments.of("{\"pixels\": [0, 0", "not valid JSON"),
        Arguments.of("{\"pixels\": [0, 0,]}", "not valid JSON"),
        Arguments.of("{}", "none of \"pixels\", \"strokes\" and \"instances\""),
        Arguments.of("{\"Pixels\": []}", "none of \"pixels\""),
        Arguments.of("{\"pixels\": null}", "not an array"),
        Arguments.of("{\"pixels\": \"0\"}", "not an array"),
        Arguments.of("{\"pixels\": {}}", "not an array"),
        Arguments.of("{\"pixels\": []}", "has 0 numbers"),
        Arguments.of(pixels(783, "0"), "has 783 numbers"),
        Arguments.of(pixels(785, "0"), "has 785 numbers"),
        Arguments.of(pixels(784, "\"0\""), "Pixel 0 is not a number"),
        Arguments.of(pixels(784, "null"), "Pixel 0 is not a number"),
        Arguments.of(pixels(784, "[0]"), "Pixel 0 is not a number"),
        Arguments.of(pixels(784, "true"), "Pixel 0 is not a number"),
        Arguments.of(pixels(784, "1.001"), "Pixel 0 is 1.001"),
        Arguments.of(pixels(784, "-0.5"), "Pixel 0 is -0.5"),
        Arguments.of(pixels(784, "255"), "Pixel 0 is 255"),
        Arguments.of(pixels(784, "1e999"), "Pixel 0 is Infinity"),
        Arguments.of(pixels(784, "NaN"), "not valid JSON"),
        Arguments.of(pixels(784, "0".repeat(2) + "1"), "not valid JSON"),
        Arguments.of(pixels(784, "0") + "{}", "follows"),
        Arguments.of(pixels(784, "0").replace("}", ",\"pixels\":[]}"), "Duplicate"),
        Arguments.of("{\"pixels\": [" + "9".repeat(5000) + "]}", "not valid JSON"),
        Arguments.of("{\"x\": " + "[".repeat(100_000), "not valid JSON"),
        Arguments.of("{\"x\": " + "{\"x\":".repeat(40_000), "not valid JSON"));
  }

  @ParameterizedTest
  @MethodSource("badJson")
  void refusesJsonThatIsNoImage(String body, String problem) throws Exception {
    assertError(
        predict("application/json", body.getBytes(StandardCharsets.UTF_8)),
        400,
        problem,
        "send {\"pixels\": [...]} with 784 numbers");
  }

  @Test
  void refusesJsonThatIsNoText() throws Exception {
    assertError(
        predict("application/json", new byte[] {'{', (byte) 0xff, (byte) 0xfe, 0}), 400, "JSON");
  }

  @Test
  void tellsAboutTheModel() throws Exception {
    JsonNode json = json(get("/api/model"));
    assertThat(json.get("file").asText()).isEqualTo("runs/a/model.handspun");
    assertThat(json.get("name").asText()).isEqualTo("a");
    assertThat(json.get("topology").toString()).isEqualTo("[784,16,16,10]");
    assertThat(json.get("hidden").asText()).isEqualTo("sigmoid");
    assertThat(json.get("outputs").asText()).isEqualTo("sigmoid");
    assertThat(json.get("preprocessing").asText()).isEqualTo("none");
    assertThat(json.get("epochs")).isEmpty();
    assertThat(json.get("collect")).isEqualTo(BooleanNode.FALSE);
    assertThat(json.get("training")).isEqualTo(BooleanNode.FALSE);
    assertThat(json.get("parameters").asInt()).isEqualTo(13_002);
    assertThat(json.get("sha256").asText()).isEqualTo(NETWORK.sha256());
    assertThat(json.get("plan").toString())
        .contains(
            "\"layers\":\"784,16,16,10\",\"preprocessing\":\"none\",\"augmentation\":\"none\",\"activation\":\"sigmoid\",\"epochs\":30,\"patience\":0,\"miniBatch\":10,\"learningRate\":3.0")
        .contains("\"seed\":42", "\"lanes\":1", "\"localSteps\":\"1\"");
    assertThat(json.get("acceptance").isNull()).isTrue();
    assertThat(json.get("provenance").toString())
        .isEqualTo(
            "{\"data\":\"data/mnist\",\"dataSha256\":{\"t10k\":\"abc\"},"
                + "\"created\":\"2026-01-02T03:04:05Z\",\"versions\":{\"java\":\"17\"},"
                + "\"epochs\":30,\"validationAccuracy\":null,\"testAccuracy\":0.9375}");
  }

  @ParameterizedTest
  @CsvSource({"1, 0, none, 0", "0, 1, unsure, 2", "0, 0, digit, 1"})
  void judgesByTheAcceptanceOfTheModelAndTellsIt(
      float leastScore, float leastMargin, String reading, int candidates) throws Exception {
    Model plain = model(NETWORK, 0);
    Acceptance acceptance = new Acceptance(leastScore, leastMargin);
    Model judging = new Model(NETWORK, plain.plan(), plain.provenance(), Optional.of(acceptance));
    try (DigitServer other = start(judging)) {
      JsonNode about = json(send(HttpRequest.newBuilder(other.address().resolve("/api/model"))));
      assertThat(about.get("acceptance").toString())
          .isEqualTo("{\"leastScore\":%s,\"leastMargin\":%s}".formatted(leastScore, leastMargin));
      for (BodyPublisher body :
          List.of(
              BodyPublishers.ofByteArray(Pictures.sevenPng()),
              BodyPublishers.ofString(pixels(784, "0.5")))) {
        JsonNode json =
            json(send(HttpRequest.newBuilder(other.address().resolve("/api/predict")).POST(body)));
        assertThat(json.get("reading").asText()).isEqualTo(reading);
        assertThat(json.get("candidates")).hasSize(candidates);
        assertThat(json.get("threshold").floatValue()).isEqualTo(leastScore);
        assertThat(json.get("digit").isInt()).isTrue();
      }
    }
  }

  @Test
  void servesImportedNetworksOfAnyNumberOfOutputs() throws Exception {
    Network three = Network.random(new Topology(784, 3), Initializer.NORMAL, 1);
    Model imported = new Model(three, Optional.empty(), model(three, 0).provenance());
    try (DigitServer other = start(imported)) {
      JsonNode about = json(send(HttpRequest.newBuilder(other.address().resolve("/api/model"))));
      assertThat(about.get("plan").isNull()).isTrue();
      JsonNode json =
          json(
              send(
                  HttpRequest.newBuilder(other.address().resolve("/api/predict"))
                      .header("Content-Type", "image/png")
                      .POST(BodyPublishers.ofByteArray(Pictures.sevenPng()))));
      assertThat(json.get("outputs")).hasSize(3);
      assertThat(json.get("probabilities")).hasSize(3);
      assertThat(json.get("digit").asInt()).isLessThan(3);
    }
  }

  private static HttpResponse<String> predictWith(float[] parameters) throws Exception {
    Network network = new Network(new Topology(784, 10), parameters);
    try (DigitServer other = start(model(network, 0))) {
      return send(
          HttpRequest.newBuilder(other.address().resolve("/api/predict"))
              .POST(BodyPublishers.ofString(pixels(784, "1"))));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-3e38f, 3e38f})
  void answersNumbersWhereHugeWeightsAllowIt(float weight) throws Exception {
    float[] huge = new float[784 * 10 + 10];
    Arrays.fill(huge, weight);
    JsonNode json = json(predictWith(huge));
    assertThat(json.get("confidence").isNumber()).isTrue();
    assertThat(json.get("confidence").asDouble()).isEqualTo(0.1);
  }

  @Test
  void saysInWordsThatWeightsAreTooLargeInsteadOfAnsweringNaN() throws Exception {
    float[] huge =
        Network.random(new Topology(784, 10), Initializer.NORMAL, 1).parameters().clone();
    for (int p = 0; p < huge.length; p++) {
      huge[p] = Math.copySign(3e38f, huge[p]);
    }
    assertError(predictWith(huge), 500, "is NaN", "weights are too large");
  }

  @Test
  void tellsTheNetworksParametersToWhoHasThemNotYet() throws Exception {
    HttpResponse<byte[]> told =
        CLIENT.send(to("/api/parameters").build(), BodyHandlers.ofByteArray());
    String sha256 = json(get("/api/model")).get("sha256").textValue();
    assertThat(told.headers().firstValue("ETag")).contains('"' + sha256 + '"');
    assertThat(told.headers().firstValue("Content-Type")).contains("application/octet-stream");
    assertThat(sha256(told.body())).isEqualTo(sha256);
    assertThat(parameters("\"older\", \"%s\"".formatted(sha256)).statusCode()).isEqualTo(304);
    assertThat(parameters("W/\"%s\"".formatted(sha256)).body()).isEmpty();
    assertThat(parameters("\"older\"").statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> parameters(String known) throws Exception {
    return send(to("/api/parameters").header("If-None-Match", known));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void saysThatItIsWell() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
    assertThat(get("/healthz?verbose=1").body())
        .isEqualTo(
            "{\"status\":\"ok\",\"model\":\"%s\",\"file\":\"runs/a/model.handspun\",\"training\":false}"
                .formatted(NETWORK.sha256()));
  }

  @ParameterizedTest
  @CsvSource({
    "/, text/html",
    "/style.css, text/css",
    "/main.js, text/javascript",
    "/exact/network.js, text/javascript",
    "/steps.js, text/javascript",
    "/icon.svg, image/svg+xml"
  })
  void servesThePageWithoutAnythingFromElsewhere(String path, String type) throws Exception {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'", "script-src 'self'")
        .doesNotContain("unsafe");
    assertThat(response.body().replace("http://www.w3.org/2000/svg", ""))
        .doesNotContain("http:", "https:", "src=\"//", "@import");
    assertThat(response.body()).doesNotContain("<script>", "<style", "style=\"", "onclick=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/main.js", "/api/model", "/healthz"})
  void answersHeadLikeGetWithoutABody(String path) throws Exception {
    HttpResponse<String> head = send(to(path).method("HEAD", BodyPublishers.noBody()));
    HttpResponse<byte[]> get = CLIENT.send(to(path).build(), BodyHandlers.ofByteArray());
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers().firstValue("Content-Length"))
        .contains(Integer.toString(get.body().length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nothing",
        "/healthz/",
        "/healthzz",
        "/api",
        "/api/predict/x",
        "/index.html",
        "/..%2f..%2fpom.xml",
        "/DigitServer.class",
        "/%00",
        "/favicon.ico"
      })
  void hasNothingElsewhere(String path) throws Exception {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(
                URI.create(server.address().toString().replaceFirst("/$", "") + path)));
    assertError(response, 404, "nothing at this address", "/api/predict");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 'GET, HEAD'",
    "DELETE, /healthz, 'GET, HEAD'",
    "PUT, /api/model, 'GET, HEAD'",
    "GET, /api/predict, POST",
    "GET, /api/steps, POST",
    "OPTIONS, /api/predict, POST",
    "BREW, /api/predict, POST"
  })
  void namesTheMethodsThatAreAllowed(String method, String path, String allowed) throws Exception {
    HttpResponse<String> response = send(to(path).method(method, BodyPublishers.ofString("x")));
    assertError(response, 405, allowed);
    assertThat(response.headers().firstValue("Allow")).contains(allowed);
  }

  @Test
  void refusesAPortThatIsInUse() throws Exception {
    int port = server.address().getPort();
    assertThatThrownBy(
            () -> DigitServer.start("m", model(NETWORK, 0), Kernels.fastest(), "127.0.0.1", port))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("Port " + port)
        .hasMessageContaining("in use")
        .hasMessageContaining("--port N");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65536})
  void refusesAPortThatDoesNotExist(int port) {
    assertThatThrownBy(
            () -> DigitServer.start("m", model(NETWORK, 0), Kernels.fastest(), "127.0.0.1", port))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--port is " + port);
  }

  @Test
  void refusesAHostThatIsNotHere() {
    assertThatThrownBy(
            () -> DigitServer.start("m", model(NETWORK, 0), Kernels.fastest(), "192.0.2.1", 0))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("192.0.2.1")
        .hasMessageContaining("--host");
    assertThatThrownBy(
            () -> DigitServer.start("m", model(NETWORK, 0), Kernels.fastest(), "no.invalid", 0))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("\"no.invalid\" is not known");
  }

  @Test
  void refusesANetworkThatReadsOtherImages() {
    Network small = Network.random(new Topology(4, 2), Initializer.NORMAL, 1);
    assertThatThrownBy(() -> start(model(small, 0)))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("4-2")
        .hasMessageContaining("4 inputs")
        .hasMessageContaining("784");
  }

  @Test
  void tellsAnAddressThatABrowserCanOpen() throws Exception {
    try (DigitServer everywhere =
            DigitServer.start("m", model(NETWORK, 0), Kernels.fastest(), "0.0.0.0", 0);
        DigitServer local =
            DigitServer.start("m", model(NETWORK, 0), Kernels.fastest(), "localhost", 0)) {
      assertThat(everywhere.address().getHost()).isEqualTo("127.0.0.1");
      assertThat(local.address().getHost()).isEqualTo("localhost");
      assertThat(
              send(HttpRequest.newBuilder(everywhere.address().resolve("/healthz"))).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void leavesItsPortWhenItIsClosed() throws Exception {
    DigitServer other = start(model(NETWORK, 0));
    int port = other.address().getPort();
    other.close();
    try (ServerSocket free = new ServerSocket(port)) {
      assertThat(free.getLocalPort()).isEqualTo(port);
    }
  }
}
