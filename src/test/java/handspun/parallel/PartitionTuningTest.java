package handspun.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.parallel.LocalRunner.Turn;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PartitionTuningTest {
  private static PartitionChoice choice(double... seconds) {
    Turn[] turns = new Turn[seconds.length];
    Arrays.setAll(turns, i -> new Turn(seconds[i], 0.0625 * i));
    return PartitionTuning.choice(new int[] {1, 2, 4}, turns);
  }

  @Test
  void takesTheMostOfThoseThatAreAboutAsFast() {
    assertThat(choice(3, 2, 2.2).partitions()).isEqualTo(4);
    assertThat(choice(3, 2, 2.4).partitions()).isEqualTo(2);
    assertThat(choice(1, 3, 3).partitions()).isEqualTo(1);
  }

  /** A little slower each is much slower in the end. */
  @Test
  void comparesEachWithTheFastestOfAll() {
    assertThat(choice(2, 2.2, 2.4).partitions()).isEqualTo(2);
  }

  @Test
  void tellsWhatTheOthersWouldTake() {
    assertThat(choice(3, 2, 4).reason())
        .isEqualTo(
            "by trying: 1 would take 1.5, 4 would take 2.0 times as long for a mini-batch; they wait"
                + " for each other 6 % of the time");
    assertThat(choice(1, 3, 3).reason())
        .isEqualTo("by trying: 2 would take 3.0, 4 would take 3.0 times as long for a mini-batch");
  }
}
