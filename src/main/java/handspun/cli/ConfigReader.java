package handspun.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import handspun.HandspunException;
import handspun.files.Location;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a configuration file in HOCON and those that it includes, which must lie beside it or
 * below, wherever it is itself. The library would follow an include to every file of this machine
 * and to every address, and would pass over a missing one in silence.
 */
final class ConfigReader {
  private static final int MAX_BYTES = 1 << 16;
  private static final int MAX_FILES = 100;

  /** Such as {@code wide}, {@code wide.conf} or {@code folder/wide.conf}. */
  private static final Pattern PLAIN_NAME =
      Pattern.compile("(?!/)((?!\\.\\.?(/|$))[^/\\\\:]+(/|$))+");

  /** Being read at this moment, each included by the one before. */
  private final List<Location> nested = new ArrayList<>();

  private int files;

  private ConfigReader() {}

  /** {@return what a file says, includes included, references not replaced} */
  static Config read(Location file) throws IOException {
    return new ConfigReader().parse(file);
  }

  private Config parse(Location file) throws IOException {
    if (++files > MAX_FILES) {
      throw new ConfigException.Generic(
          "it includes more than %d files, one by the other".formatted(MAX_FILES));
    }
    nested.add(file.absolute());
    Config config =
        ConfigFactory.parseString(
            text(file),
            ConfigParseOptions.defaults()
                .setSyntax(ConfigSyntax.CONF)
                .setOriginDescription(file.toString())
                .setIncluder(new RelativeIncluder(file)));
    nested.remove(file.absolute());
    return config;
  }

  private static String text(Location file) throws IOException {
    try (InputStream in = file.open()) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new IOException("it is larger than 64 kB, which no configuration file need be");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** Includes what lies beside a file or below. */
  private final class RelativeIncluder
      implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
    private final Location from;

    RelativeIncluder(Location from) {
      this.from = from;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
      return this;
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String name) {
      if (!PLAIN_NAME.matcher(name).matches()) {
        throw refused("\"" + name + "\"");
      }
      Location file = from.sibling(name.matches(".*\\.(conf|json)") ? name : name + ".conf");
      if (nested.contains(file.absolute())) {
        throw new ConfigException.Generic(
            "%s includes %s, which is being read already".formatted(from, file));
      }
      try {
        return parse(file).root();
      } catch (IOException e) {
        throw new ConfigException.Generic(
            "%s includes %s, which cannot be read: %s"
                .formatted(from, file, HandspunException.reason(e)),
            e);
      }
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
      throw refused("file(" + what + ")");
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
      throw refused("url(" + what + ")");
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String what) {
      throw refused("classpath(" + what + ")");
    }

    private ConfigException refused(String what) {
      return new ConfigException.Generic(
          "%s includes %s, but can only include files beside it or in a folder below, by their names, such as include \"common.conf\""
              .formatted(from, what));
    }
  }
}
