package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class AreaAveragingTest {
  private static final Offset<Double> ROUNDING = within(1e-12);

  private static Ink ink(int width, int height, int... amounts) {
    byte[] amount = new byte[amounts.length];
    for (int i = 0; i < amounts.length; i++) {
      amount[i] = (byte) amounts[i];
    }
    return new Ink(width, height, amount, 0, 0, width, height);
  }

  @Test
  void leavesAPictureOfTheRightSizeAsItIs() {
    double[][] means = AreaAveraging.resample(ink(3, 2, 10, 20, 30, 40, 50, 255), 3, 2);
    assertThat(means).isDeepEqualTo(new double[][] {{10, 20, 30}, {40, 50, 255}});
  }

  @Test
  void averagesWholePixels() {
    double[][] means =
        AreaAveraging.resample(ink(4, 2, 0, 100, 200, 200, 100, 200, 200, 200), 2, 1);
    assertThat(means).isDeepEqualTo(new double[][] {{100, 200}});
  }

  @Test
  void countsAPixelCoveredInPartByThatPart() {
    // Three pixels into two: each new one covers one and a half.
    double[][] means = AreaAveraging.resample(ink(3, 1, 30, 60, 90), 2, 1);
    assertThat(means[0][0]).isCloseTo((30 + 60 / 2.0) / 1.5, ROUNDING);
    assertThat(means[0][1]).isCloseTo((60 / 2.0 + 90) / 1.5, ROUNDING);
  }

  @Test
  void enlargesByWholeNumbersAndByOthers() {
    assertThat(AreaAveraging.resample(ink(1, 2, 7, 9), 2, 4))
        .isDeepEqualTo(new double[][] {{7, 7}, {7, 7}, {9, 9}, {9, 9}});
    // Two into three: the middle one covers half of either.
    double[][] means = AreaAveraging.resample(ink(2, 1, 10, 50), 3, 1);
    assertThat(means[0][0]).isCloseTo(10, ROUNDING);
    assertThat(means[0][1]).isCloseTo(30, ROUNDING);
    assertThat(means[0][2]).isCloseTo(50, ROUNDING);
  }

  @Test
  void leavesTheRestOfAPixelEmptyWhereTheInkEndsWithinIt() {
    double[][] means = AreaAveraging.resample(ink(1, 1, 200), 2.25, 0.5);
    assertThat(means).hasDimensions(1, 3);
    assertThat(means[0][0]).isCloseTo(100, ROUNDING);
    assertThat(means[0][1]).isCloseTo(100, ROUNDING);
    assertThat(means[0][2]).isCloseTo(25, ROUNDING);
  }

  @Test
  void resamplesNothingButTheCrop() {
    byte[] amount = {9, 9, 9, 9, 9, 40, 80, 9, 9, 9, 9, 9};
    double[][] means = AreaAveraging.resample(new Ink(4, 3, amount, 1, 1, 3, 2), 2, 1);
    assertThat(means).isDeepEqualTo(new double[][] {{40, 80}});
  }

  @Test
  void losesNoInkAtOddScales() {
    for (int size = 1; size <= 97; size++) {
      int[] amounts = new int[size * size];
      long sum = 0;
      for (int i = 0; i < amounts.length; i++) {
        amounts[i] = i * 37 % 256;
        sum += amounts[i];
      }
      double resampled = 0;
      for (double[] row : AreaAveraging.resample(ink(size, size, amounts), 20, 13.7)) {
        for (double mean : row) {
          resampled += mean;
        }
      }
      assertThat(resampled * size / 20 * size / 13.7)
          .as("size %d", size)
          .isCloseTo((double) sum, within(1e-6));
    }
  }
}
