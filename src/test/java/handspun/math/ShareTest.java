package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {
  @ParameterizedTest
  @CsvSource({"0,1", "0,3", "1,1", "1,3", "2,3", "10,3", "784,7", "13,13", "12,13", "50000,8"})
  void partsFollowEachOtherCoverAllAndDifferByAtMostOne(int count, int parts) {
    int next = 0;
    for (int part = 0; part < parts; part++) {
      Share share = new Share(part, parts);
      assertThat(share.from(count)).isEqualTo(next);
      assertThat(share.size(count)).isBetween(count / parts, (count + parts - 1) / parts);
      assertThat(share.to(count)).isEqualTo(share.from(count) + share.size(count));
      next = share.to(count);
    }
    assertThat(next).isEqualTo(count);
  }

  @Test
  void dealsOutMoreThanIntegersMultiply() {
    Share last = new Share(999, 1000);
    assertThat(last.to(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    assertThat(last.size(Integer.MAX_VALUE)).isEqualTo(2147484);
  }

  @Test
  void wholeIsEverything() {
    assertThat(Share.WHOLE.from(17)).isZero();
    assertThat(Share.WHOLE.to(17)).isEqualTo(17);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-1,3", "3,3", "0,-1"})
  void refusesAPartThatDoesNotExist(int part, int parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Share(part, parts))
        .withMessageContaining("part " + part + " of " + parts);
  }
}
