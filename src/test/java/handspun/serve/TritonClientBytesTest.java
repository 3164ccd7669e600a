package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.data.DatasetReader;
import handspun.math.AllKernels;
import handspun.math.Kernels;
import handspun.network.Feedforward;
import handspun.network.Inputs;
import handspun.store.Runs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bytes that Triton's client for Python sends ({@code tritonclient.http}, whose {@code
 * _client.py}, {@code _utils.py}, {@code _infer_input.py} and {@code _requested_output.py} say
 * which), one request after the other over one connection; answers are read as it reads them.
 */
class TritonClientBytesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IMAGES = 3;

  @TempDir static Path runs;

  private static DigitServer server;
  private static Inputs images;
  private static byte[] pixels;

  private Socket socket;

  @BeforeAll
  static void start() throws IOException {
    images = DatasetReader.read(Path.of("data", "mnist"), 0).test().inputs().slice(0, IMAGES);
    pixels = new byte[784 * IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      System.arraycopy(images.pixels(i), 0, pixels, 784 * i, 784);
    }
    RunFiles files = new RunFiles(runs);
    String first = files.write("first", 1, 2000).toString();
    files.write("group/seed-2", 2, 1000);
    ModelFiles models =
        new ModelFiles(first, RunFiles.model(1), Optional::empty, () -> Runs.models(runs));
    server = DigitServer.start(Content.of(models), Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void connect() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.setSoTimeout(60_000);
  }

  @AfterEach
  void disconnect() throws IOException {
    socket.close();
  }

  /** What came: the names of headers in small letters. */
  private record Answer(int status, Map<String, String> headers, byte[] body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    /** As {@code InferResult} takes the answer apart. */
    Result result() throws IOException {
      assertThat(status).as(new String(body, StandardCharsets.UTF_8)).isEqualTo(200);
      byte[] whole = body;
      if ("gzip".equals(headers.get("content-encoding"))) {
        whole = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
      }
      String length = headers.get("inference-header-content-length");
      int json = length == null ? whole.length : Integer.parseInt(length);
      ByteBuffer rest =
          ByteBuffer.wrap(whole, json, whole.length - json).slice().order(ByteOrder.LITTLE_ENDIAN);
      return new Result(JSON.readTree(whole, 0, json), rest);
    }
  }

  /** The JSON of an answer, and the binary data that follow it. */
  private record Result(JsonNode json, ByteBuffer rest) {
    /** {@return the binary data of an output, which are behind those of the outputs before} */
    ByteBuffer data(String name) {
      int at = 0;
      for (JsonNode output : json.get("outputs")) {
        int size = output.at("/parameters/binary_data_size").asInt();
        if (output.get("name").asText().equals(name)) {
          return rest.slice(at, size).order(ByteOrder.LITTLE_ENDIAN);
        }
        at += size;
      }
      throw new AssertionError("There is no " + name);
    }

    float[] floats(String name) {
      ByteBuffer data = data(name);
      float[] floats = new float[data.remaining() / Float.BYTES];
      data.asFloatBuffer().get(floats);
      return floats;
    }

    /** Texts, each behind its length. */
    List<String> texts(String name) {
      ByteBuffer data = data(name);
      List<String> texts = new ArrayList<>();
      while (data.hasRemaining()) {
        byte[] text = new byte[data.getInt()];
        data.get(text);
        texts.add(new String(text, StandardCharsets.UTF_8));
      }
      return texts;
    }
  }

  private Answer send(String line, byte[] body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(line).append(" HTTP/1.1\r\n");
    head.append("User-Agent: python/gevent-http-client-2.3.3\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Host: ").append(server.address().getAuthority()).append("\r\n");
    if (body.length > 0) {
      // Without a body, the client names no length, even where it posts.
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    OutputStream out = socket.getOutputStream();
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    return read();
  }

  private Answer read() throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    String status = line(in);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] pair = header.split(": ", 2);
      headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
    }
    byte[] body = new byte[Integer.parseInt(headers.get("content-length"))];
    in.readFully(body);
    return new Answer(Integer.parseInt(status.split(" ")[1]), headers, body);
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      assertThat(b).as("the connection ended").isNotEqualTo(-1);
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  private Answer get(String path) throws IOException {
    return send("GET " + path, new byte[0]);
  }

  private Answer post(String path, String json) throws IOException {
    return send("POST " + path, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void asksHowTheServerAndItsModelsAre() throws IOException {
    for (String path :
        List.of(
            "/v2/health/live",
            "/v2/health/ready",
            "/v2/models/first/ready",
            "/v2/models/first/versions/1/ready",
            "/v2/health/live?test_1=1&test_2=2&test_2=3")) {
      assertThat(get(path).status()).as(path).isEqualTo(200);
    }
    assertThat(get("/v2/models/nothing/ready").status()).isEqualTo(404);
    assertThat(get("/v2").json().get("extensions").toString())
        .contains("binary_tensor_data", "classification", "statistics");
    assertThat(get("/v2/models/first/versions/1").json().get("name").asText()).isEqualTo("first");
    assertThat(get("/v2/models/first/config").json().get("max_batch_size").asInt())
        .isEqualTo(10_000);
    assertThat(get("/v2/models/stats").json().get("model_stats")).hasSize(2);
    assertThat(get("/v2/models/first/versions/1/stats").json().get("model_stats")).hasSize(1);
  }

  @Test
  void theIndexIsAskedForWithoutABodyAndWithoutALength() throws IOException {
    JsonNode index = send("POST /v2/repository/index", new byte[0]).json();
    assertThat(index.findValuesAsText("name")).containsExactly("first", "group/seed-2");
    // The connection goes on.
    assertThat(get("/v2/health/live").status()).isEqualTo(200);
  }

  @Test
  void aSlashInAModelsNameIsNotEncoded() throws IOException {
    assertThat(get("/v2/models/group/seed-2/ready").status()).isEqualTo(200);
    assertThat(get("/v2/models/group/seed-2/versions/1").json().get("name").asText())
        .isEqualTo("group/seed-2");
    Result result = infer("/v2/models/group/seed-2/infer", BINARY_REQUEST, pixels).result();
    assertThat(result.json().get("model_name").asText()).isEqualTo("group/seed-2");
    assertThat(result.floats("outputs")).isEqualTo(expected(2));
  }

  private static float[] expected(long seed) {
    return Feedforward.outputs(RunFiles.network(seed), AllKernels.scalar(), images);
  }

  private static final String INPUT =
      "\"inputs\":[{\"name\":\"pixels\",\"shape\":[3,784],\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":2352}}]";

  /** What is sent where no outputs are asked for. */
  private static final String BINARY_REQUEST =
      "{\"id\":\"7\",%s,\"parameters\":{\"binary_data_output\":true}}".formatted(INPUT);

  private Answer infer(String path, String json, byte[] data, String... headers)
      throws IOException {
    byte[] body = Bytes.join(json, data, "");
    List<String> all = new ArrayList<>(List.of(headers));
    for (String header : headers) {
      if (header.equals("Content-Encoding: gzip")) {
        body = packed(body, true);
      } else if (header.equals("Content-Encoding: deflate")) {
        body = packed(body, false);
      }
    }
    if (data.length > 0) {
      // Of the JSON as it is before the body is packed.
      all.add("Inference-Header-Content-Length: " + json.length());
    }
    return send("POST " + path, body, all.toArray(String[]::new));
  }

  private static byte[] packed(byte[] body, boolean isGzip) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing =
        isGzip ? new GZIPOutputStream(bytes) : new DeflaterOutputStream(bytes)) {
      packing.write(body);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate"})
  void allOutputsAreBinaryPackedOrNot(String coding) throws IOException {
    Answer plain = infer("/v2/models/first/infer", BINARY_REQUEST, pixels);
    Answer packed =
        infer(
            "/v2/models/first/versions/1/infer?test_1=1",
            BINARY_REQUEST,
            pixels,
            "Content-Encoding: " + coding,
            "Accept-Encoding: " + coding);
    for (Answer answer : List.of(plain, packed)) {
      assertThat(answer.headers()).containsEntry("content-type", "application/octet-stream");
      Result result = answer.result();
      assertThat(result.json().get("id").asText()).isEqualTo("7");
      assertThat(result.floats("outputs")).isEqualTo(expected(1));
      assertThat(result.data("digit").remaining()).isEqualTo(Long.BYTES * IMAGES);
      assertThat(result.floats("score")).hasSize(IMAGES);
    }
  }

  @Test
  void outputsInJsonArePackedIfThatIsAskedFor() throws IOException {
    StringBuilder numbers = new StringBuilder();
    for (byte pixel : pixels) {
      numbers.append(numbers.isEmpty() ? "" : ",").append(Byte.toUnsignedInt(pixel));
    }
    String json =
        "{\"inputs\":[{\"name\":\"pixels\",\"shape\":[3,784],\"datatype\":\"UINT8\",\"data\":[%s]}],\"outputs\":[{\"name\":\"outputs\",\"parameters\":{\"binary_data\":false}},{\"name\":\"digit\",\"parameters\":{\"binary_data\":false}}],\"parameters\":{\"sequence_id\":5,\"sequence_start\":true,\"sequence_end\":false,\"priority\":1,\"timeout\":100}}"
            .formatted(numbers);
    Result plain = infer("/v2/models/first/infer", json, new byte[0]).result();
    Result asked =
        infer("/v2/models/first/infer", json, new byte[0], "Accept-Encoding: gzip").result();
    assertThat(plain.json()).isEqualTo(asked.json());
    assertThat(plain.json().at("/outputs/0/data")).hasSize(10 * IMAGES);
    assertThat((float) plain.json().at("/outputs/0/data/4").doubleValue())
        .isEqualTo(expected(1)[4]);
  }

  private static String classes(int count, boolean isBinary) {
    return "{%s,\"outputs\":[{\"name\":\"outputs\",\"parameters\":{\"classification\":%d,\"binary_data\":%s}},{\"name\":\"digit\",\"parameters\":{\"binary_data\":true}}]}"
        .formatted(INPUT, count, isBinary);
  }

  @Test
  void classesComeTheLikeliestFirstAsTextsBehindTheirLengths() throws IOException {
    float[] expected = expected(1);
    Result binary = infer("/v2/models/first/infer", classes(3, true), pixels).result();
    JsonNode output = binary.json().at("/outputs/0");
    assertThat(output.get("datatype").asText()).isEqualTo("BYTES");
    assertThat(output.get("shape").toString()).isEqualTo("[3,3]");
    List<String> texts = binary.texts("outputs");
    assertThat(texts).hasSize(3 * IMAGES);
    for (int image = 0; image < IMAGES; image++) {
      float before = Float.POSITIVE_INFINITY;
      for (String text : texts.subList(3 * image, 3 * image + 3)) {
        String[] parts = text.split(":");
        float value = Float.parseFloat(parts[0]);
        assertThat(value).isEqualTo(expected[10 * image + Integer.parseInt(parts[1])]);
        assertThat(value).isLessThanOrEqualTo(before);
        assertThat(parts).hasSize(2);
        assertThat(parts[0]).matches("[0-9]+\\.[0-9]+");
        before = value;
      }
      assertThat(texts.get(3 * image)).endsWith(":" + binary.data("digit").getLong(8 * image));
    }
    Result json = infer("/v2/models/first/infer", classes(3, false), pixels).result();
    List<String> inJson = new ArrayList<>();
    json.json().at("/outputs/0/data").forEach(text -> inJson.add(text.asText()));
    assertThat(inJson).isEqualTo(texts);
  }

  @Test
  void ofMoreClassesThanThereAreAllAreAnswered() throws IOException {
    Result result = infer("/v2/models/first/infer", classes(1000, true), pixels).result();
    assertThat(result.json().at("/outputs/0/shape").toString()).isEqualTo("[3,10]");
    assertThat(result.texts("outputs")).hasSize(10 * IMAGES);
  }

  @Test
  void aRawRequestIsNothingButBrightness() throws IOException {
    ByteBuffer brightness =
        ByteBuffer.allocate(Float.BYTES * 784 * IMAGES).order(ByteOrder.LITTLE_ENDIAN);
    for (byte pixel : pixels) {
      brightness.putFloat(Byte.toUnsignedInt(pixel) / 255f);
    }
    Answer answer =
        send(
            "POST /v2/models/first/infer",
            brightness.array(),
            "Content-Type: application/octet-stream",
            "Inference-Header-Content-Length: 0");
    assertThat(answer.result().floats("outputs")).isEqualTo(expected(1));
    assertThat(answer.result().json().findValuesAsText("name"))
        .containsExactly("outputs", "digit", "score");
    Answer odd =
        send("POST /v2/models/first/infer", new byte[784], "Inference-Header-Content-Length: 0");
    assertThat(odd.status()).isEqualTo(400);
    assertThat(odd.json().get("error").asText())
        .isEqualTo(
            "The body has 784 bytes and, as Inference-Header-Content-Length says, no JSON: send FP32 of up to 10000 images, 3136 bytes each.");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /v2/repository/models/first/load, 503",
    "POST, /v2/repository/models/first/unload, 503",
    "GET, /v2/trace/setting, 404",
    "POST, /v2/trace/setting, 404",
    "GET, /v2/models/first/trace/setting, 404",
    "POST, /v2/models/first/trace/setting, 404",
    "GET, /v2/logging, 404",
    "POST, /v2/logging, 404",
    "GET, /v2/systemsharedmemory/status, 404",
    "POST, /v2/systemsharedmemory/region/r/register, 404",
    "POST, /v2/systemsharedmemory/unregister, 404",
    "GET, /v2/cudasharedmemory/status, 404",
    "POST, /v2/cudasharedmemory/region/r/register, 404",
    "POST, /v2/cudasharedmemory/unregister, 404"
  })
  void whatIsNotToBeHadIsAnErrorThatTheClientReads(String method, String path, int status)
      throws IOException {
    Answer answer = method.equals("GET") ? get(path) : post(path, "{}");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().size()).isEqualTo(1);
    assertThat(answer.json().get("error").isTextual()).isTrue();
  }

  @Test
  void nothingIsReadFromOrWrittenToSharedMemory() throws IOException {
    String output =
        "{%s,\"outputs\":[{\"name\":\"outputs\",\"parameters\":{\"binary_data\":false,\"shared_memory_region\":\"r\",\"shared_memory_byte_size\":120}}]}"
            .formatted(INPUT);
    assertThat(infer("/v2/models/first/infer", output, pixels).json().get("error").asText())
        .isEqualTo("Outputs are not written to shared memory: ask for them in the answer.");
    String input =
        "{\"inputs\":[{\"name\":\"pixels\",\"shape\":[3,784],\"datatype\":\"UINT8\",\"parameters\":{\"shared_memory_region\":\"r\",\"shared_memory_byte_size\":2352}}]}";
    Answer answer = post("/v2/models/first/infer", input);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("error").asText()).contains("neither \"data\" nor");
  }
}
