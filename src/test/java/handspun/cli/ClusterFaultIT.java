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
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What befalls the executors of a standalone cluster while they train, and that it changes nothing.
 */
@Tag("cluster")
class ClusterFaultIT {
  /** Long enough that something can befall the second epoch. */
  private static final String[] PLAN = {"--preset", "seed", "--epochs", "4"};

  @TempDir private static Path folder;

  private static TestCluster cluster;
  private static Trainings trainings;
  private static String expected;

  @BeforeAll
  static void start() throws Exception {
    cluster = TestCluster.start(folder, 2, 1);
    trainings = new Trainings(folder);
    expected = trainings.sha256(words(PLAN, "--master", "local[1]"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (cluster != null) {
      cluster.close();
    }
  }

  private static Running train(String... options) throws Exception {
    return trainOnBoth(PLAN, options);
  }

  private static Running trainOnBoth(String[] plan, String... options) throws Exception {
    String[] both = {"--master", cluster.master(), "--partitions", "2"};
    return trainings.start(words(words(plan, both), options));
  }

  /** The options of plain gradient descent, and of all else that must come back after a loss. */
  static Stream<List<String>> plans() {
    Plan plan = new Plan(new Topology(784, 16, 16, 10), 4, 10, 0.01f, 1, 1);
    return Stream.concat(
        Stream.of(List.of(PLAN)),
        EveryOption.together(plan).map(options -> List.of(PlanOptions.of(options))));
  }

  @ParameterizedTest
  @MethodSource("plans")
  void anExecutorThatIsKilledInTheSecondEpoch(List<String> options) throws Exception {
    String[] plan = options.toArray(String[]::new);
    String undisturbed = trainings.sha256(words(plan, "--master", "local[1]"));
    Path events = trainings.lastRun().resolve("events");
    Running running = trainOnBoth(plan, "--event-log", events.toString());
    running.awaitWords("Epoch 1 of");
    TestCluster.kill(cluster.executor(2));
    Result result = running.await();
    assertThat(sha256(result)).isEqualTo(undisturbed);
    Proofs.note("executor killed in epoch 2: " + String.join(" ", plan), undisturbed);
    assertThat(result.out())
        .containsPattern(
            "Note: (Epoch [2-4] is run again on [12] partitions?: .*executor|Executor \\d+ was lost: from epoch [34] on )");
    cluster.awaitNoExecutors();
    cluster.assertOnlyLossesFailed(running, events, result);
  }

  @Test
  void anExecutorThatFreezesInTheSecondEpoch() throws Exception {
    Path events = folder.resolve("frozen");
    Running running =
        train(
            "--event-log",
            events.toString(),
            "--spark",
            "--conf",
            "spark.handspun.exchange.timeout=3s");
    running.awaitWords("Epoch 1 of");
    ProcessHandle frozen = cluster.executor(2);
    TestCluster.freeze(frozen);
    try {
      Result result = running.await();
      assertThat(sha256(result)).isEqualTo(expected);
      assertThat(result.out())
          .containsPattern("Note: Epoch [2-4] is run again on [12] partitions?: executor .*3 s\\.");
      cluster.assertOnlyLossesFailed(running, events, result);
    } finally {
      TestCluster.thaw(frozen);
    }
    cluster.awaitNoExecutors();
  }

  @Test
  void strangersAtTheExchangePort() throws Exception {
    int port = TestCluster.twoFreePorts();
    try (Strangers strangers = new Strangers(port, port + 1)) {
      Result result =
          train("--spark", "--conf", "spark.handspun.exchange.port=" + port + "-" + (port + 1))
              .await();
      assertThat(sha256(result)).isEqualTo(expected);
      assertThat(result.out()).doesNotContain("run again");
      assertThat(strangers.connections()).isPositive();
    }
  }
}
