package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import handspun.network.Topology;
import handspun.train.EpochSummary;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class TrainingSourceTest {
  private static final String SINK = "spark.metrics.conf.*.sink.prometheusServlet.";

  private Progress progress = Progress.NONE;
  private final TrainingSource source =
      new TrainingSource(new Plan(new Topology(30, 12, 5), 6, 10, 3f, 1, 1), () -> progress);

  private Object value(String name) {
    Gauge<?> gauge = source.metricRegistry().getGauges().get(name);
    return gauge.getValue();
  }

  @Test
  void hasNothingToTellBeforeTheFirstEpoch() {
    source.tell(1, 100);
    assertThat(value("epoch")).isEqualTo(0);
    assertThat(value("epochs")).isEqualTo(6);
    assertThat(value("miniBatches")).isEqualTo(100);
    assertThat(value("miniBatchesDone")).isEqualTo(0);
    assertThat(value("slowestPartition")).isEqualTo(0);
    assertThat(value("bytesExchanged")).isEqualTo(0L);
    assertThat(value("cost")).isEqualTo(Double.NaN);
    assertThat(value("validationAccuracy")).isEqualTo(Double.NaN);
    assertThat(value("examplesPerSecond")).isEqualTo(Double.NaN);
    assertThat(value("partition.0.computeSeconds")).isEqualTo(0.0);
  }

  @Test
  void tellsOfTheRunningEpochAndOfTheLastThatEnded() {
    source.tell(3, 100);
    source.epochStarted(1);
    source.epochEnded(new EpochSummary(1, 0.25, 9, 10, 2, List.of(60, 40)));
    source.epochStarted(2);
    progress =
        new Progress(
            37,
            Optional.empty(),
            List.of(
                new PartitionWork(1_000_000_000, 500_000_000, 11),
                new PartitionWork(1_250_000_000, 250_000_000, 22)));
    assertThat(value("epoch")).isEqualTo(2);
    assertThat(value("miniBatchesDone")).isEqualTo(37);
    assertThat(value("cost")).isEqualTo(0.25);
    assertThat(value("validationAccuracy")).isEqualTo(0.9);
    assertThat(value("examplesPerSecond")).isEqualTo(50.0);
    assertThat(value("bytesExchanged")).isEqualTo(33L);
    assertThat(value("slowestPartition")).isEqualTo(1);
    assertThat(value("partition.0.waitSeconds")).isEqualTo(0.5);
    assertThat(value("partition.1.computeSeconds")).isEqualTo(1.25);
    // Lost with its executor.
    assertThat(value("partition.2.computeSeconds")).isEqualTo(0.0);
  }

  @Test
  void tellsOfAsManyPartitionsAsThereAreNow() {
    MetricRegistry spark = new MetricRegistry();
    source.tell(2, 100);
    spark.register("spark", source.metricRegistry());
    source.tell(4, 50);
    assertThat(spark.getGauges())
        .containsKeys("spark.partition.0.waitSeconds", "spark.partition.3.computeSeconds");
    assertThat(value("miniBatches")).isEqualTo(50);
    source.tell(1, 50);
    assertThat(spark.getGauges())
        .containsKey("spark.partition.0.waitSeconds")
        .doesNotContainKeys("spark.partition.1.waitSeconds", "spark.partition.3.computeSeconds");
    source.tell(2, 50);
    assertThat(spark.getGauges()).containsKey("spark.partition.1.waitSeconds");
  }

  @Test
  void mayBeToldByManyThreadsWhileSparkReads() {
    IntStream.range(0, 1000)
        .parallel()
        .forEach(
            i -> {
              source.tell(i % 7, i);
              source.metricRegistry().getGauges().values().forEach(gauge -> gauge.getValue());
            });
    source.tell(3, 100);
    assertThat(source.metricRegistry().getGauges().keySet())
        .filteredOn(name -> name.startsWith("partition."))
        .hasSize(6);
  }

  @Test
  void isServedToPrometheusUnderTheSameNamesInEveryRun() {
    SparkConf conf = new SparkConf(false);
    TrainingSource.serve(conf);
    assertThat(conf.get("spark.metrics.namespace")).isEqualTo("handspun");
    assertThat(conf.get(SINK + "class")).endsWith(".PrometheusServlet");
    assertThat(conf.get(SINK + "path")).isEqualTo("/metrics/prometheus");
  }

  @Test
  void leavesToTheUserWhatTheUserHasSet() {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.metrics.namespace", "mine")
            .set(SINK + "path", "/my/metrics");
    TrainingSource.serve(conf);
    assertThat(conf.get("spark.metrics.namespace")).isEqualTo("mine");
    assertThat(conf.get(SINK + "path")).isEqualTo("/my/metrics");

    SparkConf own = new SparkConf(false).set("spark.metrics.conf", "my.properties");
    TrainingSource.serve(own);
    assertThat(own.contains(SINK + "class")).isFalse();
  }
}
