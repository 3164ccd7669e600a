package handspun.bench;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Spark MLlib's multilayer perceptron at its defaults. Its jars are laid out by Maven when they are
 * needed first. It tells nothing between two iterations, so it is fitted from the start several
 * times; the first fit has the default number of them, in a JVM as cold as a user's.
 *
 * @param project where the jars are laid out
 * @param cores of the local master
 * @param progress is told when Maven is at work
 */
record MllibPerceptron(Project project, int cores, Consumer<String> progress) implements Contender {
  private static final String ITERATIONS = "100,50,25";
  private static final String LAY_OUT = "dependency:copy-dependencies@lay-out-mllib";

  /** The packages that Spark opens for itself when it is started by its own scripts. */
  private static final List<String> OPENED =
      List.of(
          "java.base/java.lang",
          "java.base/java.lang.invoke",
          "java.base/java.lang.reflect",
          "java.base/java.io",
          "java.base/java.net",
          "java.base/java.nio",
          "java.base/java.util",
          "java.base/java.util.concurrent",
          "java.base/java.util.concurrent.atomic",
          "java.base/jdk.internal.ref",
          "java.base/sun.nio.ch",
          "java.base/sun.nio.cs",
          "java.base/sun.security.action",
          "java.base/sun.util.calendar",
          "java.security.jgss/sun.security.krb5");

  @Override
  public String id() {
    return Program.MLLIB.toString();
  }

  @Override
  public String name() {
    return "Spark MLlib";
  }

  @Override
  public Measurement measure(Workload workload, Path logs, String label) {
    Path jars = project.folder().resolve("target").resolve("mllib").resolve("jars");
    if (!areIn(jars)) {
      layOut(logs.resolve("mllib-maven"));
    }
    return new JavaProgram(id(), name(), cores, true, what -> arguments(jars, what))
        .measure(workload, logs, label);
  }

  private static boolean areIn(Path jars) {
    try (Stream<Path> files = Files.list(jars)) {
      return files.anyMatch(jar -> jar.getFileName().toString().startsWith("spark-mllib_"));
    } catch (IOException e) {
      return false;
    }
  }

  private void layOut(Path log) {
    progress.accept("Maven lays out Spark MLlib in target/mllib (once; 330 MB) ...");
    Path pom = project.folder().resolve("pom.xml");
    try {
      Child.run(
          List.of("mvn", "-B", "-q", "-f", pom.toString(), "-Pmllib,!bench", LAY_OUT),
          Map.of(),
          log);
    } catch (HandspunException e) {
      throw new HandspunException(
          "its jars could not be laid out, as %s (the whole log is in %s.out)"
              .formatted(e.getMessage(), log),
          e);
    }
  }

  private List<String> arguments(Path jars, Workload workload) {
    List<String> arguments = new ArrayList<>();
    arguments.add("-XX:+IgnoreUnrecognizedVMOptions");
    arguments.add("--add-modules=jdk.incubator.vector");
    OPENED.forEach(opened -> arguments.add("--add-opens=" + opened + "=ALL-UNNAMED"));
    arguments.addAll(List.of("-cp", jars.resolve("*").toString()));
    arguments.add(project.script("MllibPerceptron.java").toString());
    arguments.addAll(List.of("--data", project.data().toString()));
    arguments.addAll(List.of("--layers", workload.layers()));
    arguments.addAll(List.of("--seed", String.valueOf(workload.plan().seed())));
    arguments.addAll(List.of("--cores", String.valueOf(cores)));
    arguments.addAll(List.of("--iterations", ITERATIONS));
    return arguments;
  }
}
