package handspun.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.FileSystemSettings;
import handspun.files.Location;
import handspun.train.Hyperparameters;
import handspun.train.Setting;
import handspun.tune.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Configuration files in HOCON, which set options under the names of the command line. */
final class ConfigFile {
  private static final String ENDING = ".conf";
  private static final String DEFAULTS = "handspun.conf";
  private static final List<String> NO_PRESETS = List.of(DEFAULTS, "spark-defaults.conf");

  private ConfigFile() {}

  /** What the project's own file says, which counts where nobody has said otherwise. */
  static Config defaults() {
    return parse(Location.of(ConfFolder.path().resolve(DEFAULTS)));
  }

  /** {@return what a file says, named by path or URI} */
  static Config named(String file, FileSystemSettings hadoop) {
    if (Location.isUri(file)) {
      return parse(Location.of(file, hadoop));
    }
    Path path = Path.of(file);
    if (!Files.exists(path) || Files.isDirectory(path)) {
      throw new UsageException(
          "There is no configuration file %s: name an existing one after --config. (Presets go after --preset, options of spark-submit after --spark.)"
              .formatted(file));
    }
    return parse(Location.of(path));
  }

  /** {@return what a preset says, a file in {@code conf/} that is named without its ending} */
  static Config preset(String name) {
    if (!presets().contains(name)) {
      throw new UsageException(
          "preset is %s, but must be one of these: %s. (Files of your own go after --config.)"
              .formatted(name, String.join(", ", presets())));
    }
    return parse(Location.of(ConfFolder.path().resolve(name + ENDING)));
  }

  /** {@return the names of all presets, in the order of the alphabet} */
  static List<String> presets() {
    Path folder = ConfFolder.path();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(ENDING) && !NO_PRESETS.contains(name))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw HandspunException.couldNot("read the folder " + folder, e);
    }
  }

  private static Config parse(Location file) {
    Config config = read(file, ConfigFile::requireKnown);
    config.root().forEach((name, value) -> requireFlat(file, name, value));
    return config;
  }

  /**
   * {@return what a search space says of hyperparameters, by name: numbers, texts, lists and maps}
   */
  static Map<String, Object> space(Location file) {
    return read(file, ConfigFile::requireHyperparameter).root().unwrapped();
  }

  private static Config read(Location file, BiConsumer<Location, String> requireKnown) {
    try {
      Config raw = ConfigReader.read(file);
      new TreeSet<>(raw.root().keySet()).forEach(name -> requireKnown.accept(file, name));
      return resolved(raw, file);
    } catch (IOException e) {
      throw unreadable(file, HandspunException.reason(e));
    } catch (ConfigException e) {
      throw unreadable(file, e.getMessage().replaceAll("[\\w.]+Exception: ", ""));
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw unreadable(file, "its brackets nest too deeply, or its references grow too large");
    }
  }

  private static void requireHyperparameter(Location file, String name) {
    if (Hyperparameters.find(name).isEmpty()) {
      throw new UsageException(
          "The space %s has %s, which is no hyperparameter: %s"
              .formatted(
                  file,
                  name,
                  TrainOptions.nearest(name, Hyperparameters.ALL)
                      .map(known -> "did you mean %s?".formatted(known))
                      .orElseGet(() -> "the names are %s.".formatted(SearchSpace.names()))));
    }
  }

  /**
   * References are replaced, also those to the environment. Only on this machine: a file from
   * elsewhere could send what it finds there to where it wants, as a part of an address.
   */
  private static Config resolved(Config config, Location file) {
    if (file.local().isEmpty() && !config.isResolved()) {
      throw new ConfigException.Generic(
          "it refers to another value with ${...}, which only files on this machine can");
    }
    return config.resolve();
  }

  private static void requireKnown(Location file, String name) {
    if (!TrainOptions.isKnown(name)) {
      throw new UsageException(
          "The configuration file %s sets %s, which is not known: %s"
              .formatted(
                  file,
                  name,
                  TrainOptions.nearest(name)
                      .map(known -> "did you mean %s?".formatted(known))
                      .orElseGet(ConfigFile::names)));
    }
  }

  private static String names() {
    return TrainOptions.ALL.stream()
        .map(Setting::name)
        .collect(Collectors.joining(", ", "the names are ", "."));
  }

  private static void requireFlat(Location file, String name, ConfigValue value) {
    boolean flat =
        value instanceof ConfigList list
            ? list.stream().noneMatch(ConfigFile::isNested)
            : !isNested(value);
    if (!flat) {
      throw new UsageException(
          "The configuration file %s sets %s to values within values: it must be a number, text or a plain list."
              .formatted(file, name));
    }
  }

  private static boolean isNested(ConfigValue value) {
    return (value instanceof ConfigList list && !list.isEmpty())
        || (value instanceof ConfigObject object && !object.isEmpty());
  }

  private static UsageException unreadable(Location file, String reason) {
    return new UsageException(
        "The configuration file %s cannot be read: %s. It must hold lines such as: epochs = 30"
            .formatted(file, reason));
  }
}
