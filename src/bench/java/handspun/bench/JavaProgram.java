package handspun.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A program that runs in a JVM of its own, with the JVM's defaults.
 *
 * @param id for machines
 * @param name for people
 * @param cores how many threads compute
 * @param wholeFits whether its steps are whole fits
 * @param arguments of {@code java} for a workload
 */
record JavaProgram(
    String id,
    String name,
    int cores,
    boolean wholeFits,
    Function<Workload, List<String>> arguments)
    implements Contender {

  @Override
  public Measurement measure(Workload workload, Path logs, String label) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments.apply(workload));
    return StepLines.parse(Child.run(command, Map.of(), logs.resolve(label)), wholeFits);
  }
}
