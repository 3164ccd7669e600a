package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.train.EpochRunner;
import handspun.train.LocalSteps;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SparkTrainingTest {
  private static final Topology TOPOLOGY = new Topology(30, 12, 5);
  private static final Plan ONE_LANE = new Plan(TOPOLOGY, 6, 10, 3f, 1, 1);
  private static final Plan EIGHT_LANES = new Plan(TOPOLOGY, 6, 100, 3f, 1, 8);

  @Test
  void refusesPartitionsThatWouldHaveNothingToDo() {
    for (int partitions : new int[] {0, -1, 11}) {
      assertThatThrownBy(
              () ->
                  SparkTraining.check(
                      "local[2]", Aggregation.EXCHANGE, ONE_LANE, OptionalInt.of(partitions)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("partitions is " + partitions)
          .hasMessageContaining("1 to 10");
    }
    assertThatThrownBy(
            () -> SparkTraining.check("local[2]", Aggregation.JOBS, EIGHT_LANES, OptionalInt.of(9)))
        .hasMessageContaining("1 to 8, the number of lanes");
  }

  @Test
  void refusesMorePartitionsThanSlotsWhereAllMustRunAtOnce() {
    assertThatThrownBy(
            () ->
                SparkTraining.start(
                    "local[1]",
                    Aggregation.EXCHANGE,
                    ONE_LANE,
                    OptionalInt.of(2),
                    Optional.empty(),
                    notice -> {}))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("partitions is 2")
        .hasMessageContaining("only 1 task at a time");
  }

  @Test
  void countsTheCoresOfATask() {
    System.setProperty("spark.task.cpus", "2");
    System.setProperty("spark.default.parallelism", "7");
    try {
      try (SparkTraining spark = start("local[4]", OptionalInt.empty(), notice -> {})) {
        assertThat(spark.partitions().partitions()).isEqualTo(2);
      }
      assertThatThrownBy(() -> start("local[4]", OptionalInt.of(3), notice -> {}))
          .isInstanceOf(UsageException.class)
          .hasMessage(
              "partitions is 3, but the master local[4] runs only 2 tasks at a time"
                  + " (spark.task.cpus is 2), and tasks that exchange gradients must all run at"
                  + " once: use --master local[6] or fewer partitions.");
      assertThatThrownBy(() -> start("local[1]", OptionalInt.empty(), notice -> {}))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("spark.task.cpus is 2, but with the master local[1]");
    } finally {
      System.clearProperty("spark.task.cpus");
      System.clearProperty("spark.default.parallelism");
    }
  }

  private static SparkTraining start(
      String master, OptionalInt partitions, Consumer<String> notices) {
    return SparkTraining.start(
        master, Aggregation.EXCHANGE, ONE_LANE, partitions, Optional.empty(), notices);
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void isAJobThatSucceeds(Aggregation aggregation, @TempDir Path folder) throws Exception {
    List<String> notices = new CopyOnWriteArrayList<>();
    try (SparkTraining spark =
        SparkTraining.start(
            "local[2]",
            aggregation,
            ONE_LANE,
            OptionalInt.of(2),
            Optional.of(Location.of(folder)),
            notices::add)) {
      runAnEpoch(spark);
    }
    SparkHistory history = SparkHistory.read(folder);
    assertThat(history.applications()).isOne();
    assertThat(history.jobs()).isNotEmpty();
    assertThat(history.failures()).isEmpty();
    assertThat(notices).isEmpty();
  }

  @Test
  void tellsOfAJobThatFailsAfterItsLastEpoch() throws Exception {
    List<String> notices = new CopyOnWriteArrayList<>();
    try (SparkTraining spark = start("local[2]", OptionalInt.of(2), notices::add)) {
      runAnEpoch(spark);
      CountDownLatch failed = new CountDownLatch(1);
      SparkContext context = SparkContext.getOrCreate();
      context.addSparkListener(
          new SparkListener() {
            @Override
            public void onJobEnd(SparkListenerJobEnd end) {
              failed.countDown();
            }
          });
      context.cancelAllJobs();
      failed.await();
    }
    assertThat(notices)
        .singleElement(STRING)
        .startsWith("Nothing of the training is lost, but Spark's job failed at its end: ")
        .contains("cancelled")
        .endsWith("; Spark's log tells more.");
  }

  private static void runAnEpoch(SparkTraining spark) {
    Dataset data = MadeUpExamples.dataset(203, 31, 5, 6, 5, 5);
    float[] start = Network.random(TOPOLOGY, ONE_LANE.seed()).parameters();
    spark.runner(data).run(1, start);
  }

  @Test
  void sendsOurClassesOnlyToOtherProcesses() {
    String ours =
        SparkTraining.class.getProtectionDomain().getCodeSource().getLocation().toString();
    String jars = "file:/one.jar," + ours + ",file:/two.jar";
    System.setProperty("spark.jars", jars);
    System.setProperty("spark.broadcast.compress", "true");
    try {
      SparkConf local = SparkStart.configuration("local[2]");
      assertThat(local.get("spark.jars")).isEqualTo("file:/one.jar,file:/two.jar");
      assertThat(local.get("spark.broadcast.compress")).isEqualTo("true");
      for (String master : new String[] {"local-cluster[2,1,1024]", "spark://somewhere:7077"}) {
        assertThat(SparkStart.configuration(master).get("spark.jars")).isEqualTo(jars);
      }
    } finally {
      System.clearProperty("spark.jars");
      System.clearProperty("spark.broadcast.compress");
    }
  }

  @Test
  void saysWhichMasterIsNoMaster() {
    assertThatThrownBy(
            () ->
                SparkTraining.start(
                    "mesos",
                    Aggregation.JOBS,
                    ONE_LANE,
                    OptionalInt.empty(),
                    Optional.empty(),
                    notice -> {}))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("mesos")
        .hasMessageContaining("--master");
  }

  @Test
  void takesTheMastersCoresUnlessThePlanIsSmallerOrARehearsalFindsBetter() {
    try (SparkTraining spark =
        SparkTraining.start(
            "local[3]",
            Aggregation.EXCHANGE,
            ONE_LANE,
            OptionalInt.empty(),
            Optional.empty(),
            notice -> {})) {
      assertThat(spark.partitions().partitions()).isEqualTo(3);
    }
    Plan tiny = new Plan(TOPOLOGY, 6, 2, 3f, 1, 1);
    try (SparkTraining spark =
        SparkTraining.start(
            "local[3]",
            Aggregation.EXCHANGE,
            tiny,
            OptionalInt.empty(),
            Optional.empty(),
            notice -> {})) {
      assertThat(spark.partitions().partitions()).isEqualTo(2);
    }
  }

  static Stream<Plan> plansToRehearse() {
    Topology topology = new Topology(56, 16, 16, 10);
    return Stream.of(
        new Plan(topology, 1, 10, 3f, 7, 1),
        new Plan(topology, 1, 40, 3f, 7, 8, 4),
        new Plan(topology, 1, 40, 3f, 7, 8, LocalSteps.EPOCH));
  }

  @ParameterizedTest
  @MethodSource("plansToRehearse")
  void takesThePartitionsThatARehearsalFinds(Plan plan) {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    try (Rehearsal rehearsal = Rehearsal.begin(plan, data, OptionalInt.empty());
        SparkTraining spark =
            SparkTraining.start(
                "local[3]",
                Aggregation.EXCHANGE,
                plan,
                OptionalInt.empty(),
                Optional.empty(),
                notice -> {})) {
      spark.choose(rehearsal);
      // More partitions than cores are not tried, whatever the master says.
      int most = Math.min(3, Runtime.getRuntime().availableProcessors());
      assertThat(spark.partitions().partitions()).isBetween(1, most);
      assertThat(spark.partitions().reason())
          .startsWith(
              switch (most) {
                case 1 -> "the machine has one core";
                case 2 -> "fastest of 1, 2: ";
                default -> "fastest of 1, 2, 3: ";
              });
    }
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void tellsWhatPartitionsDoWithTheirTimeUnderNamesThatSaySomething(Aggregation aggregation)
      throws Exception {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    Plan plan = new Plan(new Topology(56, 16, 16, 10), 2, 100, 3f, 7, 1);
    try (SparkTraining spark =
        SparkTraining.start(
            "local[2]", aggregation, plan, OptionalInt.of(2), Optional.empty(), notice -> {})) {
      assertThat(spark.progress()).isEqualTo(Progress.NONE);
      EpochRunner runner = spark.runner(data);
      float[] start = Network.random(plan.topology(), plan.seed()).parameters();
      long begin = System.nanoTime();
      EpochRunner.Outcome first = runner.run(1, start);
      EpochRunner.Outcome second = runner.run(2, first.parameters());
      long nanos = System.nanoTime() - begin;
      assertThat(spark.progress().miniBatchesDone()).isEqualTo(3);
      assertThat(spark.progress().slowest()).isEmpty();
      assertThat(spark.progress().work())
          .hasSize(2)
          .isEqualTo(PartitionWork.sum(first.work(), second.work()))
          .allSatisfy(
              work -> {
                assertThat(work.computeNanos()).isPositive();
                // Whoever comes last every time never waits.
                assertThat(work.waitNanos()).isNotNegative();
                assertThat(work.computeNanos() + work.waitNanos()).isLessThan(nanos);
                assertThat(work.bytesSent()).isZero();
              });
      assertThat(spark.progress().work()).anyMatch(work -> work.waitNanos() > 0);
      assertThat(SparkEnv.get().metricsSystem().getSourcesByName("training").size()).isOne();
      assertThat(names())
          .allSatisfy(name -> assertThat(name).startsWith("Training 56-16-16-10: "))
          .contains(
              switch (aggregation) {
                case EXCHANGE -> "Training 56-16-16-10: Training 56-16-16-10 for 2 epochs";
                case JOBS -> "Training 56-16-16-10: Epoch 1 of 2, mini-batch 3 of 3";
              });
    }
  }

  /** Names and descriptions of all stages, as Spark's page shows them. */
  private static List<String> names() throws Exception {
    SparkContext context = SparkContext.getOrCreate();
    context.listenerBus().waitUntilEmpty();
    List<String> names = new ArrayList<>();
    context
        .statusStore()
        .stageList(null, false, false, new double[0], null)
        .foreach(stage -> names.add(stage.name() + ": " + stage.description().get()));
    return names;
  }

  @Test
  void keepsToThePartitionsThatAreWishedFor() {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    Plan plan = new Plan(new Topology(56, 16, 16, 10), 1, 10, 3f, 7, 1);
    try (Rehearsal rehearsal = Rehearsal.begin(plan, data, OptionalInt.of(3));
        SparkTraining spark =
            SparkTraining.start(
                "local[3]",
                Aggregation.EXCHANGE,
                plan,
                OptionalInt.of(3),
                Optional.empty(),
                notice -> {})) {
      spark.choose(rehearsal);
      assertThat(spark.partitions()).isEqualTo(new PartitionChoice(3, "as told"));
    }
  }
}
