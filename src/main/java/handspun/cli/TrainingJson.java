package handspun.cli;

import handspun.math.Kernels;
import handspun.serve.Json;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.LocalSteps;
import handspun.train.Trainer;
import java.nio.charset.StandardCharsets;

/** What a machine reads after a network was trained. */
final class TrainingJson {
  private TrainingJson() {}

  static String line(TrainingRun run, Trainer.Result result, Evaluation test) {
    byte[] line =
        Json.object(
            json -> {
              json.writeNumberField("testAccuracy", test.accuracy());
              json.writeNumberField("testCorrect", test.correct());
              json.writeNumberField("testTotal", test.total());
              json.writeStringField("parametersSha256", result.network().sha256());
              json.writeStringField("model", run.model().toString());
              json.writeStringField("run", run.folder().toString());
              json.writeNumberField("trainSeconds", TrainingConsole.seconds(result));
              json.writeArrayFieldStart("epochSeconds");
              for (EpochSummary epoch : result.epochs()) {
                json.writeNumber(epoch.seconds());
              }
              json.writeEndArray();
              json.writeNumberField("partitions", run.partitions().partitions());
              json.writeNumberField("lanes", run.plan().lanes());
              json.writeStringField("localSteps", LocalSteps.toString(run.plan().localSteps()));
              json.writeStringField("strategy", run.aggregation().toString());
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
}
