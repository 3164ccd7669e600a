package handspun.inference;

import handspun.JsonSchema;
import handspun.image.DigitNormalizer;
import java.util.List;
import java.util.stream.Stream;

/** What the objects of the protocol are, as programs read it in an OpenAPI description. */
public final class Schemas {
  private static final JsonSchema TEXT = JsonSchema.text();
  private static final JsonSchema FLAG = JsonSchema.flag();
  private static final JsonSchema WHOLE = JsonSchema.whole();
  private static final JsonSchema SHAPE = JsonSchema.arrayOf(WHOLE);
  private static final JsonSchema BINARY_SIZE =
      WHOLE.said("Bytes of binary data, in the place of data in JSON.");

  /** What {@link Metadata#writeServer} writes. */
  public static final JsonSchema SERVER =
      JsonSchema.object()
          .with("name", TEXT)
          .with("version", TEXT)
          .with("extensions", JsonSchema.arrayOf(TEXT))
          .named("ServerMetadata");

  private static final JsonSchema TENSORS =
      JsonSchema.arrayOf(
          JsonSchema.object()
              .with("name", TEXT)
              .with("datatype", TEXT)
              .with("shape", SHAPE.said("-1 is any number of images."))
              .named("TensorMetadata"));

  /** What {@link Metadata#writeModel} writes. */
  public static final JsonSchema MODEL =
      JsonSchema.object()
          .with("name", TEXT)
          .with("versions", JsonSchema.arrayOf(TEXT))
          .with("platform", TEXT)
          .with("inputs", TENSORS)
          .with("outputs", TENSORS)
          .named("ModelMetadata");

  private static final JsonSchema CONFIGURED =
      JsonSchema.arrayOf(
          JsonSchema.object()
              .with("name", TEXT)
              .with("data_type", TEXT)
              .with("dims", SHAPE)
              .named("TensorConfiguration"));

  /** What {@link Metadata#writeConfiguration} writes. */
  public static final JsonSchema CONFIGURATION =
      JsonSchema.object()
          .with("name", TEXT)
          .with("platform", TEXT)
          .with("backend", TEXT)
          .with("max_batch_size", WHOLE)
          .with("input", CONFIGURED)
          .with("output", CONFIGURED)
          .named("ModelConfiguration");

  private static final JsonSchema DURATION =
      JsonSchema.object().with("count", WHOLE).with("ns", WHOLE).named("Duration");

  /** What {@link ModelStatistics#write} writes. */
  public static final JsonSchema STATISTICS =
      JsonSchema.object()
          .with("name", TEXT)
          .with("version", TEXT)
          .with("last_inference", WHOLE.said("Milliseconds since 1970."))
          .with("inference_count", WHOLE.said("Images that were read."))
          .with("execution_count", WHOLE.said("Requests that were answered."))
          .with(
              "inference_stats",
              durations(
                  JsonSchema.object(),
                  "success",
                  "fail",
                  "queue",
                  "compute_input",
                  "compute_infer",
                  "compute_output",
                  "cache_hit",
                  "cache_miss"))
          .with(
              "batch_stats",
              JsonSchema.arrayOf(
                  durations(
                      JsonSchema.object().with("batch_size", WHOLE),
                      "compute_input",
                      "compute_infer",
                      "compute_output")))
          .named("ModelStatistics");

  private static final JsonSchema INPUT =
      JsonSchema.object()
          .with("name", JsonSchema.text(List.of(ImageTensor.NAME)))
          .with("shape", SHAPE.said("[n,784], [n,28,28] or [n,28,28,1]."))
          .with("datatype", JsonSchema.text(List.of("FP32", "UINT8")))
          .perhaps("parameters", JsonSchema.object().perhaps("binary_data_size", BINARY_SIZE))
          .perhaps(
              "data",
              JsonSchema.arrayOf(JsonSchema.any())
                  .said("Brightness from 0 to 1, or bytes; flat, or in arrays as the shape says."))
          .named("InferenceInput");

  private static final JsonSchema REQUESTED_OUTPUT =
      JsonSchema.object()
          .with(
              "name", JsonSchema.text(OutputTensor.ALL.stream().map(OutputTensor::tensor).toList()))
          .perhaps(
              "parameters",
              JsonSchema.object()
                  .perhaps("binary_data", FLAG)
                  .perhaps(
                      "classification",
                      WHOLE.said(
                          "So many classes with the largest outputs, as texts value:class.")))
          .named("RequestedOutput");

  /** What {@link InferenceRequest#read} reads. */
  public static final JsonSchema REQUEST =
      JsonSchema.object()
          .perhaps("id", TEXT)
          .perhaps("parameters", JsonSchema.object().perhaps("binary_data_output", FLAG))
          .with("inputs", JsonSchema.arrayOf(INPUT, 1))
          .perhaps("outputs", JsonSchema.arrayOf(REQUESTED_OUTPUT))
          .named("InferenceRequest");

  private static final JsonSchema OUTPUT =
      JsonSchema.object()
          .with("name", TEXT)
          .with(
              "datatype",
              JsonSchema.text(
                  Stream.of(Datatype.FP32, Datatype.INT64, Datatype.BYTES)
                      .map(Datatype::name)
                      .toList()))
          .with("shape", SHAPE)
          .perhaps("parameters", JsonSchema.object().with("binary_data_size", BINARY_SIZE))
          .perhaps("data", JsonSchema.arrayOf(JsonSchema.anyOf(JsonSchema.number(), TEXT)))
          .named("InferenceOutput");

  /** What an {@link InferenceResponse} begins with. */
  public static final JsonSchema RESPONSE =
      JsonSchema.object()
          .with("model_name", TEXT)
          .with("model_version", TEXT)
          .perhaps("id", TEXT)
          .with("outputs", JsonSchema.arrayOf(OUTPUT))
          .named("InferenceResponse");

  /** What {@link PredictRequest#read} reads. */
  public static final JsonSchema INSTANCES =
      JsonSchema.object()
          .with(
              "instances",
              JsonSchema.arrayOf(JsonSchema.arrayOf(JsonSchema.any()))
                  .said(
                      "Images, each of %d numbers from 0 to 1.".formatted(DigitNormalizer.PIXELS)))
          .named("PredictRequest");

  private Schemas() {}

  private static JsonSchema durations(JsonSchema object, String... names) {
    JsonSchema all = object;
    for (String name : names) {
      all = all.with(name, DURATION);
    }
    return all;
  }
}
