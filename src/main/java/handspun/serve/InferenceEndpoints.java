package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.inference.ImageTensor;
import handspun.inference.InferenceRequest;
import handspun.inference.InferenceResponse;
import handspun.inference.MalformedRequest;
import handspun.inference.Metadata;
import handspun.inference.PredictRequest;
import handspun.read.Readings;
import handspun.serve.InferenceStatistics.Stage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * The Open Inference Protocol: version 2 below {@code /v2} with binary tensors and statistics, and
 * version 1 below {@code /v1}.
 *
 * @param models any of which may be asked, by its name in the path
 * @param statistics of what was read
 * @param readiness whether requests should be sent here
 */
record InferenceEndpoints(
    ServedModels models, InferenceStatistics statistics, Readiness readiness) {
  /** The largest body: 10,000 images of FP32 take 31 MB. */
  static final int MOST_BYTES = 32 << 20;

  private static final String MODEL = "/v2/models/{model}";
  private static final String VERSIONED = MODEL + "/versions/{version}";
  private static final String READY = "ready";

  /** Has all of the protocol's addresses answered. */
  void addTo(Routes routes) {
    Endpoint server = request -> Reply.json(json -> Metadata.writeServer(json, version()));
    routes.put("/v2", server);
    routes.put("/v2/", server);
    routes.put("/v2/health/live", state("live"));
    routes.put(
        "/v2/health/ready",
        request -> readiness.answer(json -> json.writeBooleanField(READY, true)));
    routes.put(
        "/v2/models/stats",
        request -> statistics(models.list().stream().map(ListedModel::name).distinct().toList()));
    routes.put(
        "/v2/repository/index",
        new PostEndpoint(Endpoint.MOST_UNEXPECTED_BYTES, request -> index()));
    for (String model : List.of(MODEL, VERSIONED)) {
      routes.put(model, about(Metadata::writeModel));
      routes.put(model + "/config", about(Metadata::writeConfiguration));
      routes.put(model + "/ready", about(InferenceEndpoints::writeReady));
      routes.put(model + "/stats", request -> statistics(List.of(model(request).name())));
      routes.put(model + "/infer", new PostEndpoint(MOST_BYTES, this::infer));
    }
    routes.put("/v1/models", request -> Reply.json(this::writeNames));
    routes.put("/v1/models/{model}:predict", new PostEndpoint(MOST_BYTES, this::predict));
    routes.put("/v1/models/{model}", about(InferenceEndpoints::writeReady));
  }

  /** Writes something about a model with a name and so many outputs. */
  @FunctionalInterface
  private interface ModelFields {
    void write(JsonGenerator json, String name, int classes) throws IOException;
  }

  private static Endpoint state(String field) {
    return Reply.json(json -> json.writeBooleanField(field, true)).always();
  }

  private static String version() {
    String version = InferenceEndpoints.class.getPackage().getImplementationVersion();
    return version == null ? "unknown" : version;
  }

  private Endpoint about(ModelFields fields) {
    return request -> {
      ServedModel model = model(request);
      int classes = model.model().network().topology().outputs();
      return model.sign(Reply.json(json -> fields.write(json, model.name(), classes)));
    };
  }

  private static void writeReady(JsonGenerator json, String name, int classes) throws IOException {
    json.writeStringField("name", name);
    json.writeBooleanField(READY, true);
  }

  private ServedModel model(Request request) {
    ServedModel model = models.named(request.parameters().get("model"));
    String version = request.parameters().getOrDefault("version", Metadata.VERSION);
    if (!version.equals(Metadata.VERSION) && !version.equals(model.sha256())) {
      throw new RefusedRequest(
          404,
          "The model \"%s\" has no version \"%s\": ask for \"%s\", or for the SHA-256 of its parameters, %s."
              .formatted(model.name(), Query.shortened(version), Metadata.VERSION, model.sha256()));
    }
    return model;
  }

  private Reply infer(Request request) {
    return measured(
        request,
        body ->
            request.jsonLength().isPresent()
                ? InferenceRequest.read(body, request.jsonLength().get())
                : InferenceRequest.read(body),
        InferenceRequest::images,
        (model, inference, readings) ->
            reply(InferenceResponse.of(model.name(), Metadata.VERSION, inference, readings)));
  }

  private static Reply reply(InferenceResponse response) {
    OptionalInt jsonLength = response.jsonLength();
    return jsonLength.isEmpty()
        ? new Reply(200, Map.of("Content-Type", "application/json"), response.body())
        : new Reply(
            200,
            Map.of(
                "Content-Type",
                "application/octet-stream",
                Request.JSON_LENGTH,
                Integer.toString(jsonLength.getAsInt())),
            response.body());
  }

  private Reply predict(Request request) {
    return measured(
        request,
        PredictRequest::read,
        Function.identity(),
        (model, images, readings) -> Reply.json(json -> writePredictions(json, readings)));
  }

  private static void writePredictions(JsonGenerator json, Readings readings) throws IOException {
    json.writeArrayFieldStart("predictions");
    for (int i = 0; i < readings.count(); i++) {
      json.writeStartArray();
      for (int o = 0; o < readings.classes(); o++) {
        json.writeNumber(readings.outputs()[i * readings.classes() + o]);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  /** Makes an answer of what was asked and read. */
  @FunctionalInterface
  private interface Answering<T> {
    Reply answer(ServedModel model, T asked, Readings readings);
  }

  private <T> Reply measured(
      Request request,
      Function<byte[], T> parse,
      Function<T, ImageTensor> images,
      Answering<T> answering) {
    ServedModel model = model(request);
    return statistics
        .begin(model)
        .measure(
            inference -> {
              try {
                T asked = parse.apply(request.body());
                inference.ended(Stage.COMPUTE_INPUT);
                Readings readings = model.reader().read(images.apply(asked));
                inference.reads(readings.count());
                inference.ended(Stage.COMPUTE_INFER);
                Reply reply = model.sign(answering.answer(model, asked, readings));
                inference.ended(Stage.COMPUTE_OUTPUT);
                return reply;
              } catch (MalformedRequest e) {
                throw new RefusedRequest(400, e.getMessage());
              }
            });
  }

  private Reply statistics(List<String> names) {
    return Reply.json(
        json -> {
          json.writeArrayFieldStart("model_stats");
          for (String name : names) {
            statistics.of(name).write(json, name, Metadata.VERSION);
          }
          json.writeEndArray();
        });
  }

  private void writeNames(JsonGenerator json) throws IOException {
    json.writeArrayFieldStart("models");
    for (ListedModel model : models.list()) {
      json.writeString(model.name());
    }
    json.writeEndArray();
  }

  /** All models can be asked at once: what is not in memory is read then. */
  private Reply index() {
    return Reply.jsonArray(
        json -> {
          for (ListedModel model : models.list()) {
            json.writeStartObject();
            json.writeStringField("name", model.name());
            json.writeStringField("version", Metadata.VERSION);
            json.writeStringField("state", "READY");
            json.writeStringField("reason", "");
            json.writeEndObject();
          }
        });
  }
}
