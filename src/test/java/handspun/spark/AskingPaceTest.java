package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AskingPaceTest {

  @Test
  void asksAtOnceAtFirstAndThenEveryTenthOfTheTimeWaited() {
    AskingPace pace = AskingPace.of(2);
    assertThat(pace.nextMillis(0)).isOne();
    assertThat(pace.nextMillis(10)).isOne();
    assertThat(pace.nextMillis(300)).isEqualTo(30);
    assertThat(pace.nextMillis(60_000)).isEqualTo(100);
  }

  @Test
  void fiveHundredExecutorsAskTenTimesAMillisecondAllTogether() {
    assertThat(AskingPace.of(500).nextMillis(0)).isEqualTo(50);
    assertThat(AskingPace.of(5_000).nextMillis(0)).isEqualTo(500);
  }
}
