package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {
  @TempDir private Path folder;

  private final SparkConf conf = new SparkConf(false);

  @Test
  void makesItsFolderAndHasSparkWriteThere() {
    Path events = folder.resolve("of all/my runs");
    EventLog.to(Location.of(events), conf);
    assertThat(events).isEmptyDirectory();
    assertThat(conf.getBoolean("spark.eventLog.enabled", false)).isTrue();
    assertThat(Path.of(URI.create(conf.get("spark.eventLog.dir")))).isEqualTo(events);
  }

  @Test
  void takesAFolderThatIsThere() {
    EventLog.to(Location.of(folder), conf);
    EventLog.to(Location.of(folder), conf);
    assertThat(conf.get("spark.eventLog.dir")).isEqualTo(folder.toUri().toString());
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(() -> EventLog.to(Location.of(file), conf))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("cannot be written to", file + ": it is a file", "--event-log");
    assertThatThrownBy(() -> EventLog.to(Location.of(file.resolve("in it")), conf))
        .isInstanceOf(HandspunException.class)
        .hasMessageContainingAll("cannot be written to", "in it", "--event-log");
    assertThat(conf.contains("spark.eventLog.enabled")).isFalse();
  }

  @Test
  void isRefusedBeforeSparkStarts() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThatThrownBy(
            () ->
                TrainingContext.start(
                    "no master",
                    Aggregation.EXCHANGE,
                    Optional.of(Location.of(file)),
                    notice -> {}))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("it is a file");
  }
}
