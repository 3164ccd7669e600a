package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Jars that only a benchmark needs: a Maven profile of the project's lays them out when they are
 * needed first.
 *
 * @param project whose build knows them
 * @param profile its name; the jars lie in {@code target/<profile>/jars}
 * @param first how the name of one of them begins
 * @param what they are, for people
 * @param size of them all, for people
 * @param progress is told when Maven is at work
 */
record MavenJars(
    Project project,
    String profile,
    String first,
    String what,
    String size,
    Consumer<String> progress) {

  /**
   * @param logs folder for what Maven prints
   * @return the folder that holds the jars
   * @throws HandspunException if they could not be laid out
   */
  Path laidOut(Path logs) {
    Path jars = project.folder().resolve("target").resolve(profile).resolve("jars");
    if (!areIn(jars)) {
      layOut(logs.resolve(profile + "-maven"));
    }
    return jars;
  }

  private boolean areIn(Path jars) {
    if (!Files.isDirectory(jars)) {
      return false;
    }
    try (Stream<Path> files = Files.list(jars)) {
      return files.anyMatch(jar -> jar.getFileName().toString().startsWith(first));
    } catch (IOException e) {
      return false;
    }
  }

  private void layOut(Path log) {
    progress.accept(
        "Maven lays out " + what + " in target/" + profile + " (once; " + size + ") ...");
    List<String> maven =
        List.of(
            "mvn",
            "-B",
            "-q",
            "-f",
            project.folder().resolve("pom.xml").toString(),
            "-P" + profile,
            "dependency:copy-dependencies@lay-out-" + profile);
    try {
      Child.run(maven, Map.of(), log);
    } catch (HandspunException e) {
      throw new HandspunException(
          "its jars could not be laid out, as "
              + e.getMessage()
              + " (the whole log is in "
              + log.resolveSibling(log.getFileName() + ".out")
              + ")",
          e);
    }
  }
}
