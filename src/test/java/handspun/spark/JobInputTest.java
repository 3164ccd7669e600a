package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.SequentialTrainer;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.train.EpochRunner;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

class JobInputTest {
  private static final Dataset DATA = MadeUpExamples.dataset(60, 20, 5, 6, 5, 1);

  @Test
  void aLittleIsAPartOfTheTaskAndMoreIsSentByItself() {
    SparkConf conf = new SparkConf(false).setMaster("local").setAppName("job input");
    try (JavaSparkContext spark = new JavaSparkContext(conf.set("spark.ui.enabled", "false"))) {
      byte[] most = new byte[JobInput.MOST_IN_TASK];
      assertThat(JobInput.of(spark, most)).isEqualTo(new JobInput.InTask(most));
      byte[] more = new byte[JobInput.MOST_IN_TASK + 1];
      JobInput sent = JobInput.of(spark, more);
      assertThat(sent).isInstanceOf(JobInput.Sent.class);
      assertThat(sent.bytes()).isEqualTo(more);
    }
  }

  @Test
  void networksOfBothSizesHaveTheBitsOfSequentialTraining() {
    try (TrainingContext spark =
        TrainingContext.start("local[2]", Aggregation.JOBS, Optional.empty(), notice -> {})) {
      for (int units : new int[] {12, 1200}) {
        Plan plan = new Plan(new Topology(30, units, 5), 2, 20, 0.5f, 1, 1);
        EpochRunner jobs = spark.train(Aggregation.JOBS, plan, DATA, PartitionChoice.asTold(2));
        assertThat(train(plan, jobs)).isEqualTo(train(plan, new SequentialTrainer(plan, DATA)));
      }
    }
  }

  private static String train(Plan plan, EpochRunner runner) {
    return new Trainer(plan, DATA, runner, List.of()).train().network().sha256();
  }
}
