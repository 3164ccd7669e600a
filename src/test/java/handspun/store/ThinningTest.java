package handspun.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThinningTest {
  private static List<Integer> kept(int most, int newest) {
    Thinning thinning = new Thinning(most);
    return IntStream.rangeClosed(0, newest + 10)
        .filter(epoch -> thinning.keeps(epoch, newest))
        .boxed()
        .toList();
  }

  @Test
  void everySecondEpochIsKeptThenEveryFourth() {
    assertThat(kept(5, 4)).containsExactly(0, 1, 2, 3, 4);
    assertThat(kept(5, 5)).containsExactly(0, 2, 4, 5);
    assertThat(kept(5, 8)).containsExactly(0, 2, 4, 6, 8);
    assertThat(kept(5, 9)).containsExactly(0, 4, 8, 9);
    assertThat(kept(5, 17)).containsExactly(0, 8, 16, 17);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 21, 100})
  void neverTooManyAndNotFewerThanNeeded(int most) {
    List<Integer> before = List.of();
    for (int newest = 0; newest < 300; newest++) {
      List<Integer> kept = kept(most, newest);
      assertThat(kept).startsWith(0).endsWith(newest).hasSizeLessThanOrEqualTo(most);
      assertThat(kept).hasSizeGreaterThanOrEqualTo(Math.min(newest + 1, most / 2 + 1));
      // What was given up cannot come back.
      assertThat(before).containsAll(kept.subList(0, kept.size() - 1));
      before = kept;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void whereNotEvenTwoFitTheNewestIsKeptAlone(int most) {
    assertThat(kept(most, 0)).containsExactly(0);
    assertThat(kept(most, 7)).containsExactly(7);
  }

  @Test
  void thereMayBeAsManyEpochsAsThereAreNumbers() {
    Thinning thinning = new Thinning(2);
    assertThat(thinning.keeps(0, Integer.MAX_VALUE)).isTrue();
    assertThat(thinning.keeps(1 << 30, Integer.MAX_VALUE)).isFalse();
    assertThat(thinning.keeps(Integer.MAX_VALUE, Integer.MAX_VALUE)).isTrue();
  }
}
