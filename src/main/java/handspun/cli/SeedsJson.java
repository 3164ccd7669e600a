package handspun.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.math.Kernels;
import handspun.run.SeedFigures;
import handspun.run.SeedsResult;
import handspun.spark.Aggregation;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.train.MeanAndSpread;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What a machine reads after networks were trained with several seeds. */
final class SeedsJson {
  private SeedsJson() {}

  static String line(SeedsResult result, Aggregation aggregation) {
    byte[] line =
        Json.object(
            json -> {
              write(json, "testAccuracy", result.test());
              write(json, "validationAccuracy", result.validation());
              write(json, "trainSeconds", result.seconds());
              json.writeStringField("run", result.folder().toString());
              json.writeArrayFieldStart("seeds");
              for (SeedFigures figures : result.figures()) {
                json.writeStartObject();
                writeFields(json, result, figures);
                json.writeEndObject();
              }
              json.writeEndArray();
              for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
                json.writeObjectField(
                    hyperparameter.jsonName(), result.plan().json(hyperparameter));
              }
              json.writeStringField("strategy", aggregation.toString());
              json.writeStringField("kernels", Kernels.fastest().description());
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  private static void write(JsonGenerator json, String name, MeanAndSpread spread)
      throws IOException {
    json.writeObjectFieldStart(name);
    Json.writeNumberOrNull(json, "mean", spread.mean());
    Json.writeNumberOrNull(json, "standardDeviation", spread.standardDeviation());
    Json.writeNumberOrNull(json, "min", spread.min());
    Json.writeNumberOrNull(json, "max", spread.max());
    json.writeEndObject();
  }

  private static void writeFields(JsonGenerator json, SeedsResult result, SeedFigures figures)
      throws IOException {
    json.writeNumberField("seed", figures.seed());
    json.writeNumberField("testAccuracy", figures.testAccuracy());
    json.writeNumberField("testCorrect", figures.testCorrect());
    json.writeNumberField("testTotal", figures.testTotal());
    Json.writeNumberOrNull(json, "validationAccuracy", figures.validationAccuracy());
    json.writeNumberField("epochs", figures.epochs());
    json.writeNumberField("trainSeconds", figures.seconds());
    json.writeStringField("parametersSha256", figures.sha256());
    json.writeStringField("model", result.model(figures).toString());
  }
}
