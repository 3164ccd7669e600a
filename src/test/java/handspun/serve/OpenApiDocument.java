package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a server says of itself at {@code /openapi.json}. */
record OpenApiDocument(JsonNode root) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** With the schemas of OpenAPI in the place of those that would be loaded from its site. */
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDialects(
          List.of(Dialects.getDraft202012(), Dialects.getOpenApi31()),
          with ->
              with.schemaIdResolvers(
                  ids ->
                      ids.mapPrefix("https://spec.openapis.org/", "classpath:spec.openapis.org/")));

  static OpenApiDocument of(URI server, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("openapi.json"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new OpenApiDocument(JSON.readTree(response.body()));
  }

  /** {@return what OpenAPI's own schema has against it} */
  List<Error> problems() {
    return SCHEMAS
        .getSchema(SchemaLocation.of("https://spec.openapis.org/oas/3.1/schema-base/2022-10-07"))
        .validate(root.toString(), InputFormat.JSON);
  }

  Set<String> paths() {
    Set<String> paths = new TreeSet<>();
    root.get("paths").fieldNames().forEachRemaining(paths::add);
    return paths;
  }

  JsonNode operation(String method, String path) {
    return root.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  /** {@return the description of a status: its own, but for what may happen at any address} */
  private JsonNode response(String method, String path, int status) {
    JsonNode responses = operation(method, path).path("responses");
    return responses.path(status == 405 ? "default" : "" + status);
  }

  /** An answer must be one that is described, without a field that is not. */
  void assertDescribes(String method, String path, HttpResponse<byte[]> answer) throws IOException {
    String what = "%s %s: %d".formatted(method, path, answer.statusCode());
    JsonNode described = response(method, path, answer.statusCode());
    assertThat(described.isMissingNode()).as(what).isFalse();
    if (answer.body().length == 0) {
      assertThat(described.has("content") && !method.equals("HEAD")).as(what).isFalse();
      return;
    }
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
    assertThat(described.path("content").has(type)).as(what + " " + type).isTrue();
    JsonNode schema = described.path("content").path(type).path("schema");
    if (!schema.isMissingNode()) {
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      assertThat(strict(schema).validate(body, InputFormat.JSON)).as(what + " " + body).isEmpty();
    }
  }

  /** A body must be one that may be posted. */
  void assertTakes(String path, String json) {
    JsonNode schema = operation("POST", path).at("/requestBody/content/application~1json/schema");
    assertThat(schema.isMissingNode()).as(path).isFalse();
    assertThat(strict(schema).validate(json, InputFormat.JSON)).as(path).isEmpty();
  }

  private Schema strict(JsonNode schema) {
    ObjectNode whole = JSON.createObjectNode();
    whole.putArray("allOf").add(schema.deepCopy());
    whole.set("components", root.get("components").deepCopy());
    close(whole);
    return SCHEMAS.getSchema(whole);
  }

  /** Programs must pass over fields that they do not know; a test must not. */
  private static void close(JsonNode node) {
    node.forEach(OpenApiDocument::close);
    if (node instanceof ObjectNode object
        && object.path("type").asText().equals("object")
        && object.has("properties")
        && !object.has("additionalProperties")) {
      object.put("additionalProperties", false);
    }
  }
}
