package handspun.cli;

import handspun.bench.OracleRun;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.network.Topology;
import handspun.train.Plan;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code bench train} runs in a process of its own to measure the oracle. */
@Command(name = "oracle", hidden = true, description = "Train with the oracle, for bench train.")
final class BenchOracleCommand implements Runnable {
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
    OracleRun.run(plan, dataset, spec.commandLine().getOut());
  }
}
