package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import handspun.math.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Answers over real HTTP, field by field beside what the Open Inference Protocol and Triton's
 * extensions require ({@code open-inference-protocol.json}); a field that these do not know fails.
 */
class OpenInferenceProtocolTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final JsonNode PROTOCOL = protocol();
  private static final String INFER = "/v2/models/small/infer";
  private static final String LENGTH = "Inference-Header-Content-Length";

  private static DigitServer server;

  private static JsonNode protocol() {
    try (InputStream in =
        OpenInferenceProtocolTest.class.getResourceAsStream("open-inference-protocol.json")) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeAll
  static void start() {
    server =
        DigitServer.start("small.handspun", RunFiles.model(1), Kernels.fastest(), "127.0.0.1", 0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static HttpResponse<byte[]> send(String method, String path, String body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve(path))
            .method(method, BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofByteArray());
  }

  private static List<Error> problems(String schema, byte[] json) {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", "#/$defs/" + schema);
    root.set("$defs", PROTOCOL.get("$defs"));
    return SCHEMAS.getSchema(root).validate(text(json), InputFormat.JSON);
  }

  private static String text(byte[] body) {
    return new String(body, StandardCharsets.UTF_8);
  }

  private static void assertIs(String schema, byte[] json) {
    assertThat(problems(schema, json)).as(text(json)).isEmpty();
  }

  private static String request(String... fields) {
    String pixels = String.join(",", Stream.generate(() -> "9").limit(784).toList());
    String input =
        "\"inputs\":[{\"name\":\"pixels\",\"shape\":[1,784],\"datatype\":\"UINT8\",\"data\":[%s]}]"
            .formatted(pixels);
    return "{%s}"
        .formatted(String.join(",", Stream.concat(Stream.of(fields), Stream.of(input)).toList()));
  }

  private static Stream<JsonNode> addresses() {
    return StreamSupport.stream(PROTOCOL.get("addresses").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void everyAddressAnswersWithTheStatusAndTheFieldsOfTheProtocol(JsonNode address)
      throws Exception {
    List<Map.Entry<String, JsonNode>> fields = List.copyOf(address.properties());
    String method = fields.get(0).getKey().toUpperCase(Locale.ROOT);
    String path =
        fields.get(0).getValue().asText().replace("MODEL", "small").replace("VERSION", "1");
    HttpResponse<byte[]> answer =
        send(method, path, path.endsWith("/infer") ? request() : method.equals("GET") ? "" : "{}");
    assertThat(answer.statusCode() + "").as(path).isEqualTo(fields.get(1).getKey());
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertIs(fields.get(1).getValue().asText(), answer.body());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v2/models/nothing, 404",
    "GET, /v2/models/nothing/ready, 404",
    "GET, /v2/models/nothing/config, 404",
    "GET, /v2/models/nothing/stats, 404",
    "POST, /v2/models/nothing/infer, 404",
    "GET, /v2/models/small/versions/2, 404",
    "GET, /v2/models/small/versions/2/ready, 404",
    "POST, /v2/models/small/versions/2/infer, 404",
    "POST, /v2/models/small/infer, 400",
    "GET, /v2/models/small/infer, 405",
    "GET, /v2/repository/index, 405",
    "GET, /v2/nothing, 404",
    "POST, /v2, 405"
  })
  void everyErrorIsAnObjectWithASentence(String method, String path, int status) throws Exception {
    HttpResponse<byte[]> answer = send(method, path, method.equals("POST") ? "{}" : "");
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertIs("error_response", answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"id\":\"42\"",
        "\"parameters\":{\"priority\":1,\"timeout\":1000,\"sequence_start\":false,\"content_type\":\"np\"}",
        "\"outputs\":[{\"name\":\"digit\"}]",
        "\"outputs\":[{\"name\":\"outputs\",\"parameters\":{\"classification\":3}},{\"name\":\"score\"}]",
        "\"outputs\":[]"
      })
  void everyRequestOfTheProtocolIsAnswered(String field) throws Exception {
    String request = request(field);
    assertIs("inference_request", request.getBytes(StandardCharsets.UTF_8));
    HttpResponse<byte[]> answer = send("POST", INFER, request);
    assertThat(answer.statusCode()).as(text(answer.body())).isEqualTo(200);
    assertIs("inference_response", answer.body());
    JsonNode json = JSON.readTree(answer.body());
    assertThat(json.has("id")).isEqualTo(field.contains("id"));
    JsonNode asked = JSON.readTree(request).path("outputs");
    if (!asked.isEmpty()) {
      assertThat(json.get("outputs").findValuesAsText("name"))
          .isEqualTo(asked.findValuesAsText("name"));
    }
  }

  @Test
  void tensorsOfAnAnswerAreThoseOfTheMetadata() throws Exception {
    JsonNode metadata = JSON.readTree(send("GET", "/v2/models/small", "").body());
    JsonNode answer = JSON.readTree(send("POST", INFER, request()).body());
    assertThat(metadata.at("/versions/0")).isEqualTo(answer.get("model_version"));
    assertThat(metadata.get("name")).isEqualTo(answer.get("model_name"));
    assertThat(answer.get("outputs")).hasSameSizeAs(metadata.get("outputs"));
    for (int i = 0; i < metadata.get("outputs").size(); i++) {
      JsonNode told = metadata.at("/outputs/" + i);
      JsonNode sent = answer.at("/outputs/" + i);
      assertThat(sent.get("name")).isEqualTo(told.get("name"));
      assertThat(sent.get("datatype")).isEqualTo(told.get("datatype"));
      // One image in the place of any number.
      assertThat(told.get("shape").toString().replace("-1", "1"))
          .isEqualTo(sent.get("shape").toString());
      int elements = 1;
      for (JsonNode size : sent.get("shape")) {
        elements *= size.asInt();
      }
      assertThat(sent.get("data")).hasSize(elements);
    }
  }

  @Test
  void aBinaryAnswerHasTheFieldsOfTheExtension() throws Exception {
    HttpResponse<byte[]> answer =
        send("POST", INFER, request("\"parameters\":{\"binary_data_output\":true}"));
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
    int length = Integer.parseInt(answer.headers().firstValue(LENGTH).orElseThrow());
    byte[] json = Arrays.copyOf(answer.body(), length);
    assertIs("binary_response", json);
    int data = 0;
    for (JsonNode output : JSON.readTree(json).get("outputs")) {
      data += output.at("/parameters/binary_data_size").asInt();
    }
    assertThat(answer.body()).hasSize(length + data);
  }

  @Test
  void whatDiffersFromTheProtocolIsFound() {
    assertThat(
            problems("ready_server_response", "{\"ready\":true}".getBytes(StandardCharsets.UTF_8)))
        .isNotEmpty();
    assertThat(problems("error_response", "{\"message\":\"no\"}".getBytes(StandardCharsets.UTF_8)))
        .isNotEmpty();
  }
}
