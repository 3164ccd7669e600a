package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;

class DynamicAllocationTest {

  private static SparkConf conf(String master, String... settings) {
    SparkConf conf = new SparkConf(false).setMaster(master).set(DynamicAllocation.ENABLED, "true");
    for (int i = 0; i < settings.length; i += 2) {
      conf.set(settings[i], settings[i + 1]);
    }
    return conf;
  }

  @Test
  void isNeverOnWithALocalMaster() {
    assertThat(DynamicAllocation.isOn(conf("local[2]"))).isFalse();
    assertThat(DynamicAllocation.isOn(conf("local-cluster[2,1,1024]"))).isTrue();
    assertThat(DynamicAllocation.isOn(conf("yarn").set(DynamicAllocation.ENABLED, "false")))
        .isFalse();
  }

  @Test
  void isTurnedOffForAFixedNumberOfExecutors() {
    SparkConf conf = conf("yarn", "spark.dynamicAllocation.maxExecutors", "4");
    assertThat(DynamicAllocation.fix(conf))
        .hasValue(
            "Spark's dynamic allocation is off for this run, whose tasks run all at once: Spark is asked for 4 executors, as spark.dynamicAllocation.maxExecutors says.");
    assertThat(DynamicAllocation.isOn(conf)).isFalse();
    assertThat(conf.get("spark.executor.instances")).isEqualTo("4");
    assertThat(conf.get("spark.decommission.enabled")).isEqualTo("true");
    assertThat(DynamicAllocation.fix(conf)).isEmpty();
  }

  @Test
  void takesTheNumberThatWasAskedForBeforeTheMost() {
    SparkConf conf =
        conf(
            "yarn",
            "spark.executor.instances",
            "3",
            "spark.dynamicAllocation.maxExecutors",
            "9",
            "spark.dynamicAllocation.minExecutors",
            "1");
    assertThat(DynamicAllocation.fix(conf).orElseThrow())
        .endsWith("Spark is asked for 3 executors, as spark.executor.instances says.");
  }

  @Test
  void aStandaloneMasterKnowsCoresOnly() {
    String[] three = {"spark.dynamicAllocation.maxExecutors", "3"};
    SparkConf conf = conf("spark://here:7077", three).set("spark.executor.cores", "2");
    assertThat(DynamicAllocation.fix(conf).orElseThrow())
        .endsWith("Spark is asked for 3 executors, as spark.dynamicAllocation.maxExecutors says.");
    assertThat(conf.get("spark.cores.max")).isEqualTo("6");
  }

  @Test
  void aStandaloneMasterIsAskedForNoNumberOfExecutorsOfAnySize() {
    SparkConf conf = conf("spark://here:7077", "spark.dynamicAllocation.maxExecutors", "3");
    assertThat(DynamicAllocation.fix(conf).orElseThrow())
        .endsWith("it takes the executors that there are.");
    assertThat(conf.contains("spark.cores.max")).isFalse();
    assertThat(DynamicAllocation.fix(conf("spark://here:7077")).orElseThrow())
        .endsWith("it takes the executors that there are.");
  }

  @Test
  void saysWhatToSetWhereNoNumberIsKnown() {
    assertThatThrownBy(
            () ->
                DynamicAllocation.fix(
                    conf(
                        "yarn",
                        "spark.dynamicAllocation.initialExecutors",
                        "0",
                        "spark.dynamicAllocation.maxExecutors",
                        String.valueOf(Integer.MAX_VALUE))))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "spark.dynamicAllocation.enabled is true, but must be false where tasks exchange gradients, since all of them must run at once: set it to false and spark.executor.instances to their number, or spark.dynamicAllocation.maxExecutors, or use --aggregate jobs.");
  }

  @Test
  void refusesANumberThatIsNone() {
    assertThatThrownBy(
            () ->
                DynamicAllocation.fix(conf("yarn", "spark.dynamicAllocation.maxExecutors", "many")))
        .isInstanceOf(UsageException.class)
        .hasMessage("spark.dynamicAllocation.maxExecutors is many, but must be 0 to 999999.");
  }

  @Test
  void knowsHowManySlotsThereMayBe() {
    assertThat(DynamicAllocation.mostSlots(conf("yarn"))).isEmpty();
    assertThat(
            DynamicAllocation.mostSlots(
                conf(
                    "yarn",
                    "spark.dynamicAllocation.maxExecutors",
                    "4",
                    "spark.executor.cores",
                    "6",
                    "spark.task.cpus",
                    "2")))
        .hasValue(12);
  }
}
