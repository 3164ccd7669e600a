package handspun.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.files.FileSystemSettings;
import handspun.files.Location;
import handspun.run.Engine;
import handspun.run.SeedsFolder;
import handspun.spark.Aggregation;
import handspun.spark.TrainingContext;
import handspun.train.Hyperparameter;
import handspun.train.Hyperparameters;
import handspun.train.Plan;
import handspun.train.Setting;
import handspun.train.TeacherPlaces;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * What a training run is told, from four places: the command line, a configuration file in HOCON
 * with the same names, a preset, and {@code conf/handspun.conf} for what none of them says.
 */
final class Settings {
  private static final String COMMAND_LINE = "the command line";

  /** A run may go on for longer; and whether data are the same their sums tell, not their place. */
  private static final List<Setting<?>> FREE_ON_RESUME =
      List.of(Hyperparameters.EPOCHS, TrainOptions.DATA);

  /** What was said, by command line or a file that it names; in {@link #config} for the rest. */
  private final Config said;

  private final Config config;

  /** What the user has set of Hadoop; asked only for a URI. */
  private final FileSystemSettings hadoop;

  private Settings(Config said, Config otherwise, FileSystemSettings hadoop) {
    this.said = said;
    config = said.withFallback(otherwise);
    this.hadoop = hadoop;
  }

  /** The same without a preset. */
  static Settings read(String file, Map<String, ?> commandLine, FileSystemSettings hadoop) {
    return read(null, file, commandLine, hadoop);
  }

  /**
   * @param preset the name of a preset; null for none
   * @param file a configuration file, which counts more; null for none
   * @param commandLine what was typed, by name
   * @param hadoop what the user has set of Hadoop; asked only for a URI
   * @return the settings
   * @throws UsageException if there is no such preset, or a file cannot be read or holds an unknown
   *     name
   */
  static Settings read(
      String preset, String file, Map<String, ?> commandLine, FileSystemSettings hadoop) {
    Config said = ConfigFactory.parseMap(commandLine, COMMAND_LINE);
    if (file != null) {
      said = said.withFallback(ConfigFile.named(file, hadoop));
    }
    if (preset != null) {
      said = said.withFallback(ConfigFile.preset(preset));
    }
    return new Settings(said, ConfigFile.defaults(), hadoop);
  }

  /**
   * The same for a run that goes on: what is not said is as it was then.
   *
   * @param run its folder
   * @param plan all that the run's result depends on, in HOCON
   * @return the settings
   * @throws UsageException if anything is said that would change the result
   */
  Settings resuming(Location run, String plan) {
    return resuming(run, ConfigFactory.parseString(plan), FREE_ON_RESUME);
  }

  /** The same for a run of several seeds, all of which have as many epochs. */
  Settings resuming(SeedsFolder folder) {
    Config plan = ConfigFile.named(folder.plan().toString(), hadoop);
    return resuming(folder.location(), plan, List.of(TrainOptions.DATA));
  }

  private Settings resuming(Location run, Config plan, List<Setting<?>> free) {
    if (said.hasPath(TrainOptions.RUN.name())) {
      throw new UsageException(
          "run is %s, but --resume goes on in the folder %s: leave it out."
              .formatted(text(TrainOptions.RUN), run));
    }
    Settings same = new Settings(plan, ConfigFile.defaults(), hadoop);
    for (Setting<?> setting : TrainOptions.ALL) {
      if (said.hasPath(setting.name()) && same.says(setting) && !free.contains(setting)) {
        Settings changed = new Settings(said.withOnlyPath(setting.name()), same.config, hadoop);
        if (!changed.hasResultOf(same)) {
          throw new UsageException(
              "%s is %s, but the run %s has begun with %s, which must stay: leave it out, or train anew."
                  .formatted(setting.name(), changed.text(setting), run, same.text(setting)));
        }
      }
    }
    return new Settings(said, same.config, hadoop);
  }

  private boolean says(Setting<?> setting) {
    return said.hasPath(setting.name());
  }

  private boolean hasResultOf(Settings other) {
    try {
      return plan().equals(other.plan())
          && seeds() == other.seeds()
          && validation() == other.validation();
    } catch (UsageException e) {
      // Such as a mini-batch that is smaller than the lanes.
      return false;
    }
  }

  Plan plan() {
    Plan.Builder plan = Plan.builder();
    Hyperparameters.ALL.forEach(hyperparameter -> tell(plan, hyperparameter));
    Plan said = plan.build();
    return said.with(Hyperparameters.TEACHER, absolute(said.get(Hyperparameters.TEACHER)));
  }

  /** From whichever folder the run goes on, its teacher's models are the same files. */
  private String absolute(String teacher) {
    return TeacherPlaces.parse(teacher, place -> location(Hyperparameters.TEACHER, place))
        .toString();
  }

  private <T> void tell(Plan.Builder plan, Hyperparameter<T> hyperparameter) {
    find(hyperparameter).ifPresent(value -> plan.set(hyperparameter, value));
  }

  /** What hyperparameters have that are said, or have a default, by name, as people write it. */
  Map<String, String> hyperparameters() {
    Map<String, String> texts = new LinkedHashMap<>();
    Hyperparameters.ALL.forEach(one -> write(texts, one));
    texts.computeIfPresent(Hyperparameters.TEACHER.name(), (name, teacher) -> absolute(teacher));
    return texts;
  }

  private <T> void write(Map<String, String> texts, Hyperparameter<T> one) {
    find(one).ifPresent(value -> texts.put(one.name(), one.kind().format().apply(value)));
  }

  /** How many networks are trained. */
  int seeds() {
    return get(TrainOptions.SEEDS);
  }

  OptionalInt partitions() {
    return find(TrainOptions.PARTITIONS).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  Aggregation aggregation() {
    return get(TrainOptions.AGGREGATE);
  }

  /** Where it is computed. */
  Engine engine() {
    return engine(aggregation());
  }

  /** The same, whatever was said of aggregation. */
  Engine engine(Aggregation aggregation) {
    String master = TrainingContext.master(find(TrainOptions.MASTER), isTyped(TrainOptions.MASTER));
    return Engine.spark(master, aggregation, location(TrainOptions.EVENT_LOG));
  }

  DataSources data() {
    return DataSources.parse(get(TrainOptions.DATA), place -> location(TrainOptions.DATA, place));
  }

  int validation() {
    return get(TrainOptions.VALIDATION);
  }

  /** Whether the number of validation examples was typed, and is not just a default. */
  boolean saysValidation() {
    return isTyped(TrainOptions.VALIDATION);
  }

  /** After how many epochs a checkpoint is written; 0 for never. */
  int checkpointEvery() {
    return get(TrainOptions.CHECKPOINT_EVERY);
  }

  /** Megabytes that the networks of a run's epochs may take; 0 for none. */
  int keepEpochs() {
    return get(TrainOptions.KEEP_EPOCHS);
  }

  Optional<Location> run() {
    return location(TrainOptions.RUN);
  }

  private Optional<Location> location(Setting<String> setting) {
    return find(setting).map(text -> location(setting, text));
  }

  /** Who types a path means the current folder, whoever writes it into a file that of Handspun. */
  private Location location(Setting<String> setting, String text) {
    return isTyped(setting) || Location.isUri(text)
        ? Location.of(text, hadoop)
        : Location.of(Home.resolve(text));
  }

  private boolean isTyped(Setting<?> setting) {
    return config.hasPath(setting.name()) && origin(setting).contains(COMMAND_LINE);
  }

  /** The command line, or a file with the number of a line. */
  private String origin(Setting<?> setting) {
    return config.getValue(setting.name()).origin().description();
  }

  private <T> T get(Setting<T> setting) {
    return find(setting).orElseThrow();
  }

  /** What was said, or the default; empty if there is none. */
  <T> Optional<T> find(Setting<T> setting) {
    if (!config.hasPath(setting.name())) {
      return setting.otherwise();
    }
    try {
      return Optional.of(setting.parse(text(setting)));
    } catch (UsageException e) {
      throw isTyped(setting)
          ? e
          : new UsageException("%s: %s".formatted(origin(setting), e.getMessage()));
    }
  }

  /** As it would be typed: of a list, the elements with commas between them. */
  private String text(Setting<?> setting) {
    ConfigValue value = config.getValue(setting.name());
    if (value instanceof ConfigList list) {
      return list.stream()
          .map(element -> String.valueOf(element.unwrapped()))
          .collect(Collectors.joining(","));
    }
    return value instanceof ConfigObject
        ? value.unwrapped().toString()
        : config.getString(setting.name());
  }
}
