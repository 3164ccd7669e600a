package handspun.report;

import com.typesafe.config.ConfigUtil;
import handspun.data.DataSources;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.store.AtomicFile;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code plan.conf}: the hyperparameters of a run under the names of the command line's options, so
 * that {@code train --config} repeats the run.
 */
public final class PlanFile {
  /** The file's name in a run's folder. */
  public static final String NAME = "plan.conf";

  private static final String RESUMED = "# Resumed after epoch ";

  private PlanFile() {}

  /**
   * @param folder the run's
   * @param plan hyperparameters
   * @param data what is learned
   * @throws handspun.HandspunException if the file cannot be written
   */
  public static void write(Location folder, Plan plan, TrainingData data) {
    write(folder, plan, data, List.of());
  }

  /**
   * Writes the file anew for a run that goes on, perhaps for more epochs.
   *
   * @param folder the run's
   * @param plan hyperparameters
   * @param data what is learned
   * @param epoch after which the run is resumed, which a comment says
   * @throws handspun.HandspunException if the file cannot be written
   */
  public static void resume(Location folder, Plan plan, TrainingData data, int epoch) {
    List<String> history = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(folder.resolve(NAME).open(), StandardCharsets.UTF_8))) {
      lines.lines().filter(line -> line.startsWith(RESUMED)).forEach(history::add);
    } catch (IOException | UncheckedIOException e) {
      // Somebody has taken the file away, and with it what it told.
    }
    history.add(RESUMED + epoch);
    write(folder, plan, data, history);
  }

  private static void write(Location folder, Plan plan, TrainingData data, List<String> history) {
    StringBuilder conf = new StringBuilder();
    conf.append("# Repeats this run: bin/handspun train --config ")
        .append(folder.resolve(NAME))
        .append('\n')
        .append(settings(plan, data.location(), data.validation().count()));
    data.sha256().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            file ->
                conf.append("# SHA-256 of ")
                    .append(file.getKey())
                    .append(": ")
                    .append(file.getValue())
                    .append('\n'));
    history.forEach(line -> conf.append(line).append('\n'));
    AtomicFile.replace(folder.resolve(NAME), conf.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param plan hyperparameters
   * @param data the data's folder or file
   * @param validation how many examples validate
   * @return all that the result of a run depends on, in HOCON
   */
  public static String settings(Plan plan, String data, int validation) {
    String layers =
        Arrays.stream(plan.topology().sizes())
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(", "));
    StringBuilder conf = new StringBuilder();
    conf.append("layers = [")
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
        .append("local-steps = ")
        .append(LocalSteps.toString(plan.localSteps()))
        .append('\n')
        .append("data = ")
        .append(ConfigUtil.quoteString(DataSources.absolute(data)))
        .append('\n')
        .append("validation = ")
        .append(validation)
        .append('\n');
    return conf.toString();
  }
}
