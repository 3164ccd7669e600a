package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** LostExecutorTest compares the two ways where there are executors. */
class SparkInternalsTest {

  @Test
  void takesThePublicWayWhereAMethodIsGone() {
    assertThat(
            SparkInternals.<Integer>orElse(
                () -> {
                  throw new NoSuchMethodError("gone");
                },
                () -> 2))
        .isEqualTo(2);
    assertThat(SparkInternals.orElse(() -> 1, () -> 2)).isEqualTo(1);
  }

  @Test
  void bothWaysKnowTheSlotsOfALocalMaster() {
    SparkConf conf =
        new SparkConf(false)
            .setMaster("local[3]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1");
    try (JavaSparkContext context = new JavaSparkContext(conf)) {
      assertThat(SparkInternals.slots(context)).isEqualTo(3);
      assertThat(SparkInternals.publicSlots(context)).isEqualTo(3);
      assertThat(SparkInternals.publicExecutors(context)).isEqualTo(0);
    }
  }

  @Test
  void hadoopIsToldWhatSparkIsTold() {
    SparkConf conf = new SparkConf(false).set("spark.hadoop.some.name", "some value");
    assertThat(SparkInternals.hadoop(conf).get("some.name")).isEqualTo("some value");
  }
}
