package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import handspun.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleAugmenterTest {
  private static final int COUNT = 2_000;

  private final byte[] image = Mnist.data().training().inputs().pixels(0);
  private final byte[] target = new byte[784];

  private static ExampleAugmenter augmenter(String augmentation) {
    return new ExampleAugmenter(
        Augmentation.parse(augmentation), 28, 28, Kernels.fastest(), new TracedImages());
  }

  @Test
  void changesPixelsAsTheAugmenterDoesWhereNothingIsDrawn() {
    String augmentation = "shift=1,elastic=20,thickness=0.5";
    assertThat(augmenter(augmentation).augment(image, 5, 0, new RandomStream(3), target, 0))
        .isTrue();
    byte[] expected = new byte[784];
    new Augmenter(Augmentation.parse(augmentation), 28, 28, Kernels.fastest())
        .augment(image, new RandomStream(3), expected, 0);
    assertThat(target).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.2", "0.5, 0.2", "1, 0", "1, 0.9"})
  void makesAsManyNegativesAsItIsAskedFor(double redraw, double negatives) {
    ExampleAugmenter augmenter =
        augmenter("redraw=%s,negatives=%s,shift=1".formatted(redraw, negatives));
    int none = 0;
    for (int i = 0; i < COUNT; i++) {
      none += augmenter.augment(image, 5, 0, new RandomStream(i), target, 0) ? 0 : 1;
    }
    // Three standard deviations.
    double deviation = Math.sqrt(COUNT * negatives * (1 - negatives));
    assertThat((double) none)
        .isBetween(COUNT * negatives - 3 * deviation, COUNT * negatives + 3 * deviation);
  }

  @Test
  void drawsAsManyAnewAsItIsAskedFor() {
    ExampleAugmenter augmenter = augmenter("redraw=0.25");
    int untouched = 0;
    for (int i = 0; i < COUNT; i++) {
      augmenter.augment(image, 5, 0, new RandomStream(i), target, 0);
      untouched += Arrays.equals(target, image) ? 1 : 0;
    }
    assertThat(untouched).isBetween(1_440, 1_560);
  }
}
