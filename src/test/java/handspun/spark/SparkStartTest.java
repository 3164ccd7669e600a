package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.BindException;
import java.net.UnknownHostException;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkStartTest {
  private static final String HOST = "spark.driver.host";
  private static final String BIND_ADDRESS = "spark.driver.bindAddress";

  @AfterEach
  void forget() {
    System.clearProperty(HOST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "local[*]", "local[2]", "local-cluster[2,1,1024]"})
  @DisabledIfEnvironmentVariable(
      named = "SPARK_LOCAL_IP",
      matches = ".*",
      disabledReason = "the machine was named by hand")
  @DisabledIfEnvironmentVariable(
      named = "SPARK_LOCAL_HOSTNAME",
      matches = ".*",
      disabledReason = "the machine was named by hand")
  void doesNotAskWhatThisMachineIsCalledWhereAllIsOnIt(String master) {
    SparkConf conf = SparkStart.configuration(master);
    assertThat(conf.get(HOST)).isEqualTo("127.0.0.1");
    assertThat(conf.get(BIND_ADDRESS)).isEqualTo("127.0.0.1");
  }

  @Test
  void leavesOtherMastersAndWhatTheUserSaysAlone() {
    SparkConf cluster = SparkStart.configuration("spark://somewhere:7077");
    assertThat(cluster.contains(HOST)).isFalse();
    assertThat(cluster.contains(BIND_ADDRESS)).isFalse();
    System.setProperty(HOST, "192.0.2.7");
    SparkConf told = SparkStart.configuration("local[2]");
    assertThat(told.get(HOST)).isEqualTo("192.0.2.7");
    assertThat(told.contains(BIND_ADDRESS)).isFalse();
  }

  @Test
  void tellsTheInnermostCauseInOneLine() {
    Exception failure =
        new SparkException(
            "Exception thrown in awaitResult", new BindException("Address in use.\n  at once"));
    assertThat(SparkStart.failure("yarn", failure))
        .isEqualTo(
            "Spark does not start with the master yarn (Address in use): check --master and the"
                + " options after --spark.");
    assertThat(SparkStart.reason(new IllegalStateException(new StackOverflowError())))
        .isEqualTo("StackOverflowError");
  }

  @Test
  void doesNotSendAnybodyToAnOptionThatWasNotGiven() {
    assertThat(SparkStart.failure("local[*]", new BindException("Address in use")))
        .contains("(Address in use)", "Spark's log")
        .doesNotContain("--master");
  }

  @Test
  void saysHowToNameAMachineWhoseNameIsOfNoUse() {
    Exception[] failures = {
      new UnknownHostException("laptop: Name or service not known"),
      new BindException("Cannot assign requested address: Service 'sparkDriver' failed"),
      new SparkException("Invalid Spark URL: spark://HeartbeatReceiver@spark_trainer:41237")
    };
    for (Exception failure : failures) {
      assertThat(SparkStart.failure("yarn", failure))
          .contains(failure.getMessage(), "set SPARK_LOCAL_HOSTNAME to this machine's address");
    }
  }
}
