package handspun.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortRangeTest {

  @Test
  void readsAPortARangeAndAny() {
    assertThat(PortRange.parse("p", "7100")).isEqualTo(new PortRange(7100, 7100));
    assertThat(PortRange.parse("p", " 7100-7110 ")).isEqualTo(new PortRange(7100, 7110));
    assertThat(PortRange.parse("p", "0")).isEqualTo(new PortRange(0, 0));
    assertThat(PortRange.parse("p", "1-65535").toString()).isEqualTo("1-65535");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "-1", "65536", "7110-7100", "0-10", "7100-", "1-65536", "9,10"})
  void refusesWhatIsNoRange(String text) {
    assertThatThrownBy(() -> PortRange.parse("the.port", text))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("the.port is " + text + ", but must be a port of 1 to 65535");
  }
}
