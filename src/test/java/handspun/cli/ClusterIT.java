package handspun.cli;

import static handspun.cli.Trainings.json;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.train.PinnedPlan;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of real Spark processes, as a user starts, uses, harms and stops it. */
class ClusterIT {
  @TempDir private Path folder;

  private Result handspun(String... words) throws Exception {
    return new Trainings(folder).handspun(words);
  }

  private Result cluster(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("cluster"));
    all.addAll(List.of(words));
    all.addAll(List.of("--folder", "cluster"));
    return handspun(all.toArray(String[]::new));
  }

  private String sha256(String... options) throws Exception {
    String[] command = {"train", "--json"};
    return json(handspun(words(command, PinnedPlan.LARGE_MINI_BATCHES.options(options))))
        .get("parametersSha256")
        .textValue();
  }

  private long pid(String process) throws Exception {
    return Long.parseLong(
        Files.readString(folder.resolve("cluster").resolve(process + ".pid")).split(" ")[0]);
  }

  private static String freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return String.valueOf(socket.getLocalPort());
    }
  }

  @AfterEach
  void stop() throws Exception {
    cluster("stop");
  }

  @Test
  void trainsTheSameBitsAsALocalRunAndTellsWhenAWorkerIsGone() throws Exception {
    String port = freePort();
    Result started = cluster("start", "--port", port, "--memory", "1g");
    assertThat(started.exit()).as(started.err()).isZero();
    String master = "spark://127.0.0.1:" + port;
    assertThat(started.out()).contains("Cluster " + master + ": 2 workers, 0 of 2 cores in use");

    Result again = cluster("start", "--port", port);
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("There is a cluster already", "bin/handspun cluster stop");

    // Where executors exchange, LostExecutorTest does the same.
    assertThat(sha256("--master", master, "--aggregate", "jobs", "--run", "run"))
        .isEqualTo(PinnedPlan.LARGE_MINI_BATCHES.sha256());
    assertThat(cluster("status").exit()).isZero();

    ProcessHandle worker = ProcessHandle.of(pid("worker-2")).orElseThrow();
    worker.destroyForcibly();
    worker.onExit().get();
    Result harmed = cluster("status");
    assertThat(harmed.exit()).isEqualTo(1);
    assertThat(harmed.err()).contains("worker-2 no longer runs");

    ProcessHandle other = ProcessHandle.of(pid("worker-1")).orElseThrow();
    ProcessHandle head = ProcessHandle.of(pid("master")).orElseThrow();
    assertThat(cluster("stop").exit()).isZero();
    assertThat(other.isAlive()).isFalse();
    assertThat(head.isAlive()).isFalse();
    Result gone = cluster("status");
    assertThat(gone.exit()).isEqualTo(1);
    assertThat(gone.err()).contains("There is no cluster");
  }

  @Test
  void startsNothingWhereThePortIsInUse() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Result result = cluster("start", "--port", String.valueOf(socket.getLocalPort()));
      assertThat(result.exit()).isEqualTo(1);
      assertThat(result.err())
          .contains("Port " + socket.getLocalPort() + " of 127.0.0.1 cannot be used", "--port");
      assertThat(cluster("status").err()).contains("There is no cluster");
    }
  }
}
