package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.OwnProcess;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochRunner;
import handspun.train.EveryOption;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/**
 * The one law when an executor is lost, with every option: what an optimizer, an average and a
 * schedule remember is brought back. The executors are processes; ClusterLossIT and ClusterFaultIT
 * have whole clusters, which lose other things, too.
 */
class LostExecutorTest {
  private static final Topology NARROW = new Topology(56, 16, 16, 10);
  private static final Dataset DATA = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);

  private static Stream<Plan> plans() {
    return Stream.concat(
        EveryOption.together(new Plan(NARROW, 4, 10, 0.05f, 7, 1)).limit(1),
        EveryOption.together(new Plan(NARROW, 4, 40, 0.05f, 9, 8, 5)).skip(1));
  }

  private static String train(Plan plan, EpochRunner runner, TrainingListener... listeners) {
    return new Trainer(plan, DATA, runner, List.of(listeners)).train().network().sha256();
  }

  @Test
  void theEpochThatFollowsIsRunAgainAndTrainingEndsInTheOraclesBits() throws Exception {
    String told =
        OwnProcess.runWithExecutors(TwoExecutors.class, "-Dspark.handspun.slots.timeout=30m");
    List<String> expected = new ArrayList<>();
    expected.add("slots 2, executors 2, by what is public 2, 2");
    plans()
        .forEach(
            plan -> {
              expected.add("An executor was lost in or before epoch 3.");
              expected.add(train(plan, new SequentialTrainer(plan, DATA)));
            });
    assertThat(told.lines()).isEqualTo(expected);
  }

  /** Trains on two executors, of which it kills one after the second epoch. */
  static final class TwoExecutors {
    public static void main(String[] arguments) throws InterruptedException {
      try (TrainingContext spark =
          TrainingContext.start(
              "local-cluster[2,1,1024]",
              Aggregation.EXCHANGE,
              Optional.empty(),
              TwoExecutors::tell)) {
        spark.slots().await(2);
        awaitMemoryOf(2, spark.context());
        System.out.println(
            "slots %d, executors %d, by what is public %d, %d"
                .formatted(
                    SparkInternals.slots(spark.context()),
                    SparkInternals.executors(spark.context()),
                    SparkInternals.publicSlots(spark.context()),
                    SparkInternals.publicExecutors(spark.context())));
        plans()
            .forEach(
                plan -> {
                  spark.slots().await(2);
                  System.out.println(
                      train(
                          plan,
                          spark.train(Aggregation.EXCHANGE, plan, DATA, PartitionChoice.asTold(2)),
                          new TrainingListener() {
                            @Override
                            public void epochStarted(int epoch) {
                              if (epoch == 3) {
                                killAnExecutor();
                              }
                            }
                          }));
                });
      }
    }

    /** It is known a moment after the executor itself. */
    private static void awaitMemoryOf(int executors, JavaSparkContext context)
        throws InterruptedException {
      for (int i = 0; i < 6_000 && SparkInternals.publicExecutors(context) < executors; i++) {
        Thread.sleep(10);
      }
    }

    private static void tell(String notice) {
      if (notice.startsWith("Epoch 3 is run again on 1 partition: ")
          || notice.endsWith(" was lost: from epoch 3 on there is 1 partition.")) {
        System.out.println("An executor was lost in or before epoch 3.");
      }
    }

    private static void killAnExecutor() {
      ProcessHandle executor =
          ProcessHandle.current()
              .children()
              .filter(ProcessHandle::isAlive)
              .findFirst()
              .orElseThrow();
      executor.destroyForcibly();
      executor.onExit().join();
    }
  }
}
