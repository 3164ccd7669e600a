package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The log of a command that ran on Spark. */
final class SparkLog {
  private static final Path LOGS = Path.of("runs/logs").toAbsolutePath();
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d .*");
  private static final Pattern COMPLAINT = Pattern.compile(".* (WARN|ERROR|FATAL) .*");

  /** What Spark itself says of an executor that is gone, or told to go, and of its task. */
  private static final Pattern LOSS =
      Pattern.compile(
          ".* TaskSchedulerImpl: Lost executor \\d+ on .*"
              + "|.* TaskSetManager: Lost task .* (ExecutorLostFailure|TaskKilled) \\(.*"
              + "|.* HeartbeatReceiver: Removing executor .*"
              + "|.* Received executor \\d+ decommissioned message"
              + "|.* DAGScheduler: Failed to cancel job group .*"
              + "|.* DAGScheduler: Barrier stage in job \\d+ requires .*"
              // Its own cleaner asks everybody, also who has just gone.
              + "|.* TransportClient: Failed to send RPC .*"
              + "|.* TransportResponseHandler: Still have \\d+ requests outstanding .*"
              + "|.* BlockManagerMasterEndpoint: Error trying to remove broadcast .*"
              + "|.* BlockManagerMasterEndpoint: No more replicas available for broadcast_.*");

  /**
   * What Spark says of an executor that ends before the driver has closed its connection, or before
   * the Master and Workers of a local-cluster, which end with the driver, have heard of it.
   */
  private static final Pattern END =
      Pattern.compile(
          ".* WARN .* TransportChannelHandler: Exception in connection from .*"
              + "|.* WARN .* Master: Got status update for unknown executor .*"
              + "|.* WARN .* NettyRpcEnv: Ignored message: .*"
              + "|.* ERROR .* Worker: Failed to send ExecutorStateChanged.*");

  /** What every executor says of its machine, and of its end. */
  private static final Pattern EXECUTOR =
      Pattern.compile(
          ".* WARN NativeCodeLoader: .*"
              + "|.* WARN Utils: (Your hostname, .*|Set SPARK_LOCAL_IP .*)"
              + "|.* ERROR CoarseGrainedExecutorBackend: RECEIVED SIGNAL TERM");

  private SparkLog() {}

  /**
   * @param command {@code bin/handspun}, which has ended
   * @return the lines of its log that warn or are no messages, such as those of a stack trace
   */
  static List<String> complaints(Running command) throws IOException {
    return complaintsBut(command, message -> false);
  }

  /** The same without what Spark may say when executors that are processes of their own end. */
  static List<String> complaintsButOfEnds(Running command) throws IOException {
    return complaintsBut(command, END.asMatchPredicate());
  }

  /** The same without what Spark says of executors that are lost, or told to go. */
  static List<String> complaintsButOfLosses(Running command) throws IOException {
    return complaintsBut(command, END.asMatchPredicate().or(LOSS.asMatchPredicate()));
  }

  /** What belongs to a message that is allowed, such as its stack trace, is allowed, too. */
  private static List<String> complaintsBut(Running command, Predicate<String> isAllowed)
      throws IOException {
    List<String> complaints = new ArrayList<>();
    boolean isPassedOver = false;
    for (String line : Files.readAllLines(log(command))) {
      if (TIME.matcher(line).matches()) {
        isPassedOver = isAllowed.test(line);
      }
      if (!isPassedOver && isComplaint(line)) {
        complaints.add(line);
      }
    }
    return complaints;
  }

  private static Path log(Running command) throws IOException {
    String end = "-" + command.process().pid() + ".log";
    try (Stream<Path> files = Files.list(LOGS)) {
      List<Path> logs = files.filter(file -> file.toString().endsWith(end)).toList();
      assertThat(logs).as("the log of the command").isNotEmpty();
      // The newest, should the number of a process have been given twice.
      return logs.stream().sorted().reduce((older, newer) -> newer).orElseThrow();
    }
  }

  /**
   * @param application where a Worker keeps an application's executors: a folder of each
   * @return the lines of their logs that warn of something, or belong to a stack trace
   */
  static List<String> complaintsOfExecutors(Path application) throws IOException {
    List<String> complaints = new ArrayList<>();
    try (Stream<Path> files = Files.walk(application)) {
      List<Path> logs = files.filter(file -> file.endsWith("stderr")).toList();
      assertThat(logs).as("logs of executors in %s", application).isNotEmpty();
      for (Path log : logs) {
        try (Stream<String> lines = wholeLines(log)) {
          lines
              .filter(line -> COMPLAINT.matcher(line).matches() || line.startsWith("\tat "))
              .filter(line -> !EXECUTOR.matcher(line).matches())
              .forEach(complaints::add);
        }
      }
    }
    return complaints;
  }

  /** Whoever is killed may have begun another. */
  private static Stream<String> wholeLines(Path log) throws IOException {
    String text = Files.readString(log);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines();
  }

  private static boolean isComplaint(String line) {
    return COMPLAINT.matcher(line).matches() || !TIME.matcher(line).matches();
  }
}
