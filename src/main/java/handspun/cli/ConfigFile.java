package handspun.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import handspun.HandspunException;
import handspun.UsageException;
import handspun.files.Location;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Configuration files in HOCON, which set options under the names of the command line. */
final class ConfigFile {
  private static final String DEFAULTS = "handspun.conf";
  private static final List<String> NAMES =
      List.of(
          "layers",
          "epochs",
          "batch",
          "rate",
          "seed",
          "lanes",
          "local-steps",
          "partitions",
          "aggregate",
          "master",
          "data",
          "validation",
          "checkpoint-every",
          "run",
          "event-log");

  private ConfigFile() {}

  /** What nobody has said otherwise. */
  static Config defaults() {
    Path file = Home.folder().resolve("conf").resolve(DEFAULTS);
    if (Files.exists(file)) {
      return parse(Location.of(file));
    }
    return ConfigFactory.parseResources(ConfigFile.class.getClassLoader(), DEFAULTS);
  }

  /**
   * @param file a file or its URI, or the name of one in {@code conf/} without its ending
   * @param hadoop what the user has set of Hadoop; asked only for a URI
   * @return what it says
   * @throws UsageException if it cannot be read or holds an unknown name
   */
  static Config named(String file, Supplier<Map<String, String>> hadoop) {
    return parse(find(file, hadoop));
  }

  private static Location find(String file, Supplier<Map<String, String>> hadoop) {
    if (Location.isUri(file)) {
      return Location.of(file, hadoop);
    }
    Path named = Path.of(file);
    if (Files.exists(named)) {
      return Location.of(named);
    }
    Path preset = Home.folder().resolve("conf").resolve(file + ".conf");
    if (Files.exists(preset)) {
      return Location.of(preset);
    }
    throw new UsageException(
        "There is no configuration file "
            + file
            + " and no preset "
            + Home.resolve("conf/" + file + ".conf")
            + ": name an existing one after --config. (Options of spark-submit go after --spark.)");
  }

  private static Config parse(Location file) {
    Config config;
    try {
      config =
          (file.local().isPresent() ? parseHere(file.local().get()) : parseElsewhere(file))
              .resolve();
    } catch (IOException e) {
      throw unreadable(file, HandspunException.reason(e));
    } catch (ConfigException e) {
      throw unreadable(file, e.getMessage().replaceAll("[\\w.]+Exception: ", ""));
    }
    TreeSet<String> unknown = new TreeSet<>(config.root().keySet());
    unknown.removeAll(NAMES);
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "The configuration file "
              + file
              + " sets "
              + unknown.first()
              + ", which is not known: the names are "
              + String.join(", ", NAMES)
              + ".");
    }
    return config;
  }

  private static Config parseHere(Path file) {
    return ConfigFactory.parseFile(
        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
  }

  private static Config parseElsewhere(Location file) throws IOException {
    try (Reader reader = new InputStreamReader(file.open(), StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(
          reader,
          ConfigParseOptions.defaults()
              .setOriginDescription(file.toString())
              .setIncluder(new NoIncludes()));
    }
  }

  /** The library would look for them on this machine, and pass over them in silence. */
  private static final class NoIncludes implements ConfigIncluder {
    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
      throw new ConfigException.Generic("it includes " + what + ", which only local files can");
    }
  }

  private static UsageException unreadable(Location file, String reason) {
    return new UsageException(
        "The configuration file "
            + file
            + " cannot be read: "
            + reason
            + ". It must hold lines such as: epochs = 30");
  }
}
