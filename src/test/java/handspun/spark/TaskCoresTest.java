package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCoresTest {

  private static SparkConf conf(String master, String cpus) {
    return new SparkConf(false).setMaster(master).set(TaskCores.TASK_CPUS, cpus);
  }

  @Test
  void isOneUnlessSparkIsToldOtherwise() {
    assertThat(TaskCores.of(new SparkConf(false))).isOne();
    assertThat(TaskCores.of(conf("local", "3"))).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "two", "1.5", "", "100000"})
  void mustBeANumberOfCores(String cpus) {
    assertThatThrownBy(() -> TaskCores.of(conf("local[2]", cpus)))
        .isInstanceOf(UsageException.class)
        .hasMessage("spark.task.cpus is " + cpus + ", but must be 1 to 99999.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local | 2 | only 1 core, so no task can run: set it to 1, or use --master local[2].",
        "local[2] | 3 | only 2 cores, so no task can run: set it to 2 or less, or use --master local[3].",
        "local[2,4] | 3 | only 2 cores",
        "local[*] | 99999 | --master local[99999]",
        "local-cluster[3,1,1024] | 2 | only 1 core, so no task can run: set it to 1, or give executors 2 cores each."
      })
  void mustBeNoMoreThanAnExecutorHas(String master, String cpus, String words) {
    assertThatThrownBy(() -> TaskCores.requireFit(conf(master, cpus)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "spark.task.cpus is " + cpus + ", but with the master " + master + " an executor has")
        .hasMessageContaining(words);
  }

  @Test
  void mustBeNoMoreThanExecutorsAreGiven() {
    SparkConf conf = conf("yarn", "4").set("spark.executor.cores", "2");
    assertThatThrownBy(() -> TaskCores.requireFit(conf))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("only 2 cores");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"local[2]|2", "local[*]|1", "spark://host:7077|8", "local[0]|1", "nonsense|9"})
  void maybeWhatFitsOrWhatSparkWillSay(String master, String cpus) {
    assertThatCode(() -> TaskCores.requireFit(conf(master, cpus))).doesNotThrowAnyException();
  }
}
