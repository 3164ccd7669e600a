package handspun.report;

import handspun.files.Location;
import handspun.store.AtomicFile;
import handspun.train.EpochSummary;
import handspun.train.PartitionWork;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The figures of a run as a table for other programs (RFC 4180): a header and a row per epoch.
 * Numbers have a point whatever the locale; what does not exist is empty.
 */
public final class MetricsCsv {
  private static final String HEADER =
      "epoch,cost,validation_correct,validation_total,validation_accuracy,seconds,examples_per_second";

  /** Each of them for every partition. */
  private static final List<String> PARTITION_COLUMNS =
      List.of("examples", "compute_seconds", "wait_seconds", "bytes_sent");

  private MetricsCsv() {}

  /** Writes the table anew; whoever reads it meanwhile sees the old one or the new one. */
  public static void write(Location file, List<EpochSummary> epochs) {
    int partitions = 0;
    for (EpochSummary epoch : epochs) {
      partitions = Math.max(partitions, epoch.examplesPerPartition().size());
    }
    StringBuilder csv = new StringBuilder(HEADER);
    for (String column : PARTITION_COLUMNS) {
      for (int p = 0; p < partitions; p++) {
        csv.append(',').append(column).append("_partition_").append(p);
      }
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
    List<PartitionWork> work = epoch.work();
    append(csv, partitions, epoch.examplesPerPartition(), String::valueOf);
    append(csv, partitions, work, partition -> seconds(partition.computeSeconds()));
    append(csv, partitions, work, partition -> seconds(partition.waitSeconds()));
    append(csv, partitions, work, partition -> String.valueOf(partition.bytesSent()));
    csv.append('\n');
  }

  private static <T> void append(
      StringBuilder csv, int partitions, List<T> known, Function<T, String> figure) {
    for (int p = 0; p < partitions; p++) {
      csv.append(',');
      if (p < known.size()) {
        csv.append(figure.apply(known.get(p)));
      }
    }
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.4f", seconds);
  }
}
