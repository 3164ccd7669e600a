package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import handspun.UsageException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandaloneMastersTest {
  /** Of a service that no machine has had for decades. */
  private static final String DEAD = "127.0.0.1:1";

  @Test
  void saysAtOnceThatNobodyAnswers() {
    assertThatThrownBy(() -> StandaloneMasters.requireOne("spark://" + DEAD))
        .isInstanceOf(HandspunException.class)
        .isNotInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "No Spark master answers at spark://127.0.0.1:1 (127.0.0.1:1: Connection refused")
        .hasMessageEndingWith("or check --master.");
  }

  @Test
  void saysWhichNameNoHostHas() {
    assertThatThrownBy(() -> StandaloneMasters.requireOne("spark://no_host.invalid:7077"))
        .hasMessageContaining("no_host.invalid:7077: there is no host of this name");
  }

  @Test
  void oneOfSeveralIsEnough() throws IOException {
    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String master = "spark://" + DEAD + ",127.0.0.1:" + open.getLocalPort();
      assertThatCode(() -> StandaloneMasters.requireOne(master)).doesNotThrowAnyException();
    }
    assertThatThrownBy(() -> StandaloneMasters.requireOne("spark://" + DEAD + "," + DEAD))
        .hasMessageContaining("(127.0.0.1:1: Connection refused; 127.0.0.1:1: Connection refused)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"local[2]", "yarn", "k8s://https://host", "spark://", "spark://host:x"})
  void leavesEverythingElseToSpark(String master) {
    assertThatCode(() -> StandaloneMasters.requireOne(master)).doesNotThrowAnyException();
  }

  @Test
  void hasWordsForAMasterThatIsNone() {
    String master = "spark://127.0.0.1:80";
    assertThat(SparkStart.failure(master, new NullPointerException("_1 is null")))
        .contains(master, "took no application", "--master")
        .doesNotContain("null");
  }
}
