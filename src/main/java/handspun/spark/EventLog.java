package handspun.spark;

import handspun.HandspunException;
import handspun.files.Location;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.spark.SparkConf;

/** Spark's event log, from which its history server shows the page of a run that is over. */
final class EventLog {
  private EventLog() {}

  /**
   * Has Spark write its event log.
   *
   * @param conf Spark's settings, which are added to
   * @param folder made if it does not exist
   * @throws HandspunException if nothing can be written there
   */
  static void to(Location folder, SparkConf conf) {
    try {
      if (folder.isFile()) {
        throw unusable(folder, "it is a file", null);
      }
      folder.makeFolder();
    } catch (IOException e) {
      throw unusable(folder, HandspunException.reason(e), e);
    }
    if (folder.local().isPresent() && !Files.isWritable(folder.local().get())) {
      throw unusable(folder, "permission denied", null);
    }
    conf.set("spark.eventLog.enabled", "true")
        .set(
            "spark.eventLog.dir",
            folder
                .local()
                .map(path -> path.toAbsolutePath().toUri().toString())
                .orElse(folder.toString()));
  }

  private static HandspunException unusable(Location folder, String reason, IOException cause) {
    return new HandspunException(
        "Spark's event log cannot be written to the folder %s: %s; name another one after --event-log."
            .formatted(folder, reason),
        cause);
  }
}
