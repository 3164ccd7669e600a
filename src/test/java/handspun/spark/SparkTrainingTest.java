package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.parallel.WarmUp;
import handspun.train.EpochRunner;
import handspun.train.EpochStart;
import handspun.train.LocalSteps;
import handspun.train.ModelState;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.TrainingState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.DAGScheduler;
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
                  TrainingContext.check(
                      "local[2]", Aggregation.EXCHANGE, ONE_LANE, OptionalInt.of(partitions)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("partitions is " + partitions)
          .hasMessageContaining("1 to 10");
    }
    assertThatThrownBy(
            () ->
                TrainingContext.check("local[2]", Aggregation.JOBS, EIGHT_LANES, OptionalInt.of(9)))
        .hasMessageContaining("1 to 8, the number of lanes");
  }

  @Test
  void refusesMorePartitionsThanSlotsWhereAllMustRunAtOnce() {
    try (TrainingContext spark = start("local[1]", notice -> {})) {
      assertThatThrownBy(() -> choose(spark, ONE_LANE, OptionalInt.of(2)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("partitions is 2")
          .hasMessageContaining("only 1 task at a time");
    }
  }

  @Test
  void countsTheCoresOfATask() {
    System.setProperty("spark.task.cpus", "2");
    System.setProperty("spark.default.parallelism", "7");
    try {
      try (TrainingContext spark = start("local[4]", notice -> {})) {
        assertThat(choose(spark, ONE_LANE, OptionalInt.empty()).partitions()).isEqualTo(2);
        assertThatThrownBy(() -> choose(spark, ONE_LANE, OptionalInt.of(3)))
            .isInstanceOf(UsageException.class)
            .hasMessage(
                "partitions is 3, but the master local[4] runs only 2 tasks at a time"
                    + " (spark.task.cpus is 2), and tasks that exchange gradients must all run at"
                    + " once: use --master local[6] or fewer partitions.");
      }
      assertThatThrownBy(() -> start("local[1]", notice -> {}))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("spark.task.cpus is 2, but with the master local[1]");
    } finally {
      System.clearProperty("spark.task.cpus");
      System.clearProperty("spark.default.parallelism");
    }
  }

  @Test
  void refusesExecutorsThatComeAndGoOnlyWhereAllTasksMustRunAtOnce() {
    System.setProperty("spark.dynamicAllocation.enabled", "true");
    try {
      assertThatThrownBy(
              () ->
                  TrainingContext.check(
                      "yarn", Aggregation.EXCHANGE, ONE_LANE, OptionalInt.empty()))
          .isInstanceOf(UsageException.class)
          .hasMessageContainingAll("spark.dynamicAllocation.enabled", "--aggregate jobs");
      TrainingContext.check("yarn", Aggregation.JOBS, ONE_LANE, OptionalInt.empty());
      TrainingContext.check("local[2]", Aggregation.EXCHANGE, ONE_LANE, OptionalInt.empty());
    } finally {
      System.clearProperty("spark.dynamicAllocation.enabled");
    }
  }

  private static TrainingContext start(String master, Consumer<String> notices) {
    return TrainingContext.start(master, Aggregation.EXCHANGE, Optional.empty(), notices);
  }

  private static PartitionChoice choose(TrainingContext spark, Plan plan, OptionalInt requested) {
    return spark.choose(Aggregation.EXCHANGE, plan, requested);
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void isAJobThatSucceeds(Aggregation aggregation, @TempDir Path folder) throws Exception {
    List<String> notices = new CopyOnWriteArrayList<>();
    try (TrainingContext spark =
        TrainingContext.start(
            "local[2]", Aggregation.EXCHANGE, Optional.of(Location.of(folder)), notices::add)) {
      runAnEpoch(spark, aggregation);
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
    try (TrainingContext spark = start("local[2]", notices::add)) {
      runAnEpoch(spark, Aggregation.EXCHANGE);
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

  @Test
  void triesNothingAgainAfterSparkWasStopped() throws Exception {
    List<String> notices = new CopyOnWriteArrayList<>();
    Dataset data = MadeUpExamples.dataset(203, 31, 5, 6, 5, 5);
    try (TrainingContext spark = start("local[2]", notices::add)) {
      SparkTraining training =
          spark.train(Aggregation.EXCHANGE, ONE_LANE, data, PartitionChoice.asTold(2));
      ModelState start = TrainingState.initial(ONE_LANE).model();
      EpochRunner.Outcome first = training.run(new EpochStart(1, start));
      SparkContext.getOrCreate().stop();
      assertThatThrownBy(() -> training.run(new EpochStart(2, first.state())))
          .isInstanceOf(HandspunException.class)
          .hasMessageStartingWith("Epoch 2 failed because Spark was stopped: ");
    }
    assertThat(notices).isEmpty();
  }

  /** What Spark's scheduler warns of while something runs. */
  private static List<String> warnings(Runnable running) {
    List<String> warnings = new CopyOnWriteArrayList<>();
    Appender appender =
        new AbstractAppender("test", null, null, true, Property.EMPTY_ARRAY) {
          @Override
          public void append(LogEvent event) {
            warnings.add(event.getMessage().getFormattedMessage());
          }
        };
    appender.start();
    Logger scheduler = (Logger) LogManager.getLogger(DAGScheduler.class);
    scheduler.addAppender(appender);
    try {
      running.run();
    } finally {
      scheduler.removeAppender(appender);
    }
    return warnings;
  }

  @Test
  void aJobOfAWideNetworkIsNoLargeTask() {
    Dataset data = MadeUpExamples.dataset(20, 5, 28, 28, 10, 5);
    Plan wide = new Plan(new Topology(784, 512, 10), 1, 10, 3f, 1, 1);
    ModelState start = TrainingState.initial(wide).model();
    try (TrainingContext spark = start("local[2]", notice -> {})) {
      float[] large = start.parameters();
      assertThat(
              warnings(() -> spark.context().parallelize(List.of(1)).map(i -> large[i]).collect()))
          .singleElement(STRING)
          .contains("large task binary");
      assertThat(
              warnings(
                  () ->
                      spark
                          .train(Aggregation.JOBS, wide, data, PartitionChoice.asTold(2))
                          .run(new EpochStart(1, start))))
          .isEmpty();
    }
  }

  private static void runAnEpoch(TrainingContext spark, Aggregation aggregation) {
    Dataset data = MadeUpExamples.dataset(203, 31, 5, 6, 5, 5);
    ModelState start = TrainingState.initial(ONE_LANE).model();
    spark
        .train(aggregation, ONE_LANE, data, PartitionChoice.asTold(2))
        .run(new EpochStart(1, start));
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
    assertThatThrownBy(() -> start("mesos", notice -> {}))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("mesos")
        .hasMessageContaining("--master");
  }

  @Test
  void takesTheMastersCoresUnlessThePlanIsSmaller() {
    Plan tiny = new Plan(TOPOLOGY, 6, 2, 3f, 1, 1);
    try (TrainingContext spark = start("local[3]", notice -> {})) {
      assertThat(choose(spark, ONE_LANE, OptionalInt.empty()).partitions()).isEqualTo(3);
      assertThat(choose(spark, tiny, OptionalInt.empty()).partitions()).isEqualTo(2);
    }
  }

  static Stream<Plan> plansToTune() {
    Topology topology = new Topology(56, 16, 16, 10);
    return Stream.of(
        new Plan(topology, 1, 10, 3f, 7, 1),
        new Plan(topology, 1, 40, 3f, 7, 8, 4),
        new Plan(topology, 1, 40, 3f, 7, 8, LocalSteps.EPOCH));
  }

  @ParameterizedTest
  @MethodSource("plansToTune")
  void takesThePartitionsThatTuningFinds(Plan plan) {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    try (WarmUp warmUp = WarmUp.begin(plan, data, OptionalInt.empty());
        TrainingContext spark = start("local[3]", notice -> {})) {
      PartitionChoice choice =
          spark.choose(Aggregation.EXCHANGE, plan, OptionalInt.empty(), warmUp);
      // More partitions than cores are not tried, whatever the master says.
      int most = Math.min(3, Runtime.getRuntime().availableProcessors());
      assertThat(choice.partitions()).isBetween(1, most);
      assertThat(choice.reason())
          .matches(
              most == 1
                  ? "the machine has one core"
                  : "by trying: (\\d would take \\d+\\.\\d(, )?){%d} times as long for a mini-batch%s"
                      .formatted(
                          most - 1,
                          choice.partitions() == 1
                              ? ""
                              : "; they wait for each other \\d+ % of the time"));
    }
  }

  @ParameterizedTest
  @EnumSource(Aggregation.class)
  void tellsWhatPartitionsDoWithTheirTimeUnderNamesThatSaySomething(Aggregation aggregation)
      throws Exception {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    Plan plan = new Plan(new Topology(56, 16, 16, 10), 2, 100, 3f, 7, 1);
    try (TrainingContext spark = start("local[2]", notice -> {});
        SparkTraining runner = spark.train(aggregation, plan, data, PartitionChoice.asTold(2))) {
      ModelState start = TrainingState.initial(plan).model();
      long begin = System.nanoTime();
      EpochRunner.Outcome first = runner.run(new EpochStart(1, start));
      EpochRunner.Outcome second = runner.run(new EpochStart(2, first.state()));
      long nanos = System.nanoTime() - begin;
      assertThat(runner.progress().miniBatchesDone()).isEqualTo(3);
      assertThat(runner.progress().slowest()).isEmpty();
      assertThat(runner.progress().work())
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
      assertThat(runner.progress().work()).anyMatch(work -> work.waitNanos() > 0);
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
  void keepsToThePartitionsThatAreRequested() {
    Dataset data = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
    Plan plan = new Plan(new Topology(56, 16, 16, 10), 1, 10, 3f, 7, 1);
    OptionalInt three = OptionalInt.of(3);
    try (WarmUp warmUp = WarmUp.begin(plan, data, three);
        TrainingContext spark = start("local[3]", notice -> {})) {
      assertThat(spark.choose(Aggregation.EXCHANGE, plan, three, warmUp))
          .isEqualTo(PartitionChoice.asTold(3));
    }
  }
}
