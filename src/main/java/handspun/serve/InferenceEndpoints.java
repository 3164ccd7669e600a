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

  /** The type of a body in which binary data follow JSON. */
  static final String BINARY = "application/octet-stream";

  private static final String READY = "ready";
  private static final String LIVE = "live";

  /** What this server is. */
  Endpoint server() {
    return request -> Reply.json(json -> Metadata.writeServer(json, version()));
  }

  /** That the server lives. */
  Endpoint serverLive() {
    return Reply.json(json -> json.writeBooleanField(LIVE, true)).always();
  }

  /** Whether requests should be sent here: the protocol's text has one field, servers the other. */
  Endpoint serverReady() {
    return request ->
        readiness.answer(
            json -> {
              json.writeBooleanField(LIVE, true);
              json.writeBooleanField(READY, true);
            });
  }

  /** The names of all models. */
  Endpoint names() {
    return request -> Reply.json(this::writeNames);
  }

  /** A model's inputs and outputs. */
  Endpoint metadata() {
    return about(Metadata::writeModel);
  }

  /** The same in the terms of Triton. */
  Endpoint configuration() {
    return about(Metadata::writeConfiguration);
  }

  /** Whether a model can be asked. */
  Endpoint modelReady() {
    return about(InferenceEndpoints::writeReady);
  }

  /** How much a model was asked. */
  Endpoint modelStatistics() {
    return request -> statistics(List.of(model(request).name()));
  }

  /** How much all models were asked. */
  Endpoint allStatistics() {
    return request -> statistics(models.list().stream().map(ListedModel::name).distinct().toList());
  }

  /** Which models there are: all can be asked, what is not in memory is read then. */
  Endpoint index() {
    return new PostEndpoint(
        Endpoint.MOST_UNEXPECTED_BYTES, request -> Reply.jsonArray(this::writeIndex));
  }

  /** Refuses to load and unload, as Triton does where its models are not to be controlled. */
  Endpoint control() {
    return new PostEndpoint(
        Endpoint.MOST_UNEXPECTED_BYTES,
        request -> {
          throw new RefusedRequest(
              503,
              "An explicit model load / unload is not allowed: models are loaded when they are asked for.");
        });
  }

  /** Reads images by version 2. */
  Endpoint inference() {
    return new PostEndpoint(MOST_BYTES, this::infer);
  }

  /** Reads images by version 1. */
  Endpoint prediction() {
    return new PostEndpoint(MOST_BYTES, this::predict);
  }

  /** Writes something about a model with a name and so many outputs. */
  @FunctionalInterface
  private interface ModelFields {
    void write(JsonGenerator json, String name, int classes) throws IOException;
  }

  /** {@return of which version the server is} */
  static String version() {
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
                BINARY,
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

  private void writeIndex(JsonGenerator json) throws IOException {
    for (ListedModel model : models.list()) {
      json.writeStartObject();
      json.writeStringField("name", model.name());
      json.writeStringField("version", Metadata.VERSION);
      json.writeStringField("state", "READY");
      json.writeStringField("reason", "");
      json.writeEndObject();
    }
  }
}
