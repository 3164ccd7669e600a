package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Network;
import handspun.store.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Open Inference Protocol over real HTTP, field by field as its description has them. */
class InferenceEndpointsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Dataset MNIST = DatasetReader.read(Path.of("data", "mnist"), 0);
  private static final String LENGTH = "Inference-Header-Content-Length";
  private static final Network NETWORK = RunFiles.network(1);

  /** Where requests about a model go, and what its names are. */
  private static final String MODEL = "/v2/models/first";

  @TempDir static Path runs;

  private static DigitServer server;

  @BeforeAll
  static void start() throws IOException {
    RunFiles files = new RunFiles(runs);
    String first = files.write("first", 1, 2000).toString();
    files.write("second", 2, 1000);
    server =
        DigitServer.start(
            Content.of(
                new ModelFiles(first, RunFiles.model(1), Optional::empty, () -> Runs.models(runs))),
            Kernels.fastest(),
            "127.0.0.1",
            0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> send(
      String method, String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> post(String path, String json) throws Exception {
    return send("POST", path, json.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode ok(HttpResponse<byte[]> response) throws IOException {
    assertThat(response.statusCode())
        .as(new String(response.body(), StandardCharsets.UTF_8))
        .isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(response.headers().firstValue(LENGTH)).isEmpty();
    return JSON.readTree(response.body());
  }

  private static JsonNode get(String path) throws Exception {
    return ok(send("GET", path, new byte[0]));
  }

  private static void assertError(HttpResponse<byte[]> response, int status, String message)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode json = JSON.readTree(response.body());
    assertThat(json.size()).isEqualTo(1);
    assertThat(json.get("error").asText()).contains(message);
  }

  private static byte[] pixels(int count) {
    byte[] pixels = new byte[784 * count];
    for (int i = 0; i < count; i++) {
      System.arraycopy(MNIST.test().inputs().pixels(i), 0, pixels, 784 * i, 784);
    }
    return pixels;
  }

  private static String numbers(byte[] pixels, String format) {
    StringJoiner numbers = new StringJoiner(",", "[", "]");
    for (byte pixel : pixels) {
      int level = Byte.toUnsignedInt(pixel);
      numbers.add(
          format.equals("%d") ? "" + level : String.format(Locale.ROOT, format, level / 255.0));
    }
    return numbers.toString();
  }

  private static String request(int count, String datatype, String data, String more) {
    return "{%s\"inputs\":[{\"name\":\"pixels\",\"shape\":[%d,784],\"datatype\":\"%s\",%s}]}"
        .formatted(more, count, datatype, data);
  }

  private static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) array.get(i).doubleValue();
    }
    return floats;
  }

  private static float[] expected(int count) {
    return Arrays.copyOf(
        Feedforward.outputs(NETWORK, AllKernels.scalar(), MNIST.test().inputs()), 10 * count);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2", "/v2/"})
  void tellsOfTheServer(String path) throws Exception {
    JsonNode json = get(path);
    assertThat(json.fieldNames()).toIterable().containsExactly("name", "version", "extensions");
    assertThat(json.get("name").asText()).isEqualTo("handspun");
    assertThat(json.get("version").isTextual()).isTrue();
    assertThat(json.get("extensions"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "binary_tensor_data",
            "classification",
            "model_configuration",
            "model_repository",
            "statistics");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v2/health/live | {\"live\":true}",
        "/v2/health/ready | {\"live\":true,\"ready\":true}",
        "/v2/models/first/ready | {\"name\":\"first\",\"ready\":true}",
        "/v2/models/second/versions/1/ready | {\"name\":\"second\",\"ready\":true}",
        "/v1/models/second | {\"name\":\"second\",\"ready\":true}",
        "/v1/models | {\"models\":[\"first\",\"second\"]}"
      })
  void tellsWhatIsReady(String path, String json) throws Exception {
    assertThat(get(path)).isEqualTo(JSON.readTree(json));
  }

  private static final String METADATA =
      """
      {"name":"first","versions":["1"],"platform":"handspun_mlp",
       "inputs":[{"name":"pixels","datatype":"FP32","shape":[-1,784]}],
       "outputs":[{"name":"outputs","datatype":"FP32","shape":[-1,10]},
                  {"name":"digit","datatype":"INT64","shape":[-1]},
                  {"name":"score","datatype":"FP32","shape":[-1]}]}
      """;

  @Test
  void aModelIsNamedByItsRunItsFileOrItsSha256() throws Exception {
    String file = runs.resolve("first/model.handspun").toString().replace("/", "%2F");
    for (String name : List.of("first", file, NETWORK.sha256(), "model.handspun")) {
      assertThat(get("/v2/models/" + name)).isEqualTo(JSON.readTree(METADATA));
    }
    assertThat(get("/v2/models/" + RunFiles.network(2).sha256()).get("name").asText())
        .isEqualTo("second");
  }

  @Test
  void aVersionIs1OrTheSha256() throws Exception {
    for (String version : List.of("1", NETWORK.sha256())) {
      assertThat(get(MODEL + "/versions/" + version)).isEqualTo(JSON.readTree(METADATA));
    }
    assertError(
        send("GET", MODEL + "/versions/2", new byte[0]),
        404,
        "The model \"first\" has no version \"2\": ask for \"1\"");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/models/third",
    "GET, /v2/models/third/ready",
    "GET, /v2/models/third/stats",
    "GET, /v2/models/third/config",
    "POST, /v2/models/third/infer",
    "GET, /v1/models/third",
    "POST, /v1/models/third:predict"
  })
  void aModelThatIsNotThereIsNotFound(String method, String path) throws Exception {
    assertError(
        send(method, path, new byte[0]),
        404,
        "There is no model \"third\": ask /v1/models which there are.");
  }

  @Test
  void tellsTheConfigurationInTheTermsOfTriton() throws Exception {
    assertThat(get(MODEL + "/config"))
        .isEqualTo(
            JSON.readTree(
                """
                {"name":"first","platform":"handspun_mlp","backend":"handspun","max_batch_size":10000,
                 "input":[{"name":"pixels","data_type":"TYPE_FP32","dims":[784]}],
                 "output":[{"name":"outputs","data_type":"TYPE_FP32","dims":[10]},
                           {"name":"digit","data_type":"TYPE_INT64","dims":[1]},
                           {"name":"score","data_type":"TYPE_FP32","dims":[1]}]}
                """));
  }

  @Test
  void answersAllOutputsOfAllImages() throws Exception {
    String data = "\"data\":" + numbers(pixels(3), "%.3f");
    HttpResponse<byte[]> response =
        post(MODEL + "/infer", request(3, "FP32", data, "\"id\":\"mine\","));
    JsonNode json = ok(response);
    assertThat(response.headers().firstValue("Handspun-Model")).contains(NETWORK.sha256());
    assertThat(json.fieldNames())
        .toIterable()
        .containsExactly("model_name", "model_version", "id", "outputs");
    assertThat(json.get("model_name").asText()).isEqualTo("first");
    assertThat(json.get("model_version").asText()).isEqualTo("1");
    assertThat(json.get("id").asText()).isEqualTo("mine");
    String[] wanted = {
      "outputs FP32 [3,10] 30", "digit INT64 [3] 3", "score FP32 [3] 3",
    };
    assertThat(json.get("outputs"))
        .extracting(
            one ->
                "%s %s %s %d"
                    .formatted(
                        one.get("name").asText(),
                        one.get("datatype").asText(),
                        one.get("shape"),
                        one.get("data").size()))
        .containsExactly(wanted);
    assertThat(floats(json.at("/outputs/0/data"))).isEqualTo(expected(3));
  }

  @Test
  void theOutputsAreThoseOfPredictToTheBit() throws Exception {
    int count = 500;
    float[] predicted = ServerOutputs.of(server.address(), MNIST.test().inputs().slice(0, count));
    String decimal = request(count, "FP32", "\"data\":" + numbers(pixels(count), "%.3f"), "");
    String levels = request(count, "UINT8", "\"data\":" + numbers(pixels(count), "%d"), "");
    for (String json : List.of(decimal, levels)) {
      assertThat(floats(ok(post(MODEL + "/infer", json)).at("/outputs/0/data")))
          .isEqualTo(predicted);
    }
    JsonNode first = ok(post(MODEL + "/infer", levels));
    for (int i = 0; i < 3; i++) {
      String one = "{\"pixels\":%s}".formatted(numbers(MNIST.test().inputs().pixels(i), "%.3f"));
      JsonNode reading =
          ok(
              send(
                  "POST",
                  "/api/predict",
                  one.getBytes(StandardCharsets.UTF_8),
                  "Content-Type",
                  "application/json"));
      assertThat(first.at("/outputs/1/data/" + i)).isEqualTo(reading.get("digit"));
      assertThat(first.at("/outputs/2/data/" + i)).isEqualTo(reading.get("score"));
    }
  }

  private static byte[] binaryBody(String json, byte[] data) {
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    byte[] body = Arrays.copyOf(head, head.length + data.length);
    System.arraycopy(data, 0, body, head.length, data.length);
    return body;
  }

  private static byte[] singles(byte[] pixels) {
    ByteBuffer singles =
        ByteBuffer.allocate(Float.BYTES * pixels.length).order(ByteOrder.LITTLE_ENDIAN);
    for (byte pixel : pixels) {
      singles.putFloat(Byte.toUnsignedInt(pixel) / 255f);
    }
    return singles.array();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UINT8", "FP32"})
  void answersAllTestImagesAtOnceAsBinaryData(String datatype) throws Exception {
    int count = MNIST.test().count();
    byte[] data = datatype.equals("UINT8") ? pixels(count) : singles(pixels(count));
    String json =
        request(
            count,
            datatype,
            "\"parameters\":{\"binary_data_size\":%d}".formatted(data.length),
            "\"parameters\":{\"binary_data_output\":true},");
    HttpResponse<byte[]> response =
        send("POST", MODEL + "/infer", binaryBody(json, data), LENGTH, "" + json.length());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/octet-stream");
    int length = Integer.parseInt(response.headers().firstValue(LENGTH).orElseThrow());
    JsonNode outputs = JSON.readTree(Arrays.copyOf(response.body(), length)).get("outputs");
    assertThat(outputs)
        .extracting(one -> one.at("/parameters/binary_data_size").asInt())
        .containsExactly(40 * count, 8 * count, 4 * count);
    assertThat(outputs).noneMatch(one -> one.has("data"));
    ByteBuffer rest =
        ByteBuffer.wrap(response.body(), length, response.body().length - length)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(rest.remaining()).isEqualTo(52 * count);
    float[] expected = expected(count);
    float[] answered = new float[expected.length];
    rest.asFloatBuffer().get(answered);
    assertThat(answered).isEqualTo(expected);
    for (int i = 0; i < count; i++) {
      assertThat(rest.getLong(40 * count + 8 * i))
          .isEqualTo(Feedforward.prediction(expected, 10 * i, 10));
    }
  }

  @Test
  void someOutputsMayBeBinaryAndOthersNot() throws Exception {
    String json =
        request(
            2,
            "UINT8",
            "\"data\":" + numbers(pixels(2), "%d"),
            "\"outputs\":[{\"name\":\"digit\",\"parameters\":{\"binary_data\":true}},{\"name\":\"outputs\"}],");
    HttpResponse<byte[]> response = post(MODEL + "/infer", json);
    int length = Integer.parseInt(response.headers().firstValue(LENGTH).orElseThrow());
    assertThat(response.body()).hasSize(length + 2 * Long.BYTES);
    JsonNode outputs = JSON.readTree(Arrays.copyOf(response.body(), length)).get("outputs");
    assertThat(outputs)
        .extracting(one -> one.get("name").asText())
        .containsExactly("digit", "outputs");
    assertThat(floats(outputs.get(1).get("data"))).isEqualTo(expected(2));
  }

  private static byte[] packed(String coding, byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing =
        coding.equals("gzip") ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      packing.write(body);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void bodiesMayBeCompressed(String coding) throws Exception {
    byte[] data = pixels(100);
    String json = request(100, "UINT8", "\"parameters\":{\"binary_data_size\":78400}", "");
    byte[] body = packed(coding, binaryBody(json, data));
    JsonNode answer =
        ok(
            send(
                "POST",
                MODEL + "/infer",
                body,
                "Content-Encoding",
                coding,
                LENGTH,
                "" + json.length()));
    assertThat(floats(answer.at("/outputs/0/data"))).isEqualTo(expected(100));
  }

  @Test
  void whatUnpacksToMoreThanABodyMayHaveIsRefused() throws Exception {
    byte[] bomb = packed("gzip", new byte[(32 << 20) + 1]);
    assertThat(bomb.length).isLessThan(100_000);
    assertError(
        send("POST", MODEL + "/infer", bomb, "Content-Encoding", "gzip"),
        413,
        "The body has more than 33554432 bytes");
    assertError(
        send("POST", MODEL + "/infer", new byte[100], "Content-Encoding", "gzip"),
        400,
        "The body's Content-Encoding is \"gzip\", but it cannot be unpacked so");
    assertError(
        send("POST", MODEL + "/infer", new byte[100], "Content-Encoding", "br"),
        415,
        "The body's Content-Encoding is \"br\", but gzip, deflate and identity are read.");
  }

  @Test
  void aBodyThatIsTooLargeIsRefused() throws Exception {
    assertError(
        send("POST", MODEL + "/infer", new byte[(32 << 20) + 1]),
        413,
        "The body has more than 33554432 bytes");
  }

  @Test
  void malformedRequestsAreToldWhatIsWrong() throws Exception {
    assertError(post(MODEL + "/infer", "{}"), 400, "The request has no \"inputs\"");
    assertError(
        send("POST", MODEL + "/infer", new byte[10], LENGTH, "11"),
        400,
        "Inference-Header-Content-Length is \"11\", but must be a number of bytes up to the body's 10.");
    assertThat(send("GET", MODEL + "/infer", new byte[0]).statusCode()).isEqualTo(405);
    assertThat(send("POST", MODEL, new byte[0]).statusCode()).isEqualTo(405);
  }

  @Test
  void countsWhatAModelWasAsked() throws Exception {
    String path = "/v2/models/second/";
    JsonNode none = get(path + "versions/1/stats").at("/model_stats/0");
    assertThat(none.fieldNames())
        .toIterable()
        .containsExactly(
            "name",
            "version",
            "last_inference",
            "inference_count",
            "execution_count",
            "inference_stats",
            "batch_stats");
    assertThat(none.get("inference_stats").fieldNames())
        .toIterable()
        .containsExactly(
            "success",
            "fail",
            "queue",
            "compute_input",
            "compute_infer",
            "compute_output",
            "cache_hit",
            "cache_miss");
    assertThat(none.get("inference_count").asInt()).isZero();
    String five = request(5, "UINT8", "\"data\":" + numbers(pixels(5), "%d"), "");
    for (int i = 0; i < 2; i++) {
      ok(post(path + "infer", five));
    }
    assertThat(post(path + "infer", "{}").statusCode()).isEqualTo(400);
    List<JsonNode> all = new ArrayList<>();
    get("/v2/models/stats").get("model_stats").forEach(all::add);
    assertThat(all).extracting(one -> one.get("name").asText()).containsExactly("first", "second");
    JsonNode stats = all.get(1);
    assertThat(stats.get("inference_count").asInt()).isEqualTo(10);
    assertThat(stats.get("execution_count").asInt()).isEqualTo(2);
    assertThat(stats.get("last_inference").asLong())
        .isBetween(System.currentTimeMillis() - 3_600_000, System.currentTimeMillis());
    assertThat(stats.at("/inference_stats/success/count").asInt()).isEqualTo(2);
    assertThat(stats.at("/inference_stats/success/ns").asLong()).isPositive();
    assertThat(stats.at("/inference_stats/fail/count").asInt()).isEqualTo(1);
    assertThat(stats.at("/inference_stats/compute_infer/count").asInt()).isEqualTo(2);
    assertThat(stats.get("batch_stats")).hasSize(1);
    assertThat(stats.at("/batch_stats/0/batch_size").asInt()).isEqualTo(5);
    assertThat(stats.at("/batch_stats/0/compute_infer/count").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"ready\":true}"})
  void theRepositoryListsAllModels(String body) throws Exception {
    assertThat(ok(post("/v2/repository/index", body)))
        .isEqualTo(
            JSON.readTree(
                """
                [{"name":"first","version":"1","state":"READY","reason":""},
                 {"name":"second","version":"1","state":"READY","reason":""}]
                """));
  }

  @Test
  void version1AnswersARowOfOutputsForEachInstance() throws Exception {
    String instances =
        "{\"instances\":[%s,%s]}"
            .formatted(
                numbers(MNIST.test().inputs().pixels(0), "%.3f"),
                numbers(MNIST.test().inputs().pixels(1), "%.3f"));
    JsonNode json = ok(post("/v1/models/first:predict", instances));
    assertThat(json.fieldNames()).toIterable().containsExactly("predictions");
    assertThat(json.get("predictions")).hasSize(2);
    float[] expected = expected(2);
    for (int i = 0; i < 2; i++) {
      assertThat(floats(json.get("predictions").get(i)))
          .isEqualTo(Arrays.copyOfRange(expected, 10 * i, 10 * i + 10));
    }
    assertError(
        post("/v1/models/first:predict", "{\"instances\":[]}"),
        400,
        "The request has no \"instances\": send an array of images, each with 784 numbers from 0 to 1.");
  }
}
