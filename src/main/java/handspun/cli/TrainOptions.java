package handspun.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Option;

/** The options of training that a configuration file may set as well, under the same names. */
final class TrainOptions {
  @Option(
      names = "--layers",
      paramLabel = "N,N,...",
      description = "Units per layer, input first: 784,16,16,10.")
  private String layers;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training examples.")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "N", description = "Examples per mini-batch.")
  private Integer batch;

  @Option(names = "--rate", paramLabel = "X", description = "Learning rate.")
  private Float rate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Where all chance comes from: same seed, same bits.")
  private Long seed;

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description =
          "Virtual workers that sum a mini-batch; part of the result. Default: 1 for small"
              + " mini-batches (784-16-16-10: up to 66), else 8.")
  private Integer lanes;

  @Option(
      names = "--local-steps",
      paramLabel = "K|epoch",
      description =
          "Mini-batches that each lane learns from on its own before lanes are averaged; part of"
              + " the result. Default: 1, which sums every mini-batch.")
  private String localSteps;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description =
          "Spark tasks that share a mini-batch; not part of the result. Default: the fastest,"
              + " found by trying.")
  private Integer partitions;

  @Option(
      names = "--aggregate",
      paramLabel = "HOW",
      description =
          "exchange: one Spark job, whose tasks exchange gradients; jobs: one Spark job a"
              + " mini-batch. Same result.")
  private String aggregate;

  @Option(names = "--master", paramLabel = "M", description = "Spark's master, such as local[2].")
  private String master;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of four IDX files like MNIST's, or a table (CSV), .npz or pickle; several with"
              + " commas between them.")
  private String data;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description = "How many of the last training examples validate instead.")
  private Integer validation;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "N",
      description = "Epochs from one checkpoint to the next; 0 for none. Default: 1.")
  private Integer checkpointEvery;

  @Option(
      names = "--run",
      paramLabel = "DIR",
      description = "New folder for the model and the figures. Default: runs/<time>.")
  private String run;

  @Option(
      names = "--event-log",
      paramLabel = "DIR",
      description = "Folder for Spark's event log, which its history server shows afterwards.")
  private String eventLog;

  /**
   * @return what was typed, by name
   */
  Map<String, Object> typed() {
    Map<String, Object> typed = new LinkedHashMap<>();
    typed.put("layers", layers);
    typed.put("epochs", epochs);
    typed.put("batch", batch);
    typed.put("rate", rate == null ? null : rate.toString());
    typed.put("seed", seed);
    typed.put("lanes", lanes);
    typed.put("local-steps", localSteps);
    typed.put("partitions", partitions);
    typed.put("aggregate", aggregate);
    typed.put("master", master);
    typed.put("data", data);
    typed.put("validation", validation);
    typed.put("checkpoint-every", checkpointEvery);
    typed.put("run", run);
    typed.put("event-log", eventLog);
    typed.values().removeIf(Objects::isNull);
    return typed;
  }

  /**
   * @return the master as typed; null if it was not
   */
  String master() {
    return master;
  }
}
