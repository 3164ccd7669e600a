package handspun.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The project's folder, which default paths are relative to: {@code bin/handspun} names it in the
 * system property {@code handspun.home}, and to a driver on a cluster in the setting {@code
 * spark.handspun.home}, which counts where that folder is there, too; otherwise it is looked for
 * above the jar, and in the end it is the current folder. Paths that a user types are relative to
 * the current folder.
 */
public final class Home {
  private static final Path MARKER = Path.of("conf", "handspun.conf");

  private Home() {}

  /** {@return the folder} */
  public static Path folder() {
    String named = System.getProperty("handspun.home");
    if (named != null) {
      return Path.of(named);
    }
    String submitted = System.getProperty("spark.handspun.home");
    if (submitted != null && Files.exists(Path.of(submitted).resolve(MARKER))) {
      return Path.of(submitted);
    }
    try {
      Path jar = Path.of(Home.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (Path above = jar.getParent(); above != null; above = above.getParent()) {
        if (Files.exists(above.resolve(MARKER))) {
          return above;
        }
      }
    } catch (URISyntaxException | IllegalArgumentException | SecurityException e) {
      // A jar that is not a plain file has no folder above it.
    }
    return Path.of("");
  }

  /** {@return whether it is on this machine, and not only its jar} */
  static boolean isThere() {
    return Files.exists(folder().resolve(MARKER));
  }

  /**
   * {@return a path that is relative to the project's folder, as short as it can be said from here}
   */
  public static Path resolve(String path) {
    Path resolved = folder().resolve(path);
    Path here = Path.of("").toAbsolutePath();
    return resolved.isAbsolute() && resolved.startsWith(here)
        ? here.relativize(resolved)
        : resolved;
  }
}
