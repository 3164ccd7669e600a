package handspun.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.math.Kernels;
import handspun.train.Acceptance;
import handspun.train.Calibration;
import handspun.train.Evaluation;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a machine reads of an evaluation: the fields of {@link TrainingJson}, with null for what
 * only training knows, and for what is of one model where there is a committee.
 */
final class EvaluationJson {
  private EvaluationJson() {}

  /**
   * @param data where the test images are
   * @param pictures writes where these are
   */
  static String line(
      TestedModels tested, Calibration calibration, String data, Json.Fields pictures) {
    Evaluation evaluation = tested.evaluation();
    Optional<TestedModel> alone = tested.alone();
    Optional<Plan> plan = alone.flatMap(one -> one.model().plan());
    byte[] line =
        Json.object(
            json -> {
              json.writeNumberField("testAccuracy", evaluation.accuracy());
              json.writeNumberField("testCorrect", evaluation.correct());
              json.writeNumberField("testTotal", evaluation.total());
              Json.writeNumberOrNull(json, "cost", evaluation.cost());
              Acceptance.writeField(json, alone.flatMap(one -> one.model().acceptance()));
              json.writeStringField(
                  "parametersSha256",
                  alone.map(one -> one.model().network().sha256()).orElse(null));
              json.writeStringField("model", alone.map(one -> one.file().toString()).orElse(null));
              json.writeStringField(
                  "run", alone.map(one -> one.file().parent().toString()).orElse(null));
              if (alone.isEmpty()) {
                TestedModel.writeArray(json, tested.members());
              }
              json.writeNullField("trainSeconds");
              json.writeNullField("epochSeconds");
              json.writeNullField("partitions");
              for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
                json.writeObjectField(
                    hyperparameter.jsonName(),
                    plan.map(known -> known.json(hyperparameter)).orElse(null));
              }
              json.writeNullField("strategy");
              json.writeStringField("data", data);
              json.writeStringField("kernels", Kernels.fastest().description());
              pictures.write(json);
              calibration(json, calibration);
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  private static void calibration(JsonGenerator json, Calibration calibration) throws IOException {
    Json.writeNumberOrNull(json, "expectedCalibrationError", calibration.expectedError());
    Json.writeNumberOrNull(json, "meanConfidence", calibration.confidence());
    json.writeArrayFieldStart("calibrationBins");
    for (Calibration.Bin bin : calibration.bins()) {
      json.writeStartObject();
      json.writeNumberField("from", bin.from());
      json.writeNumberField("to", bin.to());
      json.writeNumberField("count", bin.count());
      Json.writeNumberOrNull(json, "accuracy", bin.accuracy());
      Json.writeNumberOrNull(json, "confidence", bin.confidence());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
