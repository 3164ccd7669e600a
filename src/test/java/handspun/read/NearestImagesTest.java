package handspun.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.data.MadeUpExamples;
import handspun.network.Inputs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NearestImagesTest {
  private static int squaredDistance(byte[] one, byte[] other) {
    int sum = 0;
    for (int p = 0; p < one.length; p++) {
      int difference = (one[p] & 0xff) - (other[p] & 0xff);
      sum += difference * difference;
    }
    return sum;
  }

  /** By the definition: all distances, sorted. */
  private static List<NearestImages.Found> expected(Inputs images, byte[] pixels, int most) {
    return IntStream.range(0, images.count())
        .mapToObj(i -> new NearestImages.Found(i, squaredDistance(images.pixels(i), pixels)))
        .sorted(Comparator.comparingInt(NearestImages.Found::squaredDistance))
        .limit(most)
        .toList();
  }

  @Test
  void findsThoseWithTheLeastDistance() {
    Inputs images = MadeUpExamples.of(500, 28, 28, 10, 1).inputs();
    Inputs others = MadeUpExamples.of(50, 28, 28, 10, 2).inputs();
    NearestImages nearest = new NearestImages(images);
    for (int i = 0; i < others.count(); i++) {
      byte[] pixels = others.pixels(i);
      assertThat(nearest.find(pixels, 5)).isEqualTo(expected(images, pixels, 5));
    }
  }

  @Test
  void ofThoseEquallyNearTheFirstComesFirst() {
    byte[] pixels = new byte[7 * 4];
    pixels[8] = 3;
    pixels[20] = 3;
    Inputs images = Inputs.ofPixels(4, pixels);
    byte[] three = {3, 0, 0, 0};
    assertThat(new NearestImages(images).find(three, 4))
        .extracting(NearestImages.Found::index)
        .containsExactly(2, 5, 0, 1);
  }

  @Test
  void countsTheLargestDifferencesExactly() {
    byte[] white = new byte[784];
    Arrays.fill(white, (byte) 255);
    List<NearestImages.Found> found =
        new NearestImages(Inputs.ofPixels(784, new byte[784])).find(white, 5);
    assertThat(found).containsExactly(new NearestImages.Found(0, 784 * 255 * 255));
    assertThat(found.get(0).distance()).isEqualTo(28.0 * 255);
    assertThat(new NearestImages(Inputs.ofPixels(784, white)).find(white, 1))
        .containsExactly(new NearestImages.Found(0, 0));
  }

  @Test
  void refusesImagesOfAnotherSize() {
    NearestImages nearest = new NearestImages(Inputs.ofPixels(4, new byte[8]));
    assertThatThrownBy(() -> nearest.find(new byte[5], 1)).hasMessageContaining("5 pixels");
  }
}
