package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import handspun.OwnProcess;
import handspun.bench.SequentialTrainer;
import handspun.data.DataSources;
import handspun.data.Dataset;
import handspun.data.DatasetReader;
import handspun.data.MadeUpExamples;
import handspun.data.TrainingData;
import handspun.files.Location;
import handspun.files.NewFolder;
import handspun.image.Augmentation;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochRunner;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.Option;

/**
 * The one law where Spark runs late tasks once more elsewhere: for that the executors must be on
 * hosts of two names.
 */
class SpeculationTest {
  private static final Plan PLAN = new Plan(new Topology(72, 16, 10), 2, 20, 0.5f, 7, 8);

  @TempDir private Path folder;

  private static String train(TrainingData data, EpochRunner runner) {
    return new Trainer(PLAN, data, runner, List.of()).train().network().sha256();
  }

  private static boolean isThisMachine(String host) {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(host))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void whatIsComputedTwiceCountsOnceAndTrainingEndsInTheOraclesBits() throws Exception {
    assumeTrue(isThisMachine("127.0.0.2"), "127.0.0.2 is no address of this machine");
    Dataset small = MadeUpExamples.dataset(30, 0, 9, 8, 10, 5);
    Location set = Location.of(folder.resolve("set"));
    NewFolder.make(set);
    new Generation(123, Augmentation.parse("shift=1"), 1, 4)
        .run("local[2]", small.training(), small.test(), set, notice -> {});
    TrainingData data = DatasetReader.open(DataSources.of(set), 31, false);
    List<String> told =
        OwnProcess.runWithExecutors(
                TwoHosts.class,
                "-Dset=" + folder.resolve("set"),
                "-Dwork=" + folder.resolve("work"),
                "-Dspark.plugins=handspun.spark.SlowTasks",
                "-Dspark.kryo.registrator=handspun.spark.UsersRegistrator",
                "-Dspark.speculation=true",
                "-Dspark.speculation.interval=10ms",
                "-Dspark.speculation.multiplier=1.1",
                "-Dspark.speculation.quantile=0.5",
                "-Dspark.speculation.minTaskRuntime=10ms",
                "-Dspark.locality.wait=10ms")
            .lines()
            .toList();
    String stored = train(data.inMemory(), new SequentialTrainer(PLAN, data.inMemory()));
    assertThat(told.subList(0, 2)).containsExactly(stored, stored);
    assertThat(Integer.parseInt(told.get(2))).as("tasks that were run twice").isPositive();
  }

  /** Trains on two Workers, of data that executors read and of data that the driver sends. */
  static final class TwoHosts {
    public static void main(String[] arguments) {
      String loopback = "127.0.0.1";
      SparkConf conf = new SparkConf().set("spark.master.rest.enabled", "false");
      var master = Master.startRpcEnvAndEndpoint(loopback, 0, 0, conf);
      String[] masters = {"spark://" + loopback + ":" + master._1().address().port()};
      for (int w = 1; w <= 2; w++) {
        Worker.startRpcEnvAndEndpoint(
            "127.0.0." + w,
            0,
            0,
            1,
            1024,
            masters,
            System.getProperty("work"),
            Option.apply(w),
            conf,
            Option.empty());
      }
      Location set = Location.of(Path.of(System.getProperty("set")));
      TrainingData data = DatasetReader.open(DataSources.of(set), 31, false);
      AtomicInteger twice = new AtomicInteger();
      try (TrainingContext spark =
          TrainingContext.start(masters[0], Aggregation.EXCHANGE, Optional.empty(), n -> {})) {
        spark.choose(Aggregation.JOBS, PLAN, OptionalInt.of(2));
        spark
            .context()
            .sc()
            .addSparkListener(
                new SparkListener() {
                  @Override
                  public void onTaskStart(SparkListenerTaskStart start) {
                    if (start.taskInfo().speculative()) {
                      twice.incrementAndGet();
                    }
                  }
                });
        System.out.println(
            train(data, spark.train(Aggregation.JOBS, PLAN, data, PartitionChoice.asTold(2))));
        TrainingData sent = data.inMemory();
        System.out.println(
            train(sent, spark.train(Aggregation.JOBS, PLAN, sent, PartitionChoice.asTold(2))));
      }
      System.out.println(twice);
      System.exit(0);
    }
  }
}
