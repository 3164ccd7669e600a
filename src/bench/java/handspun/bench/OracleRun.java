package handspun.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code bench train} runs in a process of its own to measure the oracle. */
@Command(name = "oracle", hidden = true, description = "Train with the oracle, for bench train.")
final class OracleRun implements Runnable {
  private static final int VALIDATION = 10_000;

  @Option(names = "--layers", required = true)
  private String layers;

  @Option(names = "--batch", required = true)
  private int batch;

  @Option(names = "--rate", required = true)
  private float rate;

  @Option(names = "--epochs", required = true)
  private int epochs;

  @Option(names = "--seed", required = true)
  private long seed;

  @Option(names = "--lanes", required = true)
  private int lanes;

  @Option(names = "--data", required = true)
  private Path data;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    Plan plan = new Plan(Topology.parse(layers), epochs, batch, rate, seed, lanes);
    Dataset dataset = DatasetReader.read(data, VALIDATION);
    plan.requireFits(dataset);
    run(plan, dataset, spec.commandLine().getOut());
  }

  /**
   * @param plan hyperparameters, which fit the data
   * @param data what is learned
   * @param out a line of JSON for each epoch, and one in the end
   */
  static void run(Plan plan, Dataset data, PrintWriter out) {
    TrainingListener lines =
        new TrainingListener() {
          @Override
          public void epochEnded(EpochSummary epoch) {
            print(
                out,
                object()
                    .put("epoch", epoch.epoch())
                    .put("trainSeconds", epoch.seconds())
                    .put("accuracy", epoch.validationAccuracy()));
          }
        };
    Network network =
        new Trainer(plan, data, new SequentialTrainer(plan, data), List.of(lines))
            .train()
            .network();
    print(
        out,
        object()
            .put("version", "one thread, Java " + Runtime.version().feature())
            .put("parametersSha256", network.sha256()));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static void print(PrintWriter out, ObjectNode json) {
    out.println(json);
    out.flush();
  }
}
