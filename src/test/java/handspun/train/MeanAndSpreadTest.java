package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class MeanAndSpreadTest {
  @Test
  void isThatOfASample() {
    MeanAndSpread spread = MeanAndSpread.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));
    assertThat(spread.mean()).isEqualTo(5);
    // 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, divided by 7
    assertThat(spread.standardDeviation()).isCloseTo(Math.sqrt(32.0 / 7), within(1e-12));
    assertThat(spread.min()).isEqualTo(2);
    assertThat(spread.max()).isEqualTo(9);
  }

  @Test
  void aSingleOneHasNoSpread() {
    assertThat(MeanAndSpread.of(List.of(0.9))).isEqualTo(new MeanAndSpread(0.9, 0, 0.9, 0.9));
  }

  @Test
  void isUnknownWhereOneIs() {
    MeanAndSpread spread = MeanAndSpread.of(List.of(Double.NaN, Double.NaN));
    assertThat(spread.mean()).isNaN();
    assertThat(spread.standardDeviation()).isNaN();
    assertThat(spread.min()).isNaN();
    assertThat(spread.max()).isNaN();
  }
}
