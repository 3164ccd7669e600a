package handspun.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.train.EpochSummary;
import handspun.train.PartitionWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCsvTest {
  private static final EpochSummary FIRST =
      new EpochSummary(
          1,
          0.125,
          9004,
          10000,
          2,
          List.of(25_000, 25_000),
          List.of(
              new PartitionWork(1_500_000_000, 250_000_000, 1234),
              new PartitionWork(1_750_000_000, 0, 0)));
  private static final EpochSummary SECOND =
      new EpochSummary(2, Double.NaN, 0, 0, 0.125, List.of(50_000));

  private static final String ROW =
      "1,0.125,9004,10000,0.9004,2.000,25000.0,25000,25000,1.5000,1.7500,0.2500,0.0000,1234,0";

  @TempDir Path folder;

  @Test
  void hasAHeaderAndARowPerEpoch() throws IOException {
    Path file = folder.resolve("metrics.csv");
    MetricsCsv.write(Location.of(file), List.of(FIRST));
    assertThat(Files.readString(file))
        .isEqualTo(
            "epoch,cost,validation_correct,validation_total,validation_accuracy,seconds,"
                + "examples_per_second,examples_partition_0,examples_partition_1,"
                + "compute_seconds_partition_0,compute_seconds_partition_1,"
                + "wait_seconds_partition_0,wait_seconds_partition_1,"
                + "bytes_sent_partition_0,bytes_sent_partition_1\n"
                + ROW
                + "\n");
  }

  @Test
  void leavesEmptyWhatDoesNotExist() throws IOException {
    Path file = folder.resolve("metrics.csv");
    MetricsCsv.write(Location.of(file), List.of(FIRST, SECOND));
    assertThat(Files.readAllLines(file).get(2)).isEqualTo("2,NaN,0,0,,0.125,400000.0,50000,,,,,,,");
  }

  @Test
  void isReplacedWholeAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("metrics.csv");
    MetricsCsv.write(Location.of(file), List.of(FIRST));
    MetricsCsv.write(Location.of(file), List.of(FIRST, SECOND));
    assertThat(Files.readAllLines(file)).hasSize(3);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void hasPointsInEveryLocale() throws IOException {
    Path file = folder.resolve("metrics.csv");
    Locale kept = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      MetricsCsv.write(Location.of(file), List.of(FIRST));
    } finally {
      Locale.setDefault(kept);
    }
    assertThat(Files.readAllLines(file).get(1)).isEqualTo(ROW);
  }

  @Test
  void saysThatTheFolderIsMissing() {
    Path file = folder.resolve("missing").resolve("metrics.csv");
    assertThatThrownBy(() -> MetricsCsv.write(Location.of(file), List.of(FIRST)))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("Could not write " + file, "there is no folder");
  }
}
