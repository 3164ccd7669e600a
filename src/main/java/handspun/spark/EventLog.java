package handspun.spark;

import handspun.HandspunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  static void to(Path folder, SparkConf conf) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw unusable(folder, "it is a file", null);
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unusable(folder, HandspunException.reason(e), e);
    }
    if (!Files.isWritable(folder)) {
      throw unusable(folder, "permission denied", null);
    }
    conf.set("spark.eventLog.enabled", "true")
        .set("spark.eventLog.dir", folder.toAbsolutePath().toUri().toString());
  }

  private static HandspunException unusable(Path folder, String reason, IOException cause) {
    return new HandspunException(
        "Spark's event log cannot be written to the folder "
            + folder
            + ": "
            + reason
            + "; name another one after --event-log.",
        cause);
  }
}
