package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import handspun.image.Pictures;
import handspun.math.Kernels;
import handspun.store.Runs;
import handspun.train.Plan;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real server answers over real HTTP, beside what it says of itself that it answers. */
class OpenApiAnswersTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final String LENGTH = "Inference-Header-Content-Length";
  private static final String NO_MODEL = "0".repeat(64);

  @TempDir static Path runs;
  @TempDir static Path collected;

  private static DigitServer server;
  private static OpenApiDocument document;

  @BeforeAll
  static void start() throws Exception {
    RunFiles files = new RunFiles(runs);
    String first = files.write("first", 1, 2000).toString();
    files.write("second", 2, 1000);
    files.keepEpoch("first", 1, 101);
    files.writeMetrics(
        "first",
        "epoch,cost,validation_correct,validation_total,validation_accuracy,seconds\n1,0.25,9,10,0.9,1.0\n2,NaN,0,0,,1.0\n");
    ModelFiles models =
        new ModelFiles(first, RunFiles.model(1), Optional::empty, () -> Runs.models(runs));
    server =
        DigitServer.start(
            Content.of(models).collecting(Optional.of(collected)),
            Kernels.fastest(),
            "127.0.0.1",
            0);
    document = OpenApiDocument.of(server.address());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A request to an address of a template, in the place of whose parts there is something. */
  private record Asked(String method, String template, String query, byte[] body, String type) {
    static Asked get(String template) {
      return get(template, "");
    }

    static Asked get(String template, String query) {
      return new Asked("GET", template, query, new byte[0], "");
    }

    static Asked post(String template, String type, byte[] body) {
      return new Asked("POST", template, "", body, type);
    }

    static Asked post(String template, String json) {
      return post(template, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    Asked of(String otherMethod) {
      return new Asked(otherMethod, template, query, body, type);
    }

    Asked asking(String otherQuery) {
      return new Asked(method, template, otherQuery, body, type);
    }

    HttpResponse<byte[]> send(String model, String... headers) throws Exception {
      String path = template.replace("{model}", model).replace("{version}", "1");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(server.address().resolve(path + query))
              .method(method, BodyPublishers.ofByteArray(body));
      if (!type.isEmpty()) {
        request.header("Content-Type", type);
      }
      if (headers.length > 0) {
        request.headers(headers);
      }
      return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }
  }

  private static HttpResponse<byte[]> answered(int status, Asked asked, String... headers)
      throws Exception {
    return described(status, asked, asked.send("first", headers));
  }

  private static HttpResponse<byte[]> described(
      int status, Asked asked, HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode())
        .as("%s %s%s: %s", asked.method, asked.template, asked.query, text(answer))
        .isEqualTo(status);
    document.assertDescribes(asked.method, asked.template, answer);
    return answer;
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(
        answer.body(), 0, Math.min(answer.body().length, 500), StandardCharsets.UTF_8);
  }

  private static String pixels(String number) {
    return "[" + String.join(",", Stream.generate(() -> number).limit(784).toList()) + "]";
  }

  private static String tensor(String more) {
    return "{%s\"inputs\":[{\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"UINT8\",\"data\":%s}]}"
        .formatted(more, pixels("9"));
  }

  private static byte[] jpeg() {
    return Pictures.file(
        "jpg", Pictures.seven(BufferedImage.TYPE_INT_RGB, 100, 100, Color.WHITE, Color.BLACK));
  }

  private static final String STROKES = "{\"strokes\":[[[0.5,0.2],[0.5,0.8]]],\"pen\":1.5}";

  /** Posts JSON that is described, to where it is. */
  private static Asked json(String template, String body) {
    document.assertTakes(template, body);
    return Asked.post(template, body);
  }

  private static List<Asked> posted() {
    String one = "{\"pixels\":%s}".formatted(pixels("0.5"));
    String both = "{\"instances\":[%s,%s]}".formatted(one, STROKES);
    String bytes = "{\"pixels\":%s}".formatted(pixels("7"));
    String infer = "/v2/models/{model}/infer";
    String binary = "\"parameters\":{\"binary_data_output\":true},";
    String classes =
        "\"id\":\"mine\",\"outputs\":[{\"name\":\"outputs\",\"parameters\":{\"classification\":3}},{\"name\":\"digit\"}],";
    return List.of(
        json("/api/predict", one),
        json("/api/predict", STROKES),
        json("/api/predict", both),
        Asked.post("/api/predict", "image/png", Pictures.sevenPng()),
        Asked.post("/api/steps", "image/png", Pictures.sevenPng()),
        json("/api/nearest", bytes),
        Asked.post("/api/nearest", BYTES, new byte[784]),
        json("/api/collect", "{\"pixels\":%s,\"label\":3}".formatted(pixels("7"))),
        json(infer, tensor("")),
        json(infer, tensor(binary)),
        json(infer, tensor(classes)),
        json("/v2/models/{model}/versions/{version}/infer", tensor("")),
        json("/v1/models/{model}:predict", "{\"instances\":[%s]}".formatted(pixels("0.25"))),
        Asked.post("/v2/repository/index", "{}"));
  }

  private static List<Asked> got() {
    return Stream.concat(
            Stream.of(
                Asked.get("/api/model", "?model=" + RunFiles.network(2).sha256()),
                Asked.get("/api/parameters", "?epoch=1"),
                Asked.get("/api/test-images", "?actual=3&predicted=5&from=2&mistakes"),
                Asked.get("/metrics", "?names=triton")),
            document.paths().stream()
                .filter(path -> !document.operation("GET", path).isMissingNode())
                .filter(path -> !path.equals("/api/events"))
                .map(Asked::get))
        .toList();
  }

  @Test
  void everyOperationAnswersAsItIsDescribed() throws Exception {
    Set<String> asked = new TreeSet<>();
    for (Asked one : posted()) {
      answered(200, one);
      asked.add(one.method + one.template);
    }
    for (Asked one : got()) {
      answered(200, one);
      answered(200, one.of("HEAD"));
      asked.addAll(List.of("GET" + one.template, "HEAD" + one.template));
    }
    Asked events = Asked.get("/api/events");
    answered(404, events);
    answered(404, events.of("HEAD"));
    asked.addAll(List.of("GET/api/events", "HEAD/api/events"));
    for (String action : List.of("load", "unload")) {
      Asked control = Asked.post("/v2/repository/models/{model}/" + action, "{}");
      assertThat(document.operation("POST", control.template).get("responses").fieldNames())
          .toIterable()
          .containsExactly("503", "default");
      assertThat(text(answered(503, control))).contains("explicit model load / unload");
      asked.add("POST" + control.template);
    }
    assertThat(asked).isEqualTo(operations().collect(Collectors.toSet()));
  }

  private static Stream<String> operations() {
    return document.paths().stream()
        .flatMap(path -> methods(path).stream().map(method -> method + path));
  }

  private static List<String> methods(String path) {
    Iterable<String> names = () -> document.root().get("paths").get(path).fieldNames();
    return StreamSupport.stream(names.spliterator(), false)
        .map(name -> name.toUpperCase(Locale.ROOT))
        .toList();
  }

  @Test
  void aTrainingIsToldAsItIsDescribed() throws Exception {
    LiveTraining training =
        new LiveTraining("runs/now/model.handspun", new Plan(RunFiles.TOPOLOGY, 1, 10, 3f, 1, 1));
    training.end(RunFiles.model(1));
    Content content = Content.of(training.file(), training.model()).watching(training);
    try (DigitServer live = DigitServer.start(content, Kernels.fastest(), "127.0.0.1", 0)) {
      HttpResponse<byte[]> answer =
          CLIENT.send(
              HttpRequest.newBuilder(live.address().resolve("api/events")).build(),
              BodyHandlers.ofByteArray());
      assertThat(text(answer)).contains("event: end");
      document.assertDescribes("GET", "/api/events", answer);
    }
  }

  @Test
  void whatIsKnownAlreadyIsNotSentAgain() throws Exception {
    Asked parameters = Asked.get("/api/parameters");
    String tag = answered(200, parameters).headers().firstValue("ETag").orElseThrow();
    answered(304, parameters, "If-None-Match", tag);
  }

  @Test
  void headersOfAnswersAreDescribed() throws Exception {
    for (String path : List.of("/api/model", "/api/parameters", "/v2", "/healthz")) {
      assertThat(document.operation("GET", path).at("/responses/200/headers").has("Handspun-Model"))
          .as(path)
          .isEqualTo(
              answered(200, Asked.get(path)).headers().firstValue("Handspun-Model").isPresent());
    }
    Asked binary =
        Asked.post(
            "/v2/models/{model}/infer", tensor("\"parameters\":{\"binary_data_output\":true},"));
    assertThat(answered(200, binary).headers().firstValue(LENGTH)).isPresent();
    assertThat(document.operation("POST", binary.template).at("/responses/200/headers").has(LENGTH))
        .isTrue();
  }

  @Test
  void aBlankPictureIsRefusedAsItIsDescribed() throws Exception {
    answered(422, Asked.post("/api/predict", "image/png", Pictures.blankPng()));
    answered(422, Asked.post("/api/steps", "image/png", Pictures.blankPng()));
  }

  /** Each operation with something posted, for a request that is refused. */
  private static Stream<String> posts() {
    return document.paths().stream()
        .filter(path -> document.operation("POST", path).has("requestBody"));
  }

  @Test
  void whatIsNotAsItShouldBeIsRefusedAsItIsDescribed() throws Exception {
    assertThat(posts()).hasSizeGreaterThan(5);
    for (String path : posts().filter(path -> !path.equals("/api/steps")).toList()) {
      assertThat(document.operation("POST", path).get("responses").has("400")).isTrue();
      answered(400, Asked.post(path, "{\"pixels\":3}"));
    }
    answered(400, Asked.post("/api/steps", "image/png", Arrays.copyOf(Pictures.sevenPng(), 40)));
  }

  @Test
  void whatIsTooLargeIsRefusedAsItIsDescribed() throws Exception {
    for (String path : posts().toList()) {
      String words = document.operation("POST", path).at("/responses/413/description").asText();
      int most = Integer.parseInt(words.replaceAll("[^0-9]", ""));
      answered(413, Asked.post(path, JSON, new byte[most + 1]));
      // One byte less is read, and then refused as what it is.
      assertThat(Asked.post(path, JSON, new byte[most]).send("first").statusCode())
          .as(path)
          .isNotEqualTo(413);
    }
  }

  @Test
  void whatIsNotThereIsNotFoundAsItIsDescribed() throws Exception {
    int count = 0;
    for (String path : document.paths()) {
      for (String method : methods(path)) {
        boolean isNamed = path.contains("{model}") && !path.contains("/repository/");
        boolean isAsked = parameters(method, path).contains("model");
        if (!method.equals("HEAD") && (isNamed || isAsked)) {
          assertThat(document.operation(method, path).get("responses").has("404")).isTrue();
          Asked asked = body(method, path).asking(isNamed ? "" : "?model=" + NO_MODEL);
          described(404, asked, asked.send("nothing"));
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(15);
  }

  private static Asked body(String method, String path) {
    return method.equals("GET")
        ? Asked.get(path)
        : path.equals("/api/steps") || path.equals("/api/predict")
            ? Asked.post(path, "image/png", Pictures.sevenPng())
            : Asked.post(path, tensor(""));
  }

  private static List<String> parameters(String method, String path) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : document.operation(method, path).get("parameters")) {
      names.add(parameter.get("in").asText().equals("query") ? parameter.get("name").asText() : "");
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoch", "actual", "predicted", "from"})
  void everyNumberBehindAnAddressThatIsDescribedIsRead(String name) throws Exception {
    List<String> paths =
        document.paths().stream()
            .filter(
                path ->
                    methods(path).stream()
                        .anyMatch(method -> parameters(method, path).contains(name)))
            .toList();
    assertThat(paths).isNotEmpty();
    for (String path : paths) {
      String method = methods(path).get(0);
      answered(400, body(method, path).asking("?%s=x".formatted(name)));
    }
  }

  @Test
  void methodsThatAreNotDescribedAreNotAnswered() throws Exception {
    for (String path : document.paths()) {
      List<String> methods = methods(path);
      for (String method : List.of("GET", "POST", "PUT", "DELETE", "PATCH")) {
        if (!methods.contains(method)) {
          HttpResponse<byte[]> answer = new Asked(method, path, "", new byte[0], "").send("first");
          assertThat(answer.statusCode()).as("%s %s", method, path).isEqualTo(405);
          assertThat(answer.headers().firstValue("Allow")).contains(String.join(", ", methods));
          document.assertDescribes(methods.get(0).equals("GET") ? "GET" : "POST", path, answer);
        }
      }
    }
  }

  @Test
  void bodiesOfAllTypesThatAreDescribedAreReadAndOnlyOfThoseWhereTypesCount() throws Exception {
    byte[] png = Pictures.sevenPng();
    for (String path : List.of("/api/predict", "/api/steps")) {
      JsonNode content = document.operation("POST", path).at("/requestBody/content");
      for (String type : List.of("image/png", BYTES)) {
        assertThat(content.has(type)).isTrue();
        answered(200, Asked.post(path, type, png));
      }
      assertThat(content.has("image/jpeg")).isTrue();
      answered(200, Asked.post(path, "image/jpeg", jpeg()));
      assertThat(content.has("multipart/form-data")).isTrue();
      byte[] form =
          Bytes.join(
              "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"d.png\"\r\n\r\n",
              png,
              "\r\n--XX--\r\n");
      answered(200, Asked.post(path, "multipart/form-data; boundary=XX", form));
      assertThat(content.has("application/pdf")).isFalse();
      answered(415, Asked.post(path, "application/pdf", png));
    }
    answered(415, Asked.post("/api/steps", STROKES));
  }
}
