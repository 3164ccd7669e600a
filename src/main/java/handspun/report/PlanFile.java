package handspun.report;

import com.typesafe.config.ConfigUtil;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.store.AtomicFile;
import handspun.train.Plan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code plan.conf}: the hyperparameters of a run under the names of the command line's options, so
 * that {@code train --config} repeats the run.
 */
public final class PlanFile {
  /** The file's name in a run's folder. */
  public static final String NAME = "plan.conf";

  private PlanFile() {}

  /**
   * @param folder the run's
   * @param plan hyperparameters
   * @param data what is learned
   * @throws handspun.HandspunException if the file cannot be written
   */
  public static void write(Path folder, Plan plan, TrainingData data) {
    String layers =
        Arrays.stream(plan.topology().sizes())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    StringBuilder conf = new StringBuilder();
    conf.append("# Repeats this run: bin/handspun train --config ")
        .append(folder.resolve(NAME))
        .append('\n')
        .append("layers = [")
        .append(layers)
        .append("]\n")
        .append("epochs = ")
        .append(plan.epochs())
        .append('\n')
        .append("batch = ")
        .append(plan.miniBatch())
        .append('\n')
        .append("rate = ")
        .append(plan.learningRate())
        .append('\n')
        .append("seed = ")
        .append(plan.seed())
        .append('\n')
        .append("lanes = ")
        .append(plan.lanes())
        .append('\n')
        .append("data = ")
        .append(
            ConfigUtil.quoteString(
                Location.isUri(data.location())
                    ? data.location()
                    : Location.of(Path.of(data.location())).absolute().toString()))
        .append('\n')
        .append("validation = ")
        .append(data.validation().count())
        .append('\n');
    data.sha256().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            file ->
                conf.append("# SHA-256 of ")
                    .append(file.getKey())
                    .append(": ")
                    .append(file.getValue())
                    .append('\n'));
    AtomicFile.replace(folder.resolve(NAME), conf.toString().getBytes(StandardCharsets.UTF_8));
  }
}
