package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.OwnProcess;
import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochRunner;
import handspun.train.Plan;
import handspun.train.Trainer;
import handspun.train.TrainingListener;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/**
 * An executor that freezes between two epochs, just when another one is to be left: nobody waits
 * for its slot. ClusterChaosIT freezes one whenever it comes.
 */
class FrozenExecutorTest {
  private static final Dataset DATA = MadeUpExamples.dataset(203, 31, 7, 8, 10, 5);
  private static final Plan PLAN = new Plan(new Topology(56, 16, 16, 10), 6, 10, 0.05f, 7, 1);
  private static final int DISTURBED = 4;

  private static String train(EpochRunner runner, TrainingListener... listeners) {
    return new Trainer(PLAN, DATA, runner, List.of(listeners)).train().network().sha256();
  }

  @Test
  void whoIsFrozenAtAJobsEndIsReplacedAndTrainingGoesOnOnWhatIsLeft() throws Exception {
    String told =
        OwnProcess.runWithExecutors(
            TwoExecutors.class,
            "-Dspark.handspun.exchange.timeout=3s",
            "-Dspark.handspun.slots.timeout=30m");
    assertThat(told.lines())
        .containsExactly(
            "The frozen one is replaced.",
            "The other is left from epoch 4 on.",
            train(new SequentialTrainer(PLAN, DATA)));
  }

  /** Trains on two executors; freezes one before an epoch, and tells the other to go. */
  static final class TwoExecutors {
    private static ProcessHandle frozen;

    public static void main(String[] arguments) throws InterruptedException {
      try (TrainingContext spark =
          TrainingContext.start(
              "local-cluster[2,1,1024]",
              Aggregation.EXCHANGE,
              Optional.empty(),
              TwoExecutors::tell)) {
        spark.slots().await(2);
        System.out.println(
            train(
                spark.train(Aggregation.EXCHANGE, PLAN, DATA, PartitionChoice.asTold(2)),
                new TrainingListener() {
                  @Override
                  public void epochStarted(int epoch) {
                    if (epoch == DISTURBED) {
                      disturb(spark.context());
                    }
                  }
                }));
        frozen.destroyForcibly();
      }
    }

    private static void tell(String notice) {
      if (notice.endsWith(" does not let go of its task: Spark is told to replace it.")) {
        System.out.println("The frozen one is replaced.");
      } else if (notice.contains(": from epoch 4 on there ")) {
        System.out.println("The other is left from epoch 4 on.");
      } else if (notice.contains("is run again")) {
        System.out.println(notice);
      }
    }

    private static void disturb(JavaSparkContext context) {
      List<ProcessHandle> executors =
          ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
      frozen = executors.get(0);
      try {
        signal("STOP", frozen);
        signal("PWR", executors.get(1));
        while (SparkInternals.isActive(context, "0") && SparkInternals.isActive(context, "1")) {
          Thread.sleep(10);
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    private static void signal(String name, ProcessHandle process)
        throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).start().waitFor();
    }
  }
}
