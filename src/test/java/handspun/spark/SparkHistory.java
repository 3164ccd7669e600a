package handspun.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.deploy.history.EventLogFileReader;

/** What Spark's event log tells of trainings that are over. */
public final class SparkHistory {
  private static final String SUCCESS = "Success";
  private static final String JOB_SUCCESS = "JobSucceeded";

  private final List<JsonNode> events = new ArrayList<>();

  private SparkHistory() {}

  /**
   * @param folder that was named by {@code --event-log}
   * @return what all runs have written there, which Spark has packed
   */
  public static SparkHistory read(Path folder) throws IOException {
    SparkHistory history = new SparkHistory();
    FileSystem files = FileSystem.getLocal(new Configuration(false));
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path log : paths.filter(SparkHistory::isLog).sorted().toList()) {
        try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    EventLogFileReader.openEventLog(
                        new org.apache.hadoop.fs.Path(log.toUri()), files),
                    StandardCharsets.UTF_8))) {
          for (String line : lines.lines().toList()) {
            history.events.add(new ObjectMapper().readTree(line));
          }
        }
      }
    }
    return history;
  }

  private static boolean isLog(Path path) {
    return Files.isRegularFile(path) && path.getFileName().toString().startsWith("events_");
  }

  private Stream<JsonNode> events(String kind) {
    return events.stream().filter(e -> e.path("Event").asText().equals("SparkListener" + kind));
  }

  /** How many runs began and came to their end. */
  public long applications() {
    return Math.min(events("ApplicationStart").count(), events("ApplicationEnd").count());
  }

  /** Descriptions of all jobs, as Spark's page shows them. */
  public List<String> jobs() {
    return events("JobStart")
        .map(job -> job.at("/Properties/spark.job.description").asText())
        .toList();
  }

  /** The result of every job, in the order in which they ended. */
  public List<String> jobResults() {
    return events("JobEnd").map(job -> job.at("/Job Result/Result").asText()).toList();
  }

  /** Why tasks did not succeed. */
  public List<String> taskFailures() {
    return events("TaskEnd")
        .map(task -> task.at("/Task End Reason/Reason").asText())
        .filter(reason -> !reason.equals(SUCCESS))
        .toList();
  }

  /** Why stages did not succeed. */
  public List<String> stageFailures() {
    return events("StageCompleted")
        .map(stage -> stage.at("/Stage Info/Failure Reason").asText())
        .filter(reason -> !reason.isEmpty())
        .toList();
  }

  /** Everything that did not succeed, and every job that did not end. */
  public List<String> failures() {
    List<String> all = new ArrayList<>(taskFailures());
    all.addAll(stageFailures());
    jobResults().stream().filter(result -> !result.equals(JOB_SUCCESS)).forEach(all::add);
    if (jobResults().size() != jobs().size()) {
      all.add(jobs().size() + " jobs have begun, and " + jobResults().size() + " have ended");
    }
    return all;
  }

  /** The names that the runs have among Spark's applications. */
  public List<String> applicationIds() {
    return events("ApplicationStart").map(start -> start.path("App ID").asText()).toList();
  }
}
