package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private static final double NEVER = Double.POSITIVE_INFINITY;

  @Test
  void theMedianOfAnOddNumberIsTheOneInTheMiddle() {
    assertThat(Spread.of(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
  }

  @Test
  void theMedianOfAnEvenNumberIsTheMeanOfTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(10.0, 1.0, 4.0, 3.0))).isEqualTo(new Spread(3.5, 1, 10));
  }

  @Test
  void ofOneValueAllIsThatValue() {
    assertThat(Spread.of(List.of(2.5))).isEqualTo(new Spread(2.5, 2.5, 2.5));
  }

  @Test
  void ofNothingNothingIsKnown() {
    assertThat(Spread.of(List.of()).isKnown()).isFalse();
    assertThat(Spread.of(List.of(1.0)).isKnown()).isTrue();
  }

  @Test
  void whatMostRoundsNeverReachIsNeverReached() {
    assertThat(Spread.of(List.of(NEVER, 3.0, NEVER)).median()).isInfinite();
    assertThat(Spread.of(List.of(NEVER, NEVER)).median()).isInfinite();
    assertThat(Spread.of(List.of(NEVER, 3.0, 4.0)).median()).isEqualTo(4);
  }
}
