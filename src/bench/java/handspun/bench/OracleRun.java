package handspun.bench;

import handspun.data.Dataset;
import handspun.network.Network;
import handspun.serve.Json;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.SequentialTrainer;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Trains with the oracle and prints what {@code bench train} reads. */
public final class OracleRun {
  private OracleRun() {}

  /**
   * @param plan hyperparameters, which fit the data
   * @param data what is learned
   * @param out a line of JSON for each epoch, and one in the end
   */
  public static void run(Plan plan, Dataset data, PrintWriter out) {
    TrainingListener lines =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochSummary epoch) {
            print(
                out,
                json -> {
                  json.writeNumberField("epoch", epoch.epoch());
                  json.writeNumberField("trainSeconds", epoch.seconds());
                  json.writeNumberField("accuracy", epoch.validationAccuracy());
                });
          }
        };
    Network network =
        new Trainer(plan, data, new SequentialTrainer(plan, data), List.of(lines))
            .train()
            .network();
    print(
        out,
        json -> {
          json.writeStringField("version", "one thread, Java " + Runtime.version().feature());
          json.writeStringField("parametersSha256", network.sha256());
        });
  }

  private static void print(PrintWriter out, Json.Fields fields) {
    out.println(new String(Json.object(fields), StandardCharsets.UTF_8));
    out.flush();
  }
}
