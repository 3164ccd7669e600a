package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import handspun.spark.SparkHistory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that come and go all the time: the same bits, and little is computed twice. */
@Tag("cluster")
class ClusterChaosIT {
  private static final int EPOCHS = 100;
  private static final int EXAMPLES = 50_000;

  /** An epoch with its examples a second, or how many partitions there are from now on. */
  private static final Pattern EPOCH_OR_PARTITIONS =
      Pattern.compile(
          "(?m)^(?:Epoch .* ([\\d,]+) examples/s"
              + "|Note: .*(?:run again on|there are|there is) (\\d) partitions?\\b.*)$");

  /** A wide network, since with others all is over before an executor can come. */
  private static final String[] WIDE =
      ("--preset small --augment none --layers 784,256,64,10 --epochs " + EPOCHS).split(" ");

  @TempDir private Path folder;

  @Test
  void executorsAreDecommissionedKilledFrozenAndAdded() throws Exception {
    Trainings trainings = new Trainings(folder);
    Shell shell = trainings.shell().without("HANDSPUN_JAVA_OPTS");
    String expected = sha256(trainings.start(shell, words(WIDE, "--master", "local[1]")).await());
    try (TestCluster cluster = TestCluster.start(folder, 3, 1)) {
      Path events = folder.resolve("events");
      Running running =
          trainings.start(
              shell,
              words(
                  words(WIDE, "--master", cluster.master(), "--partitions", "3"),
                  "--event-log",
                  events.toString(),
                  "--spark",
                  "--conf",
                  "spark.handspun.exchange.timeout=5s"));
      running.awaitWords("Epoch  10 of");
      // A Worker that does not run gives no other in its place.
      TestCluster.freeze(cluster.process("worker-1"));
      TestCluster.decommission(cluster.executor(1));
      running.awaitWords("there are 2 partitions.");
      running.awaitWords("Epoch  25 of");
      cluster.addWorker();
      running.awaitWords("there are 3 partitions, since executors have come.");
      TestCluster.kill(cluster.executor(2));
      running.awaitWords("Epoch  50 of");
      ProcessHandle frozen = cluster.executor(3);
      TestCluster.freeze(frozen);
      running.awaitWords("Epoch  80 of");
      TestCluster.thaw(frozen);
      TestCluster.decommission(cluster.executor(4));
      running.awaitWords("Epoch 100 of");
      long lastEpoch = System.nanoTime();
      Result result = running.await();
      long end = System.nanoTime();
      assertThat(sha256(result)).isEqualTo(expected);
      // That which was killed and that which froze.
      assertThat(Trainings.countRunAgain(result)).isLessThanOrEqualTo(2);
      assertThat(Trainings.countLosses(result)).isEqualTo(2);
      assertThat(result.out())
          .containsPattern("Note: Executor \\d+ is about to be decommissioned: from epoch \\d+ on");
      TestCluster.thaw(cluster.process("worker-1"));
      cluster.assertOnlyLossesFailed(running, events, result);
      cluster.awaitNoExecutors();
      Proofs.note("chaos: decommissioned, killed, frozen, added", expected);
      Proofs.note(
          "chaos: epochs run again of " + EPOCHS, String.valueOf(Trainings.countRunAgain(result)));
      Proofs.note("chaos: seconds of all epochs after the first", secondsOfEpochs(result));
      Proofs.note(
          "chaos: seconds from the last epoch to the end of the process",
          String.format(Locale.ROOT, "%.1f", seconds(end - lastEpoch)));
    }
  }

  private static double seconds(long nanos) {
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }

  /**
   * How long epochs took, and would have, each like most with as many partitions. Not the first, in
   * which Java starts, as in any training.
   */
  private static String secondsOfEpochs(Result result) {
    Map<Integer, List<Double>> seconds = new TreeMap<>();
    int partitions = 3;
    boolean isFirst = true;
    Matcher lines = EPOCH_OR_PARTITIONS.matcher(result.out());
    while (lines.find()) {
      if (lines.group(2) != null) {
        partitions = Integer.parseInt(lines.group(2));
      } else if (isFirst) {
        isFirst = false;
      } else {
        seconds
            .computeIfAbsent(partitions, p -> new ArrayList<>())
            .add(EXAMPLES / Double.parseDouble(lines.group(1).replace(",", "")));
      }
    }
    double sum = 0;
    double usual = 0;
    for (List<Double> same : seconds.values()) {
      Collections.sort(same);
      usual += same.size() * same.get(same.size() / 2);
      sum += same.stream().mapToDouble(Double::doubleValue).sum();
    }
    return String.format(
        Locale.ROOT,
        "%.1f; %.1f at the pace of the partitions that there were: %.0f %% more, with 5 s until the frozen one was noticed",
        sum,
        usual,
        100 * (sum / usual - 1));
  }

  @Test
  void jobsRunSpeculativelyWhileExecutorsAreKilledAndAdded() throws Exception {
    Trainings trainings = new Trainings(folder);
    // Each mini-batch is a Spark job.
    String[] plan = "--preset small --augment none --batch 5000 --epochs 30".split(" ");
    String expected = trainings.sha256(words(plan, "--master", "local[1]"));
    try (TestCluster cluster = TestCluster.start(folder, 3, 1)) {
      Path events = folder.resolve("events");
      Running running =
          trainings.start(
              words(
                  words(plan, "--master", cluster.master(), "--aggregate", "jobs"),
                  "--event-log",
                  events.toString(),
                  "--spark",
                  "--conf",
                  "spark.speculation=true",
                  "--conf",
                  "spark.speculation.quantile=0.5",
                  "--conf",
                  "spark.speculation.multiplier=1.1",
                  "--conf",
                  "spark.speculation.minTaskRuntime=1ms"));
      running.awaitWords("Epoch  5 of");
      TestCluster.decommission(cluster.executor(1));
      running.awaitWords("Epoch 12 of");
      TestCluster.kill(cluster.executor(2));
      cluster.addWorker();
      running.awaitWords("Epoch 20 of");
      TestCluster.decommission(cluster.executor(3));
      Result result = running.await();
      assertThat(sha256(result)).isEqualTo(expected);
      SparkHistory history = SparkHistory.read(events);
      assertThat(history.jobResults()).hasSameSizeAs(history.jobs()).containsOnly("JobSucceeded");
      Proofs.note("chaos: speculative jobs, decommissioned, killed, added", expected);
    }
  }
}
