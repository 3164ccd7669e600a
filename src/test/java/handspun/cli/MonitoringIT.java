package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import handspun.spark.SparkHistory;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are watched, or looked into afterwards: Spark's page, its event log and its log. */
class MonitoringIT {
  private static final Path ROOT = Path.of("").toAbsolutePath();
  private static final int MANY_TIMES = 5;
  private static final int PAUSE_MILLIS = 50;
  private static final int MINI_BATCHES = 50;

  @TempDir private Path folder;

  private int epochs = 20;

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String get(int port, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      return client.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      return "";
    }
  }

  private static double gauge(String metrics, String name) {
    Matcher line =
        Pattern.compile(
                "^metrics_handspun_driver_training_" + name + "_Value\\{type=\"gauges\"} (\\S+)$",
                Pattern.MULTILINE)
            .matcher(metrics);
    return line.find() ? Double.parseDouble(line.group(1)) : Double.NaN;
  }

  @Test
  void tellsPrometheusWhileItRunsAndTheHistoryServerAfterwards() throws Exception {
    int port = freePort();
    Running running = train(port);
    String metrics = awaitMetrics(port, running);
    String jobs = get(port, "/api/v1/applications/" + application(port) + "/jobs");
    while (jobs.isEmpty()) {
      // It was over before anybody had looked.
      Result tooSoon = running.await();
      assertThat(tooSoon.exit()).as(tooSoon.err()).isZero();
      epochs *= MANY_TIMES;
      running = train(port);
      metrics = awaitMetrics(port, running);
      jobs = get(port, "/api/v1/applications/" + application(port) + "/jobs");
    }
    Result result = running.await();
    assertThat(result.exit()).as(result.err()).isZero();

    seesTheTraining(metrics);
    JsonNode job = new ObjectMapper().readTree(jobs).get(0);
    assertThat(job.get("name").textValue()).isEqualTo("Training 784-16-16-10");
    String description = "Training 784-16-16-10 for " + epochs + " epochs";
    assertThat(job.get("description").textValue()).isEqualTo(description);
    SparkHistory history = SparkHistory.read(folder.resolve("events" + epochs));
    assertThat(history.applications()).isOne();
    assertThat(history.jobs()).containsExactly(description);
    assertThat(history.failures()).isEmpty();
    assertThat(SparkLog.complaintsButOfEnds(running)).isEmpty();
    Path work = ROOT.resolve("target/spark/work").resolve(history.applicationIds().get(0));
    assertThat(SparkLog.complaintsOfExecutors(work)).isEmpty();
    sumsItUp(result);
  }

  @Test
  void nothingFailsOrWarnsOnThisMachine() throws Exception {
    String[] quietly = {"--validation=59900", "--master=local[2]", "--event-log=events"};
    String[] trains = Trainings.words(quietly, "--spark", "--conf", "spark.ui.port=0");
    Trainings trainings = new Trainings(folder);
    Running exchange =
        trainings.start(Trainings.words(new String[] {"--preset=seed", "--epochs=1"}, trains));
    assertThat(exchange.await().exit()).isZero();
    String[] resume = {"train", "--resume=run1", "--epochs=2", "--aggregate=jobs"};
    Running jobs = trainings.shell().start(trainings.command(Trainings.words(resume, trains)));
    assertThat(jobs.await().exit()).isZero();
    Running generate =
        trainings
            .shell()
            .start(
                trainings.command(
                    "generate",
                    "--images=20",
                    "--out=set",
                    "--parts=2",
                    "--spark",
                    "--conf",
                    "spark.ui.port=0",
                    "--conf",
                    "spark.eventLog.enabled=true",
                    "--conf",
                    "spark.eventLog.dir=" + folder.resolve("events").toUri()));
    assertThat(generate.await().exit()).isZero();

    SparkHistory history = SparkHistory.read(folder.resolve("events"));
    assertThat(history.applications()).isEqualTo(3);
    assertThat(history.jobs())
        .contains("Training 784-16-16-10 for 1 epochs", "Making 20 images")
        .contains("Epoch 2 of 2, mini-batch 10 of 10");
    assertThat(history.failures()).isEmpty();
    for (Running command : List.of(exchange, jobs, generate)) {
      assertThat(SparkLog.complaints(command)).isEmpty();
    }
  }

  private Running train(int port) throws Exception {
    return new Trainings(folder)
        .shell()
        .start(
            ROOT.resolve("bin/handspun").toString(),
            "train",
            "--json",
            "--run=run" + epochs,
            "--epochs=" + epochs,
            "--preset=seed",
            "--batch=1000",
            "--master=local-cluster[2,1,1024]",
            "--event-log=events" + epochs,
            "--spark",
            "--conf",
            "spark.handspun.slots.timeout=30m",
            "--conf",
            "spark.ui.port=" + port);
  }

  /** What Prometheus is told once all figures are there; empty if training ends before. */
  private String awaitMetrics(int port, Running running) throws Exception {
    String metrics = "";
    while (!(gauge(metrics, "epoch") > 1 && gauge(metrics, "partition_1_computeSeconds") > 0)) {
      if (!running.process().isAlive()) {
        return "";
      }
      Thread.sleep(PAUSE_MILLIS);
      metrics = get(port, "/metrics/prometheus");
    }
    return metrics;
  }

  private String application(int port) throws Exception {
    return new ObjectMapper()
        .readTree(get(port, "/api/v1/applications"))
        .path(0)
        .path("id")
        .asText();
  }

  private void seesTheTraining(String metrics) {
    assertThat(gauge(metrics, "epoch")).isBetween(2.0, (double) epochs);
    assertThat(gauge(metrics, "epochs")).isEqualTo(epochs);
    assertThat(gauge(metrics, "miniBatches")).isEqualTo(MINI_BATCHES);
    assertThat(gauge(metrics, "miniBatchesDone")).isBetween(0.0, (double) MINI_BATCHES);
    assertThat(gauge(metrics, "cost")).isBetween(0.01, 1.0);
    assertThat(gauge(metrics, "validationAccuracy")).isBetween(0.05, 0.99);
    assertThat(gauge(metrics, "examplesPerSecond")).isPositive();
    assertThat(gauge(metrics, "bytesExchanged")).isPositive();
    assertThat(gauge(metrics, "slowestPartition")).isBetween(0.0, 1.0);
    for (int p = 0; p < 2; p++) {
      assertThat(gauge(metrics, "partition_" + p + "_computeSeconds")).isPositive();
      assertThat(gauge(metrics, "partition_" + p + "_waitSeconds")).isPositive();
    }
  }

  private void sumsItUp(Result result) throws IOException {
    assertThat(result.err())
        .containsPattern(
            "work +slowest partition [01]: \\d+ % computing, \\d+ % waiting; \\d+\\.\\d MB"
                + " exchanged between executors\n");
    JsonNode json = new ObjectMapper().readTree(result.out());
    assertThat(json.get("computeSeconds")).hasSize(2);
    assertThat(json.get("waitSeconds")).hasSize(2);

    List<String> rows = Files.readAllLines(folder.resolve("run" + epochs + "/metrics.csv"));
    List<String> header = Arrays.asList(rows.get(0).split(","));
    long bytes = 0;
    for (String row : rows.subList(1, rows.size())) {
      String[] cells = row.split(",");
      for (int p = 0; p < 2; p++) {
        double seconds = Double.parseDouble(cells[header.indexOf("seconds")]);
        double computing =
            Double.parseDouble(cells[header.indexOf("compute_seconds_partition_" + p)]);
        double waiting = Double.parseDouble(cells[header.indexOf("wait_seconds_partition_" + p)]);
        assertThat(computing).isPositive();
        // Each is rounded.
        assertThat(computing + waiting).isLessThan(seconds + 0.001);
        bytes += Long.parseLong(cells[header.indexOf("bytes_sent_partition_" + p)]);
      }
    }
    // In every mini-batch each of the two sends the sum of its lanes, 13,002 numbers or more.
    assertThat(bytes).isGreaterThan(2L * epochs * MINI_BATCHES * 13_002 * Float.BYTES);
    assertThat(json.get("bytesExchanged").longValue()).isEqualTo(bytes);
  }
}
