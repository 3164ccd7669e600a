package handspun.bench;

import handspun.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code bench train} can measure. */
enum Program {
  /** This project, in as many ways as there are numbers of cores. */
  HANDSPUN,
  /** Nielsen's algorithm in NumPy. */
  NUMPY,
  /** PyTorch on the CPU, without autograd. */
  PYTORCH,
  /** Spark MLlib's multilayer perceptron. */
  MLLIB,
  /** The oracle of Handspun's tests. */
  ORACLE;

  /**
   * @param name as typed
   * @return the program
   * @throws UsageException if there is none of that name
   */
  static Program named(String name) {
    return Arrays.stream(values())
        .filter(program -> program.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UsageException(
                    "There is no program " + name + " to measure: name some of " + all() + "."));
  }

  private static String all() {
    return Arrays.stream(values()).map(Program::toString).collect(Collectors.joining(", "));
  }

  /**
   * @param names as typed
   * @return the programs
   * @throws UsageException if there is none of one of the names
   */
  static List<Program> named(List<String> names) {
    return names.stream().map(Program::named).distinct().toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
