package handspun.serve;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The figures of an epoch, as a run writes them into its table.
 *
 * @param epoch from 1
 * @param cost mean of an example; NaN if not known
 * @param validationAccuracy 0..1; NaN if not known
 */
record EpochMetrics(int epoch, double cost, double validationAccuracy) {
  private static final String TABLE = "metrics.csv";

  /** {@return the figures of a run's epochs; none if it has no table} */
  static List<EpochMetrics> of(Path run) {
    Path table = run.resolve(TABLE);
    if (!Files.isRegularFile(table)) {
      return List.of();
    }
    try {
      return parse(table, Files.readAllLines(table));
    } catch (IOException e) {
      throw HandspunException.couldNot("read " + table, e);
    }
  }

  private static List<EpochMetrics> parse(Path table, List<String> lines) {
    List<EpochMetrics> metrics = new ArrayList<>();
    if (lines.isEmpty()) {
      return metrics;
    }
    List<String> header = Arrays.asList(lines.get(0).split(","));
    int epoch = header.indexOf("epoch");
    int cost = header.indexOf("cost");
    int accuracy = header.indexOf("validation_accuracy");
    for (String line : lines.subList(1, lines.size())) {
      String[] row = line.split(",", -1);
      try {
        metrics.add(
            new EpochMetrics(
                Integer.parseInt(row[epoch]), number(row, cost), number(row, accuracy)));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new HandspunException(
            "%s is not a run's table: it has the line \"%s\".".formatted(table, line), e);
      }
    }
    return metrics;
  }

  private static double number(String[] row, int column) {
    return row[column].isEmpty() ? Double.NaN : Double.parseDouble(row[column]);
  }
}
