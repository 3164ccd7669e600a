package handspun.report;

import com.typesafe.config.ConfigUtil;
import handspun.data.DataSources;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.store.AtomicFile;
import handspun.train.Hyperparameter;
import handspun.train.Plan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

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
   * @param data what is learned
   * @throws handspun.HandspunException if the file cannot be written
   */
  public static void write(Location folder, Plan plan, TrainingData data) {
    write(folder, plan, 1, data);
  }

  /** The same for a run of several seeds, of which the plan has the first. */
  public static void write(Location folder, Plan plan, int seeds, TrainingData data) {
    write(folder, plan, seeds, data, List.of());
  }

  /**
   * Writes the file anew for a run that goes on, perhaps for more epochs.
   *
   * @param folder the run's
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
    write(folder, plan, 1, data, history);
  }

  private static void write(
      Location folder, Plan plan, int seeds, TrainingData data, List<String> history) {
    List<String> lines = new ArrayList<>();
    lines.add("# Repeats this run: bin/handspun train --config " + folder.resolve(NAME));
    lines.add(settings(plan, seeds, data.location(), data.validation().count()));
    new TreeMap<>(data.sha256())
        .forEach((file, sum) -> lines.add("# SHA-256 of %s: %s".formatted(file, sum)));
    lines.addAll(history);
    String conf = String.join("\n", lines) + "\n";
    AtomicFile.replace(folder.resolve(NAME), conf.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a plan without its data, for {@code train --config}.
   *
   * @param comment what it is, in lines
   * @param told hyperparameters that are written; others follow from them
   * @throws handspun.HandspunException if the file cannot be written
   */
  public static void preset(
      Location file, List<String> comment, Plan plan, List<Hyperparameter<?>> told) {
    List<String> lines = new ArrayList<>();
    comment.stream().flatMap(String::lines).forEach(line -> lines.add("# " + line));
    told.forEach(one -> lines.add("%s = %s".formatted(one.name(), hocon(plan.text(one)))));
    String conf = String.join("\n", lines) + "\n";
    AtomicFile.replace(file, conf.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @param data the data's folder or file
   * @param validation how many examples validate
   * @return all that the result of a run depends on, in HOCON
   */
  public static String settings(Plan plan, String data, int validation) {
    return settings(plan, 1, data, validation);
  }

  private static String settings(Plan plan, int seeds, String data, int validation) {
    List<String> lines = new ArrayList<>();
    plan.texts().forEach((name, text) -> lines.add("%s = %s".formatted(name, hocon(text))));
    lines.add("seeds = " + seeds);
    lines.add("data = " + ConfigUtil.quoteString(DataSources.absolute(data)));
    lines.add("validation = " + validation);
    return String.join("\n", lines);
  }

  private static String hocon(String text) {
    return text.matches("[\\w.-]+") ? text : ConfigUtil.quoteString(text);
  }
}
