package handspun.report;

import handspun.store.AtomicFile;
import handspun.train.EpochSummary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The figures of a run as a table for other programs (RFC 4180): a header and a row per epoch.
 * Numbers have a point whatever the locale; what does not exist is empty.
 */
public final class MetricsCsv {
  private static final String HEADER =
      "epoch,cost,validation_correct,validation_total,validation_accuracy,seconds,"
          + "examples_per_second";

  private MetricsCsv() {}

  /**
   * Writes the table anew; whoever reads it meanwhile sees the old one or the new one.
   *
   * @param file created or replaced
   * @param epochs all epochs so far, in order
   * @throws handspun.HandspunException if the file cannot be written
   */
  public static void write(Path file, List<EpochSummary> epochs) {
    int partitions = 0;
    for (EpochSummary epoch : epochs) {
      partitions = Math.max(partitions, epoch.examplesPerPartition().size());
    }
    StringBuilder csv = new StringBuilder(HEADER);
    for (int p = 0; p < partitions; p++) {
      csv.append(",examples_partition_").append(p);
    }
    csv.append('\n');
    for (EpochSummary epoch : epochs) {
      appendRow(csv, epoch, partitions);
    }
    AtomicFile.replace(file, csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void appendRow(StringBuilder csv, EpochSummary epoch, int partitions) {
    csv.append(epoch.epoch()).append(',').append(epoch.cost());
    csv.append(',').append(epoch.validationCorrect()).append(',').append(epoch.validationTotal());
    csv.append(',');
    if (epoch.validationTotal() > 0) {
      csv.append(epoch.validationAccuracy());
    }
    csv.append(
        String.format(Locale.ROOT, ",%.3f,%.1f", epoch.seconds(), epoch.examplesPerSecond()));
    for (int p = 0; p < partitions; p++) {
      csv.append(',');
      if (p < epoch.examplesPerPartition().size()) {
        csv.append(epoch.examplesPerPartition().get(p));
      }
    }
    csv.append('\n');
  }
}
