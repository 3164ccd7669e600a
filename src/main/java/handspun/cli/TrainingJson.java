package handspun.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import handspun.math.Kernels;
import handspun.spark.Aggregation;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.nio.file.Path;

/** What a machine reads after a network was trained. */
final class TrainingJson {
  private TrainingJson() {}

  static String line(
      Plan plan,
      Trainer.Result result,
      Evaluation test,
      Path model,
      Path folder,
      int partitions,
      Aggregation aggregation) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("testAccuracy", test.accuracy());
    json.put("testCorrect", test.correct());
    json.put("testTotal", test.total());
    json.put("parametersSha256", result.network().sha256());
    json.put("model", model.toString());
    json.put("run", folder.toString());
    json.put("trainSeconds", TrainingConsole.seconds(result));
    result.epochs().stream().map(EpochSummary::seconds).forEach(json.putArray("epochSeconds")::add);
    json.put("partitions", partitions);
    json.put("lanes", plan.lanes());
    json.put("strategy", aggregation.toString());
    json.put("kernels", Kernels.fastest().description());
    result.failure().ifPresent(failure -> json.put("failure", failure));
    return json.toString();
  }
}
