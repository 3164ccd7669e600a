package handspun.cli;

import handspun.HandspunException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder of the defaults and presets: {@code conf/} of the project's folder, or, where the jar
 * is all that there is of it, as on a machine of a cluster, the copy that the build put into the
 * jar. So a command means the same wherever it runs.
 */
final class ConfFolder {
  private static final String IN_THE_JAR = "/handspun/conf";

  private ConfFolder() {}

  /** {@return the folder} */
  static Path path() {
    if (Home.isThere()) {
      return Home.folder().resolve("conf");
    }
    try {
      return unpack();
    } catch (IOException | URISyntaxException e) {
      throw new HandspunException(
          "Could not unpack the defaults and presets that are in the jar: " + e.getMessage(), e);
    }
  }

  /** To files, since what reads them, and what they include, goes by names. */
  private static Path unpack() throws IOException, URISyntaxException {
    URI packed = Objects.requireNonNull(ConfFolder.class.getResource(IN_THE_JAR)).toURI();
    if (packed.getScheme().equals("file")) {
      return Path.of(packed);
    }
    Path folder = Files.createTempDirectory("handspun-conf");
    folder.toFile().deleteOnExit();
    try (FileSystem jar = FileSystems.newFileSystem(packed, Map.of());
        Stream<Path> files = Files.list(jar.getPath(IN_THE_JAR))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path copy = folder.resolve(String.valueOf(file.getFileName()));
        Files.copy(file, copy);
        copy.toFile().deleteOnExit();
      }
    }
    return folder;
  }
}
