package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import handspun.cli.Shell.Running;
import handspun.spark.SparkHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters on which executors are not there at the beginning, or come later. */
@Tag("cluster")
class ClusterGrowthIT {
  private static final String[] PLAN =
      "--preset seed --batch 1000 --epochs 2 --validation 50000".split(" ");

  /** Without an executor until a task waits for one. */
  private static final String[] DYNAMIC = {
    "--spark",
    "--conf",
    "spark.dynamicAllocation.enabled=true",
    "--conf",
    "spark.dynamicAllocation.shuffleTracking.enabled=true",
    "--conf",
    "spark.dynamicAllocation.minExecutors=0",
    "--conf",
    "spark.dynamicAllocation.initialExecutors=0",
    "--conf",
    "spark.dynamicAllocation.maxExecutors=2",
    // Of whose absence Spark warns.
    "--conf",
    "spark.executor.cores=1",
    "--conf",
    "spark.handspun.slots.timeout=10s"
  };

  @TempDir private Path folder;

  private TestCluster cluster;
  private Trainings trainings;

  @BeforeEach
  void start() throws Exception {
    trainings = new Trainings(folder);
    cluster = TestCluster.start(folder, 2, 1);
  }

  @AfterEach
  void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private Running start(String command, String... options) throws Exception {
    String[] all = words(words(options, "--master", cluster.master()), DYNAMIC);
    return trainings.shell().start(trainings.command(words(new String[] {command}, all)));
  }

  private static Result awaitGood(Running running) throws Exception {
    Result result = running.await();
    assertThat(result.exit()).as(result.out() + result.err()).isZero();
    assertThat(SparkLog.complaintsButOfEnds(running)).isEmpty();
    return result;
  }

  @Test
  void dynamicAllocationTrainsByJobs() throws Exception {
    String expected = trainings.sha256(words(PLAN, "--master", "local[1]"));
    Result result = awaitGood(start("train", words(PLAN, "--aggregate", "jobs", "--run", "jobs")));
    assertThat(sha256(result)).isEqualTo(expected);
    assertThat(result.out()).contains("2 partitions").doesNotContain("Waiting for executors");
    Proofs.note("dynamic allocation from 0 executors: train --aggregate jobs", expected);
  }

  @Test
  void dynamicAllocationIsTurnedOffWhereTasksExchangeGradients() throws Exception {
    String expected = trainings.sha256(words(PLAN, "--master", "local[1]"));
    Result result = awaitGood(start("train", words(PLAN, "--run", "exchange")));
    assertThat(sha256(result)).isEqualTo(expected);
    assertThat(result.out())
        .contains(
            "Note: Spark's dynamic allocation is off for this run, whose tasks run all at once: Spark is asked for 2 executors, as spark.dynamicAllocation.maxExecutors says.");
    Proofs.note("dynamic allocation, turned off: train", expected);
  }

  @Test
  void dynamicAllocationGeneratesImages() throws Exception {
    Path images = folder.resolve("images");
    awaitGood(start("generate", "--images=2000", "--parts=4", "--out=" + images));
    assertThat(trainings.handspun("generate", "--images=2000", "--parts=4", "--out=here").exit())
        .isZero();
    for (String file : images.toFile().list()) {
      assertThat(images.resolve(file)).hasSameBinaryContentAs(folder.resolve("here").resolve(file));
    }
    Proofs.note("dynamic allocation from 0 executors: generate", "the same files");
  }

  @Test
  void dynamicAllocationSearches() throws Exception {
    Files.writeString(
        folder.resolve("space.conf"), "rate = { from = 0.002, to = 0.1, scale = log }\n");
    Result result =
        awaitGood(
            start(
                "tune",
                "--space",
                "space.conf",
                "--trials",
                "2",
                "--epochs",
                "1",
                "--validation",
                "59000",
                "--run",
                "search"));
    assertThat(result.out()).contains("2 at a time");
    Proofs.note("dynamic allocation from 0 executors: tune", "2 trials at a time");
  }

  @Test
  void anExecutorThatComesWhileTrainingGoesOnIsTakenIn() throws Exception {
    ProcessHandle worker = cluster.process("worker-2");
    String[] plan = "--preset small --augment none --epochs 400".split(" ");
    Path events = folder.resolve("events");
    TestCluster.freeze(worker);
    Running running;
    try {
      running =
          trainings.start(
              words(plan, "--master", cluster.master(), "--event-log", events.toString()));
      running.awaitWords("Epoch   5 of");
    } finally {
      TestCluster.thaw(worker);
    }
    running.awaitWords("there are 2 partitions, since executors have come.");
    Result result = awaitGood(running);
    assertThat(result.out())
        .contains("1 partition (of up to 8 that can be busy, when more executors come)")
        .doesNotContain("run again");
    SparkHistory history = SparkHistory.read(events);
    assertThat(history.jobs()).contains("Warming up executors that have come");
    assertThat(history.failures()).isEmpty();
    String expected = trainings.sha256(words(plan, "--master", "local[1]"));
    assertThat(sha256(result)).isEqualTo(expected);
    Proofs.note("second executor comes in epoch 5, without --partitions", expected);
  }

  /** Spark's listener bus is then late, and its heartbeats, too. */
  @Test
  void aDriverThatIsHeldUpKillsNobody() throws Exception {
    String[] plan = "--preset small --augment none --epochs 100".split(" ");
    Running running =
        trainings.start(
            words(
                plan,
                "--master",
                cluster.master(),
                "--partitions",
                "2",
                "--spark",
                "--conf",
                "spark.handspun.exchange.timeout=4s"));
    running.awaitWords("Epoch  10 of");
    ProcessHandle driver = running.process().toHandle();
    TestCluster.freeze(driver);
    Thread.sleep(8_000);
    TestCluster.thaw(driver);
    Result result = awaitGood(running);
    assertThat(result.out()).doesNotContain("run again").doesNotContain("let go");
    assertThat(sha256(result)).isEqualTo(trainings.sha256(words(plan, "--master", "local[1]")));
    Proofs.note("driver frozen for 8 s, timeout 4 s: nobody is given up", sha256(result));
  }
}
