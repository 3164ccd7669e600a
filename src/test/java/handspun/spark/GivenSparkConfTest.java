package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class GivenSparkConfTest {
  private final SparkConf conf = new SparkConf(false).setMaster("spark://far:7077");

  private List<String> lacking(Aggregation aggregation) {
    return GivenSpark.lacking(conf, aggregation);
  }

  @Test
  void allThatItLacksIsToldAtOnce() {
    conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .set("spark.kryo.registrationRequired", "true")
        .set("spark.kryo.registrator", "mine.Registrator")
        .set("spark.dynamicAllocation.enabled", "true");
    assertThat(lacking(Aggregation.EXCHANGE))
        .satisfiesExactly(
            plugin ->
                assertThat(plugin)
                    .contains("spark.plugins is \"\"", "handspun.spark.ExchangePlugin"),
            allocation -> assertThat(allocation).contains("spark.dynamicAllocation.enabled"),
            registrator ->
                assertThat(registrator)
                    .contains(
                        "spark.kryo.registrator is \"mine.Registrator\"",
                        "handspun.spark.KryoRegistration"));
    assertThat(lacking(Aggregation.JOBS)).hasSize(1);
  }

  @Test
  void aSparkThatHasAllLacksNothing() {
    conf.set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .set("spark.kryo.registrationRequired", "true")
        .set("spark.kryo.registrator", "mine.Registrator, handspun.spark.KryoRegistration")
        .set("spark.plugins", "mine.Plugin,handspun.spark.ExchangePlugin");
    assertThat(lacking(Aggregation.EXCHANGE)).isEmpty();
  }

  @Test
  void aRegistrationThatOnlyKryoAsksForIsNotAskedForWithoutIt() {
    conf.set("spark.kryo.registrationRequired", "true");
    assertThat(lacking(Aggregation.JOBS)).isEmpty();
  }
}
