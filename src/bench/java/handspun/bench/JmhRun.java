package handspun.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.HandspunException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The benchmarks in src/bench/java, compiled, and run by JMH in processes of their own.
 *
 * @param project where they are
 * @param jars JMH's
 * @param logs folder for what the programs print
 * @param quick whether each is run for a moment only, to see that it runs
 */
record JmhRun(Project project, Path jars, Path logs, boolean quick) {
  private static final String VECTORS = "--add-modules=jdk.incubator.vector";

  /** A fork for each benchmark: nothing that ran before has a say in how it is compiled. */
  private static final List<String> THOROUGHLY =
      List.of("-f", "1", "-wi", "6", "-w", "150ms", "-i", "7", "-r", "70ms");

  private static final List<String> QUICKLY =
      List.of("-f", "0", "-wi", "1", "-w", "10ms", "-i", "2", "-r", "10ms");

  private static final List<String> IN_NANOSECONDS_A_CALL = List.of("-bm", "avgt", "-tu", "ns");

  /**
   * Compiles the benchmarks.
   *
   * @throws HandspunException if that fails
   */
  void compile() {
    List<String> command = new ArrayList<>();
    command.add(java("javac").toString());
    command.addAll(
        List.of(VECTORS, "-nowarn", "-cp", jars.resolve("*") + File.pathSeparator + jar()));
    try {
      Files.createDirectories(classes());
      command.addAll(List.of("-d", classes().toString()));
      try (Stream<Path> files = Files.walk(project.script("java"))) {
        files
            .map(Path::toString)
            .filter(file -> file.endsWith(".java"))
            .sorted()
            .forEach(command::add);
      }
    } catch (IOException e) {
      throw new HandspunException(
          "The benchmarks in "
              + project.script("java")
              + " cannot be compiled: "
              + HandspunException.reason(e)
              + ".",
          e);
    }
    run("The benchmarks cannot be compiled", command, "jmh-javac");
  }

  /**
   * Runs some of the benchmarks.
   *
   * @param benchmarks a regular expression for their names
   * @param kernels what the property handspun.kernels says
   * @return what was measured
   * @throws HandspunException if one of them fails
   */
  List<KernelTime> run(String benchmarks, String kernels) {
    String label = "jmh-" + (kernels.isEmpty() ? "machine" : kernels);
    Path json = logs.resolve(label + ".json");
    List<String> command = new ArrayList<>();
    command.add(java("java").toString());
    command.add(VECTORS);
    command.add("-Dhandspun.kernels=" + kernels);
    command.add("-Dhandspun.data=" + project.data());
    // Another JMH on this machine spoils the figures, and so does any other program.
    command.add("-Djmh.ignoreLock=true");
    command.add("-cp");
    command.add(
        String.join(
            File.pathSeparator,
            classes().toString(),
            jars.resolve("*").toString(),
            jar().toString()));
    command.add("org.openjdk.jmh.Main");
    command.add(benchmarks);
    command.addAll(quick ? QUICKLY : THOROUGHLY);
    command.addAll(IN_NANOSECONDS_A_CALL);
    command.addAll(List.of("-foe", "true", "-rf", "json", "-rff", json.toString()));
    run("The benchmarks " + benchmarks + " failed", command, label);
    return read(json, kernels);
  }

  private void run(String failure, List<String> command, String label) {
    try {
      Child.run(command, Map.of(), logs.resolve(label));
    } catch (HandspunException e) {
      throw new HandspunException(
          failure
              + ": "
              + e.getMessage()
              + " (the whole log is in "
              + logs.resolve(label)
              + ".out).",
          e);
    }
  }

  /** What JMH wrote. */
  static List<KernelTime> read(Path json, String kernels) {
    List<KernelTime> times = new ArrayList<>();
    try {
      for (JsonNode result : new ObjectMapper().readTree(json.toFile())) {
        String name = result.path("benchmark").asText();
        JsonNode work = result.path("secondaryMetrics");
        times.add(
            new KernelTime(
                name.substring(name.lastIndexOf('.') + 1),
                result.path("params").path("shape").asText(),
                kernels,
                Spread.of(numbers(result.path("primaryMetric"))),
                numbers(work.path("flops")).get(0),
                numbers(work.path("bytes")).get(0),
                (int) numbers(work.path("vectorBits")).get(0).doubleValue()));
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new HandspunException(
          "What JMH wrote to " + json + " cannot be understood: " + e.getMessage() + ".", e);
    }
    return times;
  }

  /** The numbers of all iterations. */
  private static List<Double> numbers(JsonNode metric) {
    List<Double> numbers = new ArrayList<>();
    for (JsonNode fork : metric.path("rawData")) {
      fork.forEach(iteration -> numbers.add(iteration.asDouble()));
    }
    return numbers;
  }

  private Path classes() {
    return project.folder().resolve("target").resolve("jmh").resolve("classes");
  }

  private Path jar() {
    return project.folder().resolve("target").resolve("handspun.jar");
  }

  private static Path java(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool);
  }
}
