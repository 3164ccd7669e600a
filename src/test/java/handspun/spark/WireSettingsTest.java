package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.wire.Binding;
import handspun.wire.PortRange;
import handspun.wire.Protection;
import handspun.wire.Route.Shape;
import java.time.Duration;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class WireSettingsTest {
  @Test
  void waitHalfAMinuteForEachOtherAndAMinuteForSlots() {
    assertThat(WireSettings.of(new SparkConf(false)))
        .isEqualTo(
            new WireSettings(
                new Binding("", new PortRange(0, 0)),
                Shape.DOUBLING,
                Protection.CHECKSUM,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                4));
  }

  @Test
  void areTakenFromSpark() {
    SparkConf conf =
        new SparkConf(false)
            .set(WireSettings.PORT, "7100-7110")
            .set(WireSettings.BIND_ADDRESS, "::")
            .set(WireSettings.ROUTE, "star")
            .set(WireSettings.ENCRYPTION, "on")
            .set(WireSettings.TIMEOUT, "2min")
            .set(WireSettings.SLOTS_TIMEOUT, "5")
            .set(WireSettings.FAILURES, "1");
    assertThat(WireSettings.of(conf))
        .isEqualTo(
            new WireSettings(
                new Binding("::", new PortRange(7100, 7110)),
                Shape.STAR,
                Protection.AES_GCM,
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                1));
  }

  @ParameterizedTest
  @FieldSource("handspun.spark.WireSettings#SECURED")
  void encryptWhereSparkSecuresAnythingUnlessPlainTextIsAllowed(String secured) {
    SparkConf conf = new SparkConf(false).set(secured, "true");
    assertThat(WireSettings.of(conf).protection()).isEqualTo(Protection.AES_GCM);
    conf.set(WireSettings.ENCRYPTION, "off");
    assertThat(WireSettings.of(conf).protection()).isEqualTo(Protection.CHECKSUM);
    conf.set(WireSettings.ENCRYPTION, "auto").set(secured, "false");
    assertThat(WireSettings.of(conf).protection()).isEqualTo(Protection.CHECKSUM);
  }

  @ParameterizedTest
  @CsvSource({
    "spark.handspun.exchange.port, 65536, a port of 1 to 65535",
    "spark.handspun.exchange.port, 7110-7100, a range such as 7100-7110",
    "spark.handspun.exchange.port, -1, or 0 for any",
    "spark.handspun.exchange.port, 0-9, or 0 for any",
    "spark.handspun.exchange.port, any, or 0 for any",
    "spark.handspun.exchange.port, '', or 0 for any",
    "spark.handspun.exchange.route, ring, 'star, tree or doubling'",
    "spark.handspun.exchange.encryption, true, 'on, or off (plain text)'",
    "spark.handspun.exchange.encryption, '', 'auto (if Spark'",
    "spark.handspun.exchange.timeout, 0s, 1s to 1d",
    "spark.handspun.exchange.timeout, -3s, 1s to 1d",
    "spark.handspun.exchange.timeout, 900ms, 1s to 1d",
    "spark.handspun.exchange.timeout, soon, 1s to 1d",
    "spark.handspun.exchange.timeout, 99999999999999999999s, 1s to 1d",
    "spark.handspun.exchange.timeout, 9223372036854775807s, 1s to 1d",
    "spark.handspun.exchange.timeout, 86401s, 1s to 1d",
    "spark.handspun.slots.timeout, 0, 1s to 1d",
    "spark.handspun.slots.timeout, never, 1s to 1d",
    "spark.handspun.slots.timeout, 9223372036854775807s, 1s to 1d",
    "spark.handspun.epoch.maxFailures, 0, 1 to 99999",
    "spark.handspun.epoch.maxFailures, 2.5, 1 to 99999",
    "spark.handspun.epoch.maxFailures, 100000, 1 to 99999",
  })
  void aWrongValueIsNamedWithWhatIsExpected(String name, String value, String expected) {
    assertThatThrownBy(() -> WireSettings.of(new SparkConf(false).set(name, value)))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll(name + " is " + value + ", but must be", expected);
  }
}
