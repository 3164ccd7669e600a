package handspun.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import handspun.UsageException;
import handspun.data.DataSources;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.spark.Aggregation;
import handspun.train.Lanes;
import handspun.train.LocalSteps;
import handspun.train.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What a training run is told, from three places: the command line, a configuration file in HOCON
 * with the same names, and {@code conf/handspun.conf} for what neither says.
 */
final class Settings {
  /** A run may go on for longer; and whether data are the same their sums tell, not their place. */
  private static final List<String> FREE_ON_RESUME = List.of("epochs", "data");

  /** What was said, by command line or a file that it names; in {@link #config} for the rest. */
  private final Config said;

  private final Config config;

  /** What the user has set of Hadoop; asked only for a URI. */
  private final Supplier<Map<String, String>> hadoop;

  private Settings(Config said, Config otherwise, Supplier<Map<String, String>> hadoop) {
    this.said = said;
    config = said.withFallback(otherwise);
    this.hadoop = hadoop;
  }

  /**
   * @param file a configuration file, or the name of one in {@code conf/} without its ending; null
   *     for none
   * @param commandLine what was typed, by name
   * @param hadoop what the user has set of Hadoop; asked only for a URI
   * @return the settings
   * @throws UsageException if a file cannot be read or holds an unknown name
   */
  static Settings read(
      String file, Map<String, Object> commandLine, Supplier<Map<String, String>> hadoop) {
    Config said = ConfigFactory.parseMap(commandLine, "the command line");
    if (file != null) {
      said = said.withFallback(ConfigFile.named(file, hadoop));
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
    if (said.hasPath("run")) {
      throw new UsageException(
          "run is "
              + text("run")
              + ", but --resume goes on in the folder "
              + run
              + ": leave it out.");
    }
    Config then = ConfigFactory.parseString(plan);
    Settings same = new Settings(then, ConfigFile.defaults(), hadoop);
    for (String name : then.root().keySet()) {
      if (said.hasPath(name) && !FREE_ON_RESUME.contains(name)) {
        Settings changed = new Settings(said.withOnlyPath(name), same.config, hadoop);
        if (!changed.hasResultOf(same)) {
          throw new UsageException(
              name
                  + " is "
                  + changed.plainly(name)
                  + ", but the run "
                  + run
                  + " has begun with "
                  + same.plainly(name)
                  + ", which must stay: leave it out, or train anew.");
        }
      }
    }
    return new Settings(said, same.config, hadoop);
  }

  private boolean hasResultOf(Settings other) {
    try {
      return plan().equals(other.plan()) && validation() == other.validation();
    } catch (UsageException e) {
      // Such as a mini-batch that is smaller than the lanes.
      return false;
    }
  }

  private String plainly(String name) {
    ConfigValue value = config.getValue(name);
    return value.valueType() == ConfigValueType.LIST
        ? value.unwrapped().toString().replaceAll("[\\[\\] ]", "")
        : text(name);
  }

  Plan plan() {
    Topology topology = topology();
    int miniBatch = whole("batch");
    int localSteps = LocalSteps.parse(text("local-steps"));
    return new Plan(
        topology,
        whole("epochs"),
        miniBatch,
        (float) number("rate"),
        wholeLong("seed"),
        config.hasPath("lanes")
            ? whole("lanes")
            : Lanes.defaultFor(topology, miniBatch, localSteps),
        localSteps);
  }

  OptionalInt partitions() {
    return config.hasPath("partitions") ? OptionalInt.of(whole("partitions")) : OptionalInt.empty();
  }

  Aggregation aggregation() {
    String name = text("aggregate");
    for (Aggregation aggregation : Aggregation.values()) {
      if (aggregation.toString().equalsIgnoreCase(name)) {
        return aggregation;
      }
    }
    throw new UsageException(
        "aggregate is "
            + name
            + ", but must be "
            + Arrays.stream(Aggregation.values())
                .map(Aggregation::toString)
                .collect(Collectors.joining(" or "))
            + ".");
  }

  Optional<String> master() {
    return config.hasPath("master") ? Optional.of(text("master")) : Optional.empty();
  }

  DataSources data() {
    if (config.getValue("data").valueType() == ConfigValueType.LIST) {
      return new DataSources(
          config.getList("data").stream()
              .map(place -> location("data", String.valueOf(place.unwrapped())))
              .toList());
    }
    return DataSources.parse(text("data"), place -> location("data", place));
  }

  int validation() {
    return whole("validation");
  }

  /**
   * @return whether the number of validation examples was typed, and is not just a default
   */
  boolean saysValidation() {
    return isTyped("validation");
  }

  /**
   * @return after how many epochs a checkpoint is written; 0 for never
   * @throws UsageException if it is negative
   */
  int checkpointEvery() {
    int every = whole("checkpoint-every");
    if (every < 0) {
      throw new UsageException(
          "checkpoint-every is "
              + every
              + ", but must be at least 1 epoch, or 0 for no checkpoints.");
    }
    return every;
  }

  Optional<Location> run() {
    return config.hasPath("run") ? Optional.of(location("run")) : Optional.empty();
  }

  Optional<Location> eventLog() {
    return config.hasPath("event-log") ? Optional.of(location("event-log")) : Optional.empty();
  }

  private Location location(String name) {
    return location(name, text(name));
  }

  private Location location(String name, String text) {
    return isTyped(name) || Location.isUri(text)
        ? Location.of(text, hadoop)
        : Location.of(Home.resolve(text));
  }

  private boolean isTyped(String name) {
    return config.getValue(name).origin().description().contains("the command line");
  }

  private Topology topology() {
    ConfigValue layers = config.getValue("layers");
    if (layers.valueType() == ConfigValueType.LIST) {
      return Topology.parse(
          config.getList("layers").stream()
              .map(size -> String.valueOf(size.unwrapped()))
              .collect(Collectors.joining(",")));
    }
    return Topology.parse(text("layers"));
  }

  private int whole(String name) {
    long value = wholeLong(name);
    if (value != (int) value) {
      throw new UsageException(name + " is " + value + ", which is too large a number.");
    }
    return (int) value;
  }

  private long wholeLong(String name) {
    double asNumber = number(name);
    if (asNumber != Math.rint(asNumber)) {
      throw notA("whole number", name);
    }
    return config.getLong(name);
  }

  private double number(String name) {
    try {
      return config.getDouble(name);
    } catch (ConfigException e) {
      throw notA("number", name);
    }
  }

  private String text(String name) {
    try {
      return config.getString(name);
    } catch (ConfigException e) {
      throw notA("text", name);
    }
  }

  private UsageException notA(String what, String name) {
    ConfigValue value = config.getValue(name);
    return new UsageException(
        name
            + " is "
            + value.unwrapped()
            + " in "
            + value.origin().description()
            + ", but must be a "
            + what
            + ".");
  }
}
