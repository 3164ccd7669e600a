package handspun.cli;

import handspun.Json;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.tune.SearchRun;
import handspun.tune.Searched;
import handspun.tune.Standing;
import java.nio.charset.StandardCharsets;

/** What a machine reads after hyperparameters were searched. */
final class SearchJson {
  private SearchJson() {}

  static String line(Searched searched) {
    SearchRun run = searched.run();
    byte[] line =
        Json.object(
            json -> {
              json.writeStringField("run", run.folder().toString());
              json.writeStringField("table", run.table().toString());
              json.writeNumberField("trials", searched.trials().size());
              json.writeNumberField(
                  "failed", searched.trials().stream().filter(Standing::hasFailed).count());
              json.writeNumberField("trialSeconds", searched.seconds());
              json.writeNumberField("validationTotal", run.data().validation().count());
              if (searched.best().isPresent()) {
                Standing best = searched.best().get();
                json.writeStringField("preset", run.preset().toString());
                json.writeNumberField("bestTrial", best.trial().number());
                json.writeNumberField("validationCorrect", best.correct());
                json.writeNumberField("validationAccuracy", searched.accuracy(best));
                json.writeNumberField("cost", best.cost());
                for (Hyperparameter<?> hyperparameter : Hyperparameters.ALL) {
                  json.writeObjectField(
                      hyperparameter.jsonName(), best.trial().plan().json(hyperparameter));
                }
              }
            });
    return new String(line, StandardCharsets.UTF_8);
  }
}
