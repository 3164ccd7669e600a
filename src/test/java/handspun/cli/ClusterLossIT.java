package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import handspun.network.Topology;
import handspun.train.EveryOption;
import handspun.train.Plan;
import handspun.train.PlanOptions;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster can lose: the same bits where something is left, one clear sentence where not. */
@Tag("cluster")
class ClusterLossIT {
  /** Adam, an average, dropout and all else; each epoch has 5,000 mini-batches. */
  private static final String[] PLAN =
      EveryOption.together(new Plan(new Topology(784, 16, 16, 10), 5, 10, 0.01f, 1, 1))
          .map(PlanOptions::of)
          .findFirst()
          .orElseThrow();

  private static final int SLOTS_SECONDS = 30;

  /** What ending Spark may take on a busy machine, beside the time limits that were set. */
  private static final int GRACE_SECONDS = 60;

  private static final int PAUSE_MILLIS = 20;
  private static final int LATE_MILLIS = 6_000;

  private static String expected;

  @TempDir private Path folder;

  private TestCluster cluster;
  private Trainings trainings;

  @BeforeEach
  void start() throws Exception {
    trainings = new Trainings(folder);
    if (expected == null) {
      expected = trainings.sha256(words(PLAN, "--master", "local[1]"));
    }
    cluster = TestCluster.start(folder, 2, 1);
  }

  @AfterEach
  void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private Running train(String... options) throws Exception {
    return trainings.start(words(words(PLAN, "--master", cluster.master()), options));
  }

  /** On both executors, also if one comes some seconds after the other. */
  private Running trainOnBoth(String... options) throws Exception {
    return train(words(new String[] {"--partitions", "2"}, options));
  }

  private void assertSameBits(String what, Result result) {
    assertThat(Trainings.countLosses(result)).as(result.out()).isPositive();
    assertThat(sha256(result)).isEqualTo(expected);
    Proofs.note(what, expected);
  }

  private static void assertSentence(String what, Result result, int exit, String... words) {
    assertThat(result.exit()).as(result.err()).isEqualTo(exit);
    String last = result.err().lines().reduce((a, b) -> b).orElse("");
    assertThat(last).startsWith("handspun: ").contains(words);
    assertThat(result.err()).doesNotContain("\tat ");
    Proofs.note(what, "exit " + exit + ": " + last);
  }

  @Test
  void aWorkerIsKilledWithItsExecutor() throws Exception {
    Running running = trainOnBoth();
    running.awaitWords("Epoch 1 of");
    ProcessHandle executor = cluster.executor(2);
    TestCluster.kill(cluster.process("worker-2"));
    TestCluster.kill(executor);
    assertSameBits("worker and its executor killed in epoch 2", running.await());
  }

  @Test
  void allExecutorsAreKilled() throws Exception {
    Running running = trainOnBoth();
    running.awaitWords("Epoch 1 of");
    TestCluster.kill(cluster.executor(1));
    TestCluster.kill(cluster.executor(2));
    assertSameBits("all executors killed in epoch 2, Master starts others", running.await());
  }

  @Test
  void anExecutorIsKilledBeforeTheFirstEpoch() throws Exception {
    Running running = trainOnBoth();
    running.awaitWords("run       ");
    TestCluster.kill(cluster.executor(1));
    // Before or after its task has come: nothing need be run again.
    assertThat(sha256(running.await())).isEqualTo(expected);
    Proofs.note("executor killed before epoch 1", expected);
  }

  @Test
  void allExecutorsAndWorkersAreKilled() throws Exception {
    Running running =
        trainOnBoth("--spark", "--conf", "spark.handspun.slots.timeout=" + SLOTS_SECONDS + "s");
    running.awaitWords("Epoch 1 of");
    ProcessHandle[] executors = {cluster.executor(1), cluster.executor(2)};
    TestCluster.kill(cluster.process("worker-1"));
    TestCluster.kill(cluster.process("worker-2"));
    for (ProcessHandle executor : executors) {
      TestCluster.kill(executor);
    }
    long start = System.nanoTime();
    Result result = running.await();
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start))
        .isLessThan(SLOTS_SECONDS + GRACE_SECONDS);
    assertSentence(
        "all workers and executors killed",
        result,
        1,
        "No executor has come within " + SLOTS_SECONDS + " s",
        "spark.handspun.slots.timeout");
  }

  @Test
  void theMasterIsKilled() throws Exception {
    Running running = trainOnBoth();
    running.awaitWords("Epoch 1 of");
    TestCluster.kill(cluster.process("master"));
    Result result = running.await();
    assertThat(sha256(result)).isEqualTo(expected);
    Proofs.note("Master killed in epoch 2", expected);
  }

  @Test
  void aTaskThatWouldFailAgain() throws Exception {
    Result result =
        train("--spark", "--conf", "spark.executor.extraJavaOptions=-Dhandspun.kernels=9").await();
    assertSentence(
        "a task that would fail again",
        result,
        1,
        "handspun.kernels is 9, but must be scalar, 128, 256 or 512");
    assertThat(result.out()).doesNotContain("run again");
  }

  @Test
  void noPortIsFree() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(socket.getLocalPort());
      assertSentence(
          "the one port of the exchange is in use",
          trainOnBoth("--spark", "--conf", "spark.handspun.exchange.port=" + port).await(),
          1,
          "no port of " + port + " could be opened at 127.0.0.1");
    }
  }

  @Test
  void thereAreTooFewSlots() throws Exception {
    assertSentence(
        "--partitions 5 on 2 cores",
        train("--partitions", "5").await(),
        2,
        "partitions is 5, but the master " + cluster.master() + " runs only 2 tasks at a time");
  }

  @Test
  void sparkIsSetToWhatCannotBe() throws Exception {
    assertSentence(
        "tasks that want more cores than an executor has",
        train("--spark", "--conf", "spark.task.cpus=2").await(),
        2,
        "spark.task.cpus is 2, but with the master " + cluster.master(),
        "an executor has only 1 core",
        "give executors 2 cores each");
    assertSentence(
        "a timeout that is no time",
        train("--spark", "--conf", "spark.handspun.exchange.timeout=soon").await(),
        2,
        "spark.handspun.exchange.timeout is soon, but must be a time of 1s to 1d, such as 30s");
  }

  @Test
  void anExecutorComesLate() throws Exception {
    ProcessHandle worker = cluster.process("worker-2");
    TestCluster.freeze(worker);
    Running running;
    try {
      running = trainOnBoth();
      while (cluster.executors(1).isEmpty()) {
        assertThat(running.process().isAlive()).isTrue();
        Thread.sleep(PAUSE_MILLIS);
      }
      Thread.sleep(LATE_MILLIS);
    } finally {
      TestCluster.thaw(worker);
    }
    Result result = running.await();
    assertThat(sha256(result)).isEqualTo(expected);
    assertThat(result.out()).contains("2 partitions (as told)");
    Proofs.note("second executor comes 6 s after the first", expected);
  }

  @Test
  void aLostExecutorIsReplaced() throws Exception {
    String[] plan = {"--preset", "small", "--augment", "none", "--epochs", "1000"};
    ProcessHandle worker = cluster.process("worker-2");
    Running running =
        trainings.start(
            words(
                plan,
                "--master",
                cluster.master(),
                "--partitions",
                "2",
                "--event-log",
                folder.resolve("events").toString()));
    running.awaitWords("Epoch    1 of");
    ProcessHandle executor = cluster.executor(2);
    // A Worker that does not run starts no other executor.
    TestCluster.freeze(worker);
    try {
      // Its Worker does not see it off, so it is not waited for.
      executor.destroyForcibly();
      running.awaitWords(" 1 partition");
    } finally {
      TestCluster.thaw(worker);
    }
    running.awaitWords("there are 2 partitions, since executors have come");
    Result result = running.await();
    String sha256 = trainings.sha256(words(plan, "--master", "local[1]"));
    assertThat(sha256(result)).isEqualTo(sha256);
    cluster.assertOnlyLossesFailed(running, folder.resolve("events"), result);
    Proofs.note(
        "executor killed, replaced and taken in again, preset small without augmentation, 1000 epochs",
        sha256);
  }

  @Test
  void anotherTrainingHasAllExecutors() throws Exception {
    Running first = trainings.start("--epochs", "5000", "--master", cluster.master());
    first.awaitWords("Epoch    1 of");
    Result second = train("--spark", "--conf", "spark.handspun.slots.timeout=5s").await();
    assertThat(second.out()).contains("Note: Waiting for executors, up to 5 s ...");
    assertSentence("a second training on a busy cluster", second, 1, "No executor has come");
    first.process().destroy();
    long start = System.nanoTime();
    Result stopped = first.await();
    // The latter where Spark does not stop in time.
    assertThat(stopped.exit()).isIn(143, 130);
    assertThat(stopped.err()).contains("handspun: Stopped").doesNotContain("\tat ");
    cluster.awaitNoExecutors();
    Proofs.note(
        "stopped while executors exchange",
        "all gone after " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start) + " ms");
  }
}
