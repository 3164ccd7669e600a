package handspun.bench;

import com.fasterxml.jackson.databind.JsonNode;
import handspun.HandspunException;
import handspun.bench.Measurement.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * {@code bin/handspun train}, as a user starts it. Its seconds are its own: a whole epoch with its
 * Spark job, the exchange and the evaluation.
 *
 * @param launcher bin/handspun
 * @param data what {@code --data} names
 * @param executors processes that compute, of as many cores each; 0 if the driver does
 * @param cores of all of them
 * @param aggregate what {@code --aggregate} names
 * @param fixedPartitions what {@code --partitions} names; empty for Handspun's own choice
 * @param validation what {@code --validation} names; empty for the default
 */
record HandspunTraining(
    Path launcher,
    Path data,
    int executors,
    int cores,
    String aggregate,
    OptionalInt fixedPartitions,
    OptionalInt validation)
    implements Contender {
  static final String ID = "handspun";
  private static final int EXECUTOR_MEGABYTES = 1024;

  /** In the driver's process. */
  static HandspunTraining local(
      Path launcher, Path data, int cores, String aggregate, OptionalInt fixedPartitions) {
    return new HandspunTraining(
        launcher, data, 0, cores, aggregate, fixedPartitions, OptionalInt.empty());
  }

  private String master() {
    return executors == 0
        ? "local[" + cores + "]"
        : "local-cluster[" + executors + "," + cores / executors + "," + EXECUTOR_MEGABYTES + "]";
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String name() {
    return "Handspun";
  }

  @Override
  public String label() {
    String partitions = fixedPartitions.isPresent() ? "-" + fixedPartitions.getAsInt() : "";
    String processes = executors > 0 ? "-" + executors + "x" : "";
    return ID + "-" + aggregate + "-" + cores + partitions + processes;
  }

  @Override
  public Measurement measure(Workload workload, Path logs, String label) {
    Path run = logs.resolve(label + "-run");
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "train", "--json"));
    workload.plan().texts().forEach((name, text) -> command.addAll(List.of("--" + name, text)));
    command.addAll(List.of("--data", data.toString()));
    command.addAll(List.of("--aggregate", aggregate));
    command.addAll(List.of("--master", master()));
    validation.ifPresent(count -> command.addAll(List.of("--validation", "" + count)));
    fixedPartitions.ifPresent(number -> command.addAll(List.of("--partitions", "" + number)));
    command.addAll(List.of("--run", run.toString()));
    Child.Ended ended = Child.run(command, Map.of("HANDSPUN_BUILD", "no"), logs.resolve(label));
    Measurement measurement = parse(ended, metrics(run.resolve("metrics.csv")));
    remove(run);
    return measurement;
  }

  /**
   * @param ended a run with {@code --json}
   * @param metrics the lines of its metrics.csv
   * @return what it showed
   * @throws HandspunException if one of the two is not as it should be
   */
  static Measurement parse(Child.Ended ended, List<String> metrics) {
    String line = ended.lines().isEmpty() ? "" : ended.lines().get(ended.lines().size() - 1);
    JsonNode json = StepLines.object(line);
    JsonNode seconds = json.path("epochSeconds");
    if (!seconds.isArray() || seconds.isEmpty() || metrics.size() != seconds.size() + 1) {
      throw new HandspunException(
          "it told the seconds of "
              + seconds.size()
              + " epochs, but its metrics.csv has "
              + metrics.size()
              + " lines instead of a header and one for each");
    }
    int column = Arrays.asList(metrics.get(0).split(",", -1)).indexOf("validation_accuracy");
    List<Step> steps = new ArrayList<>();
    for (int epoch = 1; epoch <= seconds.size(); epoch++) {
      String[] row = metrics.get(epoch).split(",", -1);
      String accuracy = column < 0 || column >= row.length ? "" : row[column];
      steps.add(
          new Step(
              epoch,
              seconds.get(epoch - 1).asDouble(),
              Double.NaN,
              accuracy.isEmpty() ? Double.NaN : Double.parseDouble(accuracy)));
    }
    return new Measurement(
        steps,
        false,
        StepLines.megabytes(ended.peakKilobytes()),
        json.path("kernels").asText(),
        json.path("parametersSha256").asText(),
        (int) StepLines.number(json, "partitions", line));
  }

  private static List<String> metrics(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new HandspunException(
          "its " + file + " cannot be read: " + HandspunException.reason(e), e);
    }
  }

  /** What a run wrote is of no use here, and a folder for each would soon fill a disk. */
  private static void remove(Path run) {
    try (Stream<Path> files = Files.walk(run)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // It may stay: it is inside the folder of this benchmark.
    }
  }
}
