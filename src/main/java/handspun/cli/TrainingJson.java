package handspun.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import handspun.math.Kernels;
import handspun.run.Trained;
import handspun.run.TrainingRun;
import handspun.spark.Aggregation;
import handspun.train.Acceptance;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.train.PartitionWork;
import handspun.train.StoppingRule;
import handspun.train.Trainer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a machine reads after a network was trained. */
final class TrainingJson {
  private TrainingJson() {}

  static String line(Trained trained, Aggregation aggregation) {
    TrainingRun run = trained.run();
    Trainer.Result result = trained.result();
    Evaluation test = trained.test();
    byte[] line =
        Json.object(
            json -> {
              json.writeNumberField("testAccuracy", test.accuracy());
              json.writeNumberField("testCorrect", test.correct());
              json.writeNumberField("testTotal", test.total());
              Acceptance.writeField(json, trained.acceptance());
              json.writeStringField("parametersSha256", result.network().sha256());
              json.writeStringField("model", run.model().toString());
              json.writeStringField("run", run.folder().toString());
              json.writeNumberField("trainSeconds", trained.seconds());
              json.writeArrayFieldStart("epochSeconds");
              for (EpochSummary epoch : result.epochs()) {
                json.writeNumber(epoch.seconds());
              }
              json.writeEndArray();
              if (StoppingRule.of(run.plan()).keepsBest()) {
                json.writeNumberField("bestEpoch", result.goodEpochs());
              }
              json.writeNumberField("partitions", run.partitions().partitions());
              work(json, PartitionWork.total(result.epochs()));
              for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
                json.writeObjectField(hyperparameter.jsonName(), run.plan().json(hyperparameter));
              }
              json.writeStringField("strategy", aggregation.toString());
              json.writeStringField("kernels", Kernels.fastest().description());
              if (run.resumedAfter().isPresent()) {
                json.writeNumberField("resumedAfterEpoch", run.resumedAfter().getAsInt());
              }
              if (result.failure().isPresent()) {
                json.writeStringField("failure", result.failure().get());
              }
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  /** Of all epochs, by partition. */
  private static void work(JsonGenerator json, List<PartitionWork> work) throws IOException {
    json.writeArrayFieldStart("computeSeconds");
    for (PartitionWork partition : work) {
      json.writeNumber(partition.computeSeconds());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("waitSeconds");
    for (PartitionWork partition : work) {
      json.writeNumber(partition.waitSeconds());
    }
    json.writeEndArray();
    json.writeNumberField("bytesExchanged", PartitionWork.bytesExchanged(work));
  }
}
