package handspun.bench;

import handspun.HandspunException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script in {@code src/bench}, run by Python.
 *
 * @param id for machines
 * @param name for people
 * @param python the interpreter
 * @param script the file
 * @param data folder with the images
 * @param cores how many threads compute
 * @param arguments that this script alone has
 * @param environment to be added
 */
record PythonProgram(
    String id,
    String name,
    String python,
    Path script,
    Path data,
    int cores,
    List<String> arguments,
    Map<String, String> environment)
    implements Contender {
  private static final Pattern NO_MODULE = Pattern.compile("No module named '([^']+)'");

  @Override
  public Measurement measure(Workload workload, Path logs, String label) {
    List<String> command = new ArrayList<>(List.of(python, script.toString()));
    command.addAll(List.of("--data", data.toString()));
    command.addAll(workload.options());
    command.addAll(arguments);
    Map<String, String> all = new HashMap<>(environment);
    all.put("PYTHONDONTWRITEBYTECODE", "1");
    try {
      return StepLines.parse(Child.run(command, all, logs.resolve(label)), false);
    } catch (Child.CannotStartException e) {
      throw new HandspunException(
          e.getMessage() + ": install Python 3 with NumPy, or name one with --python", e);
    } catch (HandspunException e) {
      Matcher missing = NO_MODULE.matcher(e.getMessage());
      if (missing.find()) {
        throw new HandspunException(
            python
                + " has no "
                + missing.group(1)
                + ": install it, or name a Python that has it with --python",
            e);
      }
      throw e;
    }
  }
}
