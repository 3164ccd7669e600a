package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The expected numbers come from a program of its own in Python, with whole numbers of any size,
 * after the paper's definition; it was checked against the sequence for the seed 1234567 that is
 * widely published for SplitMix64.
 */
class RandomStreamTest {
  /** Chi-square of 9 degrees of freedom is above this once in a thousand times. */
  private static final double CHI_SQUARE_9 = 27.88;

  /** The same for 2 degrees of freedom. */
  private static final double CHI_SQUARE_2 = 13.82;

  @Test
  void withoutAKeyIsSplitMix64FromZero() {
    RandomStream random = new RandomStream();
    assertThat(random.nextLong()).isEqualTo(0xe220a8397b1dcdafL);
    assertThat(random.nextLong()).isEqualTo(0x6e789e6aa1b965f4L);
    assertThat(random.nextLong()).isEqualTo(0x06c45d188009454fL);
  }

  @Test
  void givesTheKnownNumbersOfAKey() {
    assertStarts(new RandomStream(0), 0x238275bc38fcbe91L, 0xf89a2566b5822c54L);
    assertStarts(new RandomStream(1, 7), 0x7381256544005b96L, 0xeebabbe7804eaffbL);
    assertStarts(new RandomStream(7, 1), 0x6a9b44de9b880f14L, 0x5be2c408579bcf93L);
    assertStarts(new RandomStream(-1), 0xfc042709560421daL, 0x493384625f4330a7L);
  }

  @Test
  void givesTheKnownWholeNumbersBelowABound() {
    RandomStream random = new RandomStream(42);
    assertThat(IntStream.range(0, 12).map(i -> random.nextInt(10)))
        .containsExactly(3, 9, 0, 6, 4, 1, 0, 3, 8, 4, 7, 2);
    RandomStream wide = new RandomStream(42);
    assertThat(IntStream.range(0, 3).map(i -> wide.nextInt(Integer.MAX_VALUE)))
        .containsExactly(831020929, 1978513674, 178490982);
    RandomStream rejecting = new RandomStream(42);
    assertThat(IntStream.range(0, 6).map(i -> rejecting.nextInt(0x60000000)))
        .containsExactly(623265697, 1483885256, 133868237, 802306608, 289035818, 98596859);
  }

  @Test
  void givesTheKnownFractionsAndNormalNumbers() {
    RandomStream fractions = new RandomStream(42);
    assertThat(fractions.nextDouble()).isEqualTo(0.3869742762400409);
    assertThat(fractions.nextDouble()).isEqualTo(0.9213172250065323);
    RandomStream normal = new RandomStream(42);
    assertThat(normal.nextGaussian()).isCloseTo(0.8708370826505911, within(1e-14));
    assertThat(normal.nextGaussian()).isCloseTo(-0.46940338291779643, within(1e-14));
    assertThat(normal.nextGaussian()).isCloseTo(-0.3315794131960261, within(1e-14));
    assertThat(normal.nextGaussian()).isCloseTo(-0.2521992566463674, within(1e-14));
  }

  @Test
  void givesTheKnownShuffle() {
    int[] numbers = IntStream.range(0, 10).toArray();
    new RandomStream(42).shuffle(numbers);
    assertThat(numbers).containsExactly(5, 1, 9, 6, 7, 2, 4, 0, 8, 3);
  }

  @Test
  void keysThatDifferInOnePartOrInOrderGiveDifferentStreams() {
    Set<Long> first = new HashSet<>();
    int streams = 0;
    for (long a = -20; a < 20; a++) {
      first.add(new RandomStream(a).nextLong());
      streams++;
      for (long b = -20; b < 20; b++) {
        first.add(new RandomStream(a, b).nextLong());
        streams++;
      }
    }
    assertThat(first).hasSize(streams);
  }

  @Test
  void equalKeysGiveEqualStreams() {
    RandomStream one = new RandomStream(3, 1, 4);
    RandomStream two = new RandomStream(3, 1, 4);
    for (int i = 0; i < 100; i++) {
      assertThat(one.nextLong()).isEqualTo(two.nextLong());
    }
  }

  @Test
  void wholeNumbersAreUniform() {
    RandomStream random = new RandomStream(5);
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      counts[random.nextInt(10)]++;
    }
    assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_9);
  }

  @Test
  void wholeNumbersAreUniformWhereTheBoundDoesNotDivideTheRange() {
    // Without rejection the remainders would come as 3 : 3 : 2.
    RandomStream random = new RandomStream(6);
    int[] counts = new int[3];
    for (int i = 0; i < 100_000; i++) {
      counts[random.nextInt(0x60000000) % 3]++;
    }
    assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_2);
  }

  @Test
  void theOnlyWholeNumberBelowOneIsZero() {
    RandomStream random = new RandomStream(7);
    assertThat(IntStream.range(0, 100).map(i -> random.nextInt(1))).containsOnly(0);
  }

  @Test
  void fractionsAreUniformFromZeroToBelowOne() {
    RandomStream random = new RandomStream(8);
    int[] counts = new int[10];
    for (int i = 0; i < 100_000; i++) {
      double fraction = random.nextDouble();
      assertThat(fraction >= 0 && fraction < 1).isTrue();
      counts[(int) (10 * fraction)]++;
    }
    assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_9);
  }

  @Test
  void normalNumbersHaveMeanZeroVarianceOneAndTheDecilesOfTheNormalDistribution() {
    double[] deciles = {
      -1.2815516, -0.8416212, -0.5244005, -0.2533471, 0, 0.2533471, 0.5244005, 0.8416212, 1.2815516
    };
    RandomStream random = new RandomStream(9);
    int n = 100_000;
    int[] counts = new int[10];
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double x = random.nextGaussian();
      sum += x;
      squares += x * x;
      int bin = 0;
      while (bin < 9 && x > deciles[bin]) {
        bin++;
      }
      counts[bin]++;
    }
    // Four standard errors: 1 / sqrt(n) of the mean, sqrt(2 / n) of the variance.
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
    assertThat(chiSquare(counts)).isLessThan(CHI_SQUARE_9);
  }

  @Test
  void aShuffleKeepsEveryNumber() {
    for (int count : new int[] {0, 1, 2, 3, 1000}) {
      int[] numbers = IntStream.range(0, count).toArray();
      new RandomStream(10, count).shuffle(numbers);
      assertThat(IntStream.of(numbers).sorted().toArray())
          .isEqualTo(IntStream.range(0, count).toArray());
    }
  }

  @Test
  void aShuffleBringsEveryNumberToEveryPlaceEquallyOften() {
    RandomStream random = new RandomStream(11);
    int[][] counts = new int[10][10];
    for (int i = 0; i < 20_000; i++) {
      int[] numbers = IntStream.range(0, 10).toArray();
      random.shuffle(numbers);
      for (int place = 0; place < 10; place++) {
        counts[place][numbers[place]]++;
      }
    }
    for (int[] place : counts) {
      assertThat(chiSquare(place)).isLessThan(CHI_SQUARE_9);
    }
  }

  private static void assertStarts(RandomStream random, long... expected) {
    for (long number : expected) {
      assertThat(random.nextLong()).isEqualTo(number);
    }
  }

  private static double chiSquare(int[] counts) {
    double expected = (double) IntStream.of(counts).sum() / counts.length;
    return IntStream.of(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }
}
