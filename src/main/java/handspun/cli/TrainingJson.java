package handspun.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import handspun.math.Kernels;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Trainer;

/** What a machine reads after a network was trained. */
final class TrainingJson {
  private TrainingJson() {}

  static String line(TrainingRun run, Trainer.Result result, Evaluation test) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("testAccuracy", test.accuracy());
    json.put("testCorrect", test.correct());
    json.put("testTotal", test.total());
    json.put("parametersSha256", result.network().sha256());
    json.put("model", run.model().toString());
    json.put("run", run.folder().toString());
    json.put("trainSeconds", TrainingConsole.seconds(result));
    result.epochs().stream().map(EpochSummary::seconds).forEach(json.putArray("epochSeconds")::add);
    json.put("partitions", run.partitions());
    json.put("lanes", run.plan().lanes());
    json.put("strategy", run.aggregation().toString());
    json.put("kernels", Kernels.fastest().description());
    result.failure().ifPresent(failure -> json.put("failure", failure));
    return json.toString();
  }
}
