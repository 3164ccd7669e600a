package handspun.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.HandspunException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The benchmarks of {@code handspun.bench.kernels}, run by JMH in processes of their own.
 *
 * @param project where they are
 * @param logs folder for what the programs print
 * @param quick whether each is run for a moment only, to see that it runs
 */
record JmhRun(Project project, Path logs, boolean quick) {
  /**
   * A fork for each benchmark: nothing that ran before has a say in how it is compiled. A warm-up
   * that is long enough: until the compiler is done, each vector is an object, and a call of a
   * large kernel takes a thousand times as long.
   */
  private static final List<String> THOROUGHLY =
      List.of("-f", "1", "-wi", "8", "-w", "250ms", "-i", "7", "-r", "70ms");

  private static final List<String> QUICKLY =
      List.of("-f", "0", "-wi", "1", "-w", "10ms", "-i", "2", "-r", "10ms");

  private static final List<String> IN_NANOSECONDS_A_CALL = List.of("-bm", "avgt", "-tu", "ns");

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
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("-Dhandspun.kernels=" + kernels);
    command.add("-Dhandspun.data=" + project.data());
    // Another JMH on this machine spoils the figures, and so does any other program.
    command.add("-Djmh.ignoreLock=true");
    command.add("-cp");
    command.add(project.jar() + File.pathSeparator + project.benchJars());
    command.add("org.openjdk.jmh.Main");
    command.add(benchmarks);
    command.addAll(quick ? QUICKLY : THOROUGHLY);
    command.addAll(IN_NANOSECONDS_A_CALL);
    command.addAll(List.of("-foe", "true", "-rf", "json", "-rff", json.toString()));
    try {
      Child.run(command, Map.of(), logs.resolve(label));
    } catch (HandspunException e) {
      throw new HandspunException(
          "The benchmarks %s failed: %s (the whole log is in %s.out)."
              .formatted(benchmarks, e.getMessage(), logs.resolve(label)),
          e);
    }
    return read(json, kernels);
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
}
