package handspun.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.OwnProcess;
import handspun.UsageException;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.network.Topology;
import handspun.spark.Aggregation;
import handspun.train.EpochSummary;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A Spark that somebody else has started, trains, and is as it was afterwards. */
class GivenSparkTest {
  private static final Plan PLAN = new Plan(new Topology(30, 12, 5), 3, 10, 3f, 1, 1);
  private static final Dataset DATA = MadeUpExamples.dataset(60, 20, 5, 6, 5, 1);
  private static final String JAVA = "org.apache.spark.serializer.JavaSerializer";
  private static final String KRYO = "org.apache.spark.serializer.KryoSerializer";

  @TempDir private Path runs;

  private static String expected(Plan plan) {
    return new Trainer(plan, DATA, new SequentialTrainer(plan, DATA), List.of())
        .train()
        .network()
        .sha256();
  }

  private static SparkConf conf(String master) {
    return new SparkConf()
        .setMaster(master)
        .setAppName("somebody else's")
        .set("spark.ui.enabled", "false")
        .set("spark.scheduler.mode", "FAIR")
        // Otherwise what is left would be removed when Java next collects garbage.
        .set("spark.cleaner.referenceTracking", "false");
  }

  private static Trained train(
      JavaSparkContext spark,
      Path place,
      Plan plan,
      Aggregation aggregation,
      TrainingListener... listeners) {
    Training.Options options = new Training.Options(OptionalInt.of(2), 1);
    try (RunFolder folder = RunFolder.create(Location.of(place))) {
      return new Training(
              plan, DATA, folder, Engine.spark(spark, aggregation), options, TrainingObserver.NONE)
          .train(listeners);
    }
  }

  /** All that can be seen of it from outside. */
  private record State(
      Properties properties,
      List<Object> listeners,
      List<String> sources,
      List<String> threads,
      Set<Integer> kept,
      String level) {

    /** Threads end a little later than their work. */
    static State of(JavaSparkContext spark) {
      for (int i = 0; i < 600 && ours().findAny().isPresent(); i++) {
        LockSupport.parkNanos(50_000_000);
      }
      return now(spark);
    }

    private static Stream<String> ours() {
      return Thread.getAllStackTraces().keySet().stream()
          .filter(GivenSparkTest::isOurs)
          .map(Thread::getName)
          .sorted();
    }

    static State now(JavaSparkContext spark) {
      List<String> sources = new ArrayList<>();
      spark.env().metricsSystem().getSourcesByName("training").foreach(s -> sources.add("one"));
      return new State(
          spark.sc().getLocalProperties(),
          spark.sc().listenerBus().listeners().stream()
              // Spark adds it with its first barrier stage, and keeps it.
              .filter(listener -> !listener.getClass().getName().contains("BarrierCoordinator"))
              .map(Object.class::cast)
              .toList(),
          sources,
          ours().toList(),
          Set.copyOf(spark.getPersistentRDDs().keySet()),
          LogManager.getRootLogger().getLevel().toString());
    }
  }

  /** Spark's pools grow with what they have to do. */
  private static boolean isOurs(Thread thread) {
    return Stream.of(
            "training",
            "warm-up",
            "late",
            "trial",
            "metrics",
            "checkpoint",
            "curve",
            "handspun",
            "kept",
            "epoch")
        .anyMatch(word -> thread.getName().toLowerCase(Locale.ROOT).contains(word));
  }

  /** Each stage has a broadcast of Spark's own, its tasks, which Spark removes some time later. */
  private static long broadcastsOfOurs(JavaSparkContext spark) throws Exception {
    List<String> ids = new ArrayList<>();
    SparkEnv.get()
        .blockManager()
        .getMatchingBlockIds(id -> id.isBroadcast())
        .foreach(id -> ids.add(id.name().replaceFirst("_piece.*", "")));
    spark.sc().listenerBus().waitUntilEmpty();
    List<Object> stages = new ArrayList<>();
    spark
        .sc()
        .statusStore()
        .stageList(null, false, false, new double[0], null)
        .foreach(stages::add);
    return ids.stream().distinct().count() - stages.size();
  }

  /** Spark removes what is destroyed a little later. */
  private static long awaitNoBroadcastOfOurs(JavaSparkContext spark) throws Exception {
    for (int i = 0; i < 600 && broadcastsOfOurs(spark) > 0; i++) {
      Thread.sleep(50);
    }
    return broadcastsOfOurs(spark);
  }

  @ParameterizedTest
  @CsvSource({"EXCHANGE," + JAVA, "JOBS," + JAVA, "JOBS," + KRYO})
  void isAsItWasAfterATrainingAndAfterOneThatFails(Aggregation aggregation, String serializer)
      throws Exception {
    try (JavaSparkContext spark =
        // Training takes two slots, and has somebody else's jobs use the third.
        new JavaSparkContext(conf("local[3]").set("spark.serializer", serializer))) {
      spark.setJobGroup("mine", "what I do", true);
      spark.setCallSite("here");
      spark.setLocalProperty("spark.scheduler.pool", "my pool");
      spark.setLocalProperty("my.own", "value");
      JavaRDD<Integer> mine = spark.parallelize(List.of(1, 2));
      mine.persist(StorageLevel.MEMORY_ONLY());
      State before = State.of(spark);
      List<State> between = new ArrayList<>();
      TrainingListener looksOn =
          new TrainingListener() {
            @Override
            public void epochEnded(EpochSummary summary) {
              between.add(State.now(spark));
              if (summary.epoch() == 2) {
                assertThat(spark.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
              }
            }
          };
      assertThat(train(spark, runs.resolve("good"), PLAN, aggregation, looksOn).network().sha256())
          .isEqualTo(expected(PLAN));
      assertThat(State.of(spark)).isEqualTo(before);
      assertThat(between)
          .hasSize(3)
          .allSatisfy(
              state -> {
                assertThat(state.properties()).isEqualTo(before.properties());
                assertThat(state.sources()).hasSize(1);
              });
      assertThat(awaitNoBroadcastOfOurs(spark)).isZero();

      TrainingListener fails =
          new TrainingListener() {
            @Override
            public void epochEnded(EpochSummary summary) {
              throw new HandspunException("Somebody has pulled the plug.");
            }
          };
      assertThatThrownBy(() -> train(spark, runs.resolve("bad"), PLAN, aggregation, fails))
          .hasMessageContaining("pulled the plug");
      assertThat(State.of(spark)).isEqualTo(before);
      assertThat(before.kept()).containsExactly(mine.id());
      assertThat(awaitNoBroadcastOfOurs(spark)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void trainsTwiceAtOnce(Aggregation aggregation) throws Exception {
    Plan other = new Plan(PLAN.topology(), 3, 10, 3f, 2, 1);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (JavaSparkContext spark = new JavaSparkContext(conf("local[4]"))) {
      State before = State.of(spark);
      Future<Trained> one =
          threads.submit(() -> train(spark, runs.resolve("one"), PLAN, aggregation));
      Future<Trained> two =
          threads.submit(() -> train(spark, runs.resolve("two"), other, aggregation));
      assertThat(one.get().network().sha256()).isEqualTo(expected(PLAN));
      assertThat(two.get().network().sha256()).isEqualTo(expected(other));
      assertThat(State.of(spark)).isEqualTo(before);
      assertThat(awaitNoBroadcastOfOurs(spark)).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void oneThatWasStoppedIsRefused() {
    JavaSparkContext spark = new JavaSparkContext(conf("local[1]"));
    spark.stop();
    assertThatThrownBy(() -> train(spark, runs.resolve("none"), PLAN, Aggregation.JOBS))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("This Spark has been stopped");
  }

  @Test
  void soItIsWithExecutorsThatAreProcesses() throws Exception {
    String told =
        OwnProcess.runWithExecutors(
            TwoExecutors.class, "-Dspark.plugins=handspun.spark.ExchangePlugin");
    assertThat(told.lines())
        .containsExactly(
            expected(PLAN),
            "exchange leaves it as it was",
            expected(PLAN),
            "jobs leaves it as it was");
  }

  /** Trains on two executors. */
  static final class TwoExecutors {
    public static void main(String[] arguments) throws Exception {
      try (JavaSparkContext spark = new JavaSparkContext(conf("local-cluster[2,1,1024]"))) {
        spark.setJobGroup("mine", "what I do", true);
        State before = State.of(spark);
        for (Aggregation aggregation : Aggregation.values()) {
          Path place = Files.createTempDirectory("given").resolve("run");
          System.out.println(train(spark, place, PLAN, aggregation).network().sha256());
          long broadcasts = awaitNoBroadcastOfOurs(spark);
          State after = State.of(spark);
          System.out.println(
              broadcasts == 0 && after.equals(before)
                  ? aggregation + " leaves it as it was"
                  : broadcasts + " broadcasts, " + after + " instead of " + before);
        }
      }
    }
  }
}
