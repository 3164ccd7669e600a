package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.JsonSchema;
import handspun.serve.Description.Media;
import handspun.serve.Description.Outcome;
import handspun.serve.Routes.Route;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Describes the server to programs, in OpenAPI 3.1, whose schemas are those of JSON Schema as it
 * is, so that any validator of the latter can check answers.
 */
record OpenApiEndpoint(Routes routes, Told told) implements Endpoint {
  static final String PATH = "/openapi.json";

  static final Description DESCRIPTION =
      Description.of("This description", JsonSchema.mapOf(JsonSchema.any()));

  private static final Parameter ANSWERED_BY =
      Parameter.header(
          ServedModel.HEADER, ServedModel.SHA256, "Which model answered, or is served.");

  private static final String TOKEN = "token";
  private static final String DESCRIBED = "description";

  @Override
  public Reply answer(Request request) {
    return Reply.json(this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStringField("openapi", "3.1.0");
    json.writeObjectFieldStart("info");
    json.writeStringField("title", "Handspun");
    json.writeStringField("summary", "A neural network that reads handwritten digits");
    json.writeStringField("version", InferenceEndpoints.version());
    json.writeEndObject();
    json.writeArrayFieldStart("servers");
    json.writeStartObject();
    // Where this document is, also behind a proxy's path.
    json.writeStringField("url", ".");
    json.writeEndObject();
    json.writeEndArray();
    if (told.isSecret()) {
      writeSecurity(json, true);
    }
    json.writeObjectFieldStart("paths");
    for (Map.Entry<String, Route> route : routes.described().entrySet()) {
      json.writeObjectFieldStart(route.getKey());
      for (String method : route.getValue().endpoint().methods()) {
        json.writeObjectFieldStart(method.toLowerCase(Locale.ROOT));
        writeOperation(json, method, route.getKey(), route.getValue());
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
    json.writeObjectFieldStart("components");
    writeComponents(json);
    json.writeEndObject();
  }

  private static void writeSecurity(JsonGenerator json, boolean isAsked) throws IOException {
    json.writeArrayFieldStart("security");
    if (isAsked) {
      json.writeStartObject();
      json.writeArrayFieldStart(TOKEN);
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void writeComponents(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("schemas");
    for (Map.Entry<String, JsonSchema> schema : namedSchemas().entrySet()) {
      json.writeFieldName(schema.getKey());
      schema.getValue().writeKeywords(json);
    }
    json.writeEndObject();
    if (told.isSecret()) {
      json.writeObjectFieldStart("securitySchemes");
      json.writeObjectFieldStart(TOKEN);
      json.writeStringField("type", "http");
      json.writeStringField("scheme", "bearer");
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private SortedMap<String, JsonSchema> namedSchemas() {
    SortedMap<String, JsonSchema> named = new TreeMap<>();
    routes.described().values().stream()
        .map(Route::description)
        .flatMap(
            one ->
                Stream.concat(
                    one.bodies().stream(),
                    one.outcomes().stream().flatMap(outcome -> outcome.bodies().stream())))
        .flatMap(body -> body.schema().stream())
        .flatMap(JsonSchema::allNamed)
        .forEach(schema -> named.put(schema.name().orElseThrow(), schema));
    named.put(Description.ERROR.name().orElseThrow(), Description.ERROR);
    return named;
  }

  private void writeOperation(JsonGenerator json, String method, String path, Route route)
      throws IOException {
    Description description = route.description();
    json.writeStringField("operationId", operation(method, path));
    json.writeStringField("summary", description.summary());
    if (told.isSecret() && TokenCheck.isOpen(path)) {
      writeSecurity(json, false);
    }
    json.writeArrayFieldStart("parameters");
    for (Parameter parameter : description.parameters()) {
      write(json, parameter);
    }
    json.writeEndArray();
    if (!description.bodies().isEmpty()) {
      json.writeObjectFieldStart("requestBody");
      json.writeBooleanField("required", true);
      writeContent(json, description.bodies());
      json.writeEndObject();
    }
    json.writeObjectFieldStart("responses");
    for (Map.Entry<String, List<Outcome>> status : byStatus(path, route).entrySet()) {
      json.writeObjectFieldStart(status.getKey());
      writeOutcome(json, path, status.getValue(), method.equals("HEAD"));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** {@return a name that no other has: getApiTestImages} */
  private static String operation(String method, String path) {
    return method.toLowerCase(Locale.ROOT)
        + Stream.of((path.endsWith("/") ? path + "slash" : path).split("[^A-Za-z0-9]+"))
            .filter(word -> !word.isEmpty())
            .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
            .collect(Collectors.joining());
  }

  private static void write(JsonGenerator json, Parameter parameter) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", parameter.name());
    json.writeStringField("in", parameter.in());
    json.writeBooleanField("required", parameter.isPath());
    writeMeaning(json, parameter);
    json.writeEndObject();
  }

  private static void writeMeaning(JsonGenerator json, Parameter parameter) throws IOException {
    json.writeStringField(DESCRIBED, parameter.words());
    json.writeFieldName("schema");
    parameter.schema().write(json);
  }

  private static void writeContent(JsonGenerator json, List<Media> bodies) throws IOException {
    json.writeObjectFieldStart("content");
    for (Media body : bodies) {
      json.writeObjectFieldStart(body.type());
      if (body.schema().isPresent()) {
        json.writeFieldName("schema");
        body.schema().get().write(json);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeOutcome(
      JsonGenerator json, String path, List<Outcome> outcomes, boolean isHead) throws IOException {
    json.writeStringField(DESCRIBED, outcomes.get(0).words());
    json.writeObjectFieldStart("headers");
    List<Parameter> headers =
        Stream.concat(
                RequestHandler.namesModel(path) ? Stream.of(ANSWERED_BY) : Stream.empty(),
                outcomes.stream().flatMap(outcome -> outcome.headers().stream()))
            .toList();
    for (Parameter header : headers) {
      json.writeObjectFieldStart(header.name());
      writeMeaning(json, header);
      json.writeEndObject();
    }
    json.writeEndObject();
    List<Media> bodies = outcomes.stream().flatMap(one -> one.bodies().stream()).toList();
    if (!bodies.isEmpty() && !isHead) {
      writeContent(json, bodies);
    }
  }

  /** What is answered, with what the description says first, then what follows from the rest. */
  private SortedMap<String, List<Outcome>> byStatus(String path, Route route) {
    SortedMap<String, List<Outcome>> all = new TreeMap<>();
    for (Outcome outcome : route.description().outcomes()) {
      all.computeIfAbsent(Integer.toString(outcome.status()), key -> new ArrayList<>())
          .add(outcome);
    }
    refusals(path, route).forEach(one -> all.putIfAbsent("" + one.status(), List.of(one)));
    all.put("default", List.of(refusal(0, "A refusal, or an error.")));
    return all;
  }

  private List<Outcome> refusals(String path, Route route) {
    Description description = route.description();
    List<Outcome> refusals = new ArrayList<>();
    if (!description.bodies().isEmpty()
        || description.parameters().stream().anyMatch(one -> !one.isPath())) {
      refusals.add(refusal(400, "The request is not as it should be."));
    }
    if (told.isSecret() && !TokenCheck.isOpen(path)) {
      refusals.add(refusal(401, "The request has no token, or another one."));
    }
    // What is always refused is not looked up before.
    if (description.outcomes().stream().anyMatch(one -> one.status() == 200)
        && description.parameters().stream()
            .anyMatch(one -> one.isPath() || one.equals(ServedModels.MODEL))) {
      refusals.add(refusal(404, "There is no such model, or what is asked of it."));
    }
    if (!description.bodies().isEmpty()) {
      refusals.add(
          refusal(413, "The body has more than %d bytes.".formatted(route.endpoint().mostBytes())));
    }
    return refusals;
  }

  private static Outcome refusal(int status, String words) {
    return Outcome.error(status, words, Description.ERROR);
  }
}
