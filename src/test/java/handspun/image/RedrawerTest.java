package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Examples;
import handspun.math.RandomStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RedrawerTest {
  private static final int PIXELS = 784;

  private final Examples images = Mnist.data().training();
  private final Redrawer redrawer = Redrawer.ofAnyHand(new TracedImages());

  private byte[] drawn(int example, long seed) {
    byte[] target = new byte[PIXELS];
    redrawer.draw(
        images.inputs().pixels(example),
        images.label(example),
        example,
        new RandomStream(seed),
        target,
        0);
    return target;
  }

  private byte[] none(int example, long seed) {
    byte[] target = new byte[PIXELS];
    redrawer.drawNone(
        images.inputs().pixels(example),
        images.label(example),
        example,
        new RandomStream(seed),
        target,
        0);
    return target;
  }

  @Test
  void drawsTheSameForTheSameImageAndRandomNumbers() {
    byte[] first = drawn(3, 1);
    drawn(4, 2);
    none(5, 3);
    assertThat(drawn(3, 1)).isEqualTo(first);
    assertThat(drawn(3, 2)).isNotEqualTo(first);
    assertThat(none(3, 1)).isEqualTo(none(3, 1)).isNotEqualTo(none(3, 2));
  }

  @Test
  void writesWhereItIsToldTo() {
    byte[] target = new byte[3 * PIXELS];
    redrawer.draw(images.inputs().pixels(0), 5, 0, new RandomStream(9), target, PIXELS);
    assertThat(target).startsWith(new byte[PIXELS]).endsWith(new byte[PIXELS]);
    byte[] middle = new byte[PIXELS];
    System.arraycopy(target, PIXELS, middle, 0, PIXELS);
    assertThat(middle).isEqualTo(drawn(0, 9));
  }

  @Test
  void leavesABlankImageBlankAndStillMakesNoDigitOfIt() {
    byte[] blank = new byte[PIXELS];
    byte[] target = new byte[PIXELS];
    // A label that has no other ways to be written.
    Redrawer.ofAnyHand(new TracedImages()).draw(blank, 200, 0, new RandomStream(1), target, 0);
    assertThat(target).isEqualTo(blank);
    Redrawer.ofAnyHand(new TracedImages()).drawNone(blank, 200, 0, new RandomStream(1), target, 0);
    assertThat(target).isNotEqualTo(blank);
  }

  @Test
  void fillsTwentyPixelsWithWhateverItDraws() {
    for (int i = 0; i < 2_000; i++) {
      for (byte[] image : new byte[][] {drawn(i, i), none(i, i)}) {
        int longer = Math.max(extent(image, 28, 1), extent(image, 1, 28));
        // Faint ends of thin lines may round to nothing.
        assertThat(longer).as("image %d", i).isBetween(17, 20);
        assertThat(IntStream.range(0, PIXELS).map(p -> image[p] & 0xff).max()).hasValue(255);
      }
    }
  }

  /** From the first to the last row or column with ink. */
  private static int extent(byte[] image, int step, int within) {
    int first = 28;
    int last = -1;
    for (int line = 0; line < 28; line++) {
      for (int p = 0; p < 28; p++) {
        if (image[line * step + p * within] != 0) {
          first = Math.min(first, line);
          last = line;
        }
      }
    }
    return last - first + 1;
  }

  @Test
  void drawsEachImageInManyWays() {
    Set<Integer> different = new HashSet<>();
    for (int seed = 0; seed < 500; seed++) {
      different.add(Arrays.hashCode(drawn(7, seed)));
    }
    assertThat(different).hasSizeGreaterThan(495);
  }

  @Test
  void knowsOtherWaysToWriteEachDigit() {
    assertThat(Templates.ALLOGRAPHS.names())
        .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(Templates.SIGNS.names()).doesNotContain("O", "o", "I", "l", "S", "s", "Z", "z");
  }
}
