package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import handspun.math.Kernels;
import handspun.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputsTest {
  private static final int WIDTH = 37;
  private static final int COUNT = 9;

  private final byte[] pixels = someImages();
  private final Inputs inputs = Inputs.ofPixels(WIDTH, pixels);

  /** Every fourth image is blank, the others have about a third of their pixels lit. */
  private static byte[] someImages() {
    RandomStream random = new RandomStream(1);
    byte[] pixels = new byte[WIDTH * COUNT];
    for (int at = 0; at < pixels.length; at++) {
      if (at / WIDTH % 4 != 0 && random.nextInt(3) == 0) {
        pixels[at] = (byte) random.nextInt(256);
      }
    }
    return pixels;
  }

  @Test
  void givesBackThePixelsItWasMadeOf() {
    assertThat(inputs.count()).isEqualTo(COUNT);
    assertThat(inputs.width()).isEqualTo(WIDTH);
    for (int i = 0; i < COUNT; i++) {
      assertThat(inputs.pixels(i))
          .isEqualTo(Arrays.copyOfRange(pixels, i * WIDTH, (i + 1) * WIDTH));
    }
  }

  @Test
  void storesRunsOfInkedPixels() {
    byte[] image = new byte[600];
    image[3] = 7;
    image[4] = -1;
    // 255 of background, then 20 pixels of ink, then 270 of background.
    for (int x = 260; x < 280; x++) {
      image[x] = (byte) x;
    }
    image[550] = 9;
    Inputs one = Inputs.ofPixels(600, image);
    byte[] expected = {
      5, 0, 3, 2, -1, 16, 0, 4, -1, 0, 15, 1, 7, -1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
      17, 18, 19, 20, 21, 22, 23, 9
    };
    assertThat(Arrays.copyOf(one.data(), one.end(0))).isEqualTo(expected);
    assertThat(one.data()).hasSize(expected.length + Kernels.ROW);
    assertThat(one.pixels(0)).isEqualTo(image);
  }

  @Test
  void aBlankImageHasNoRuns() {
    assertThat(inputs.end(4) - inputs.start(4)).isEqualTo(2);
    assertThat(inputs.pixels(4)).containsOnly(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 15, 16, 17, 32, 33, 254, 255, 256, 257, 510, 511, 784})
  void keepsInkAndBackgroundOfAnyLength(int length) {
    byte[] ink = new byte[1000];
    Arrays.fill(ink, 100, 100 + length, (byte) 200);
    byte[] background = new byte[1000];
    Arrays.fill(background, (byte) 3);
    Arrays.fill(background, 100, 100 + length, (byte) 0);
    byte[] both = Arrays.copyOf(ink, 2000);
    System.arraycopy(background, 0, both, 1000, 1000);
    Inputs two = Inputs.ofPixels(1000, both);
    assertThat(two.pixels(0)).isEqualTo(ink);
    assertThat(two.pixels(1)).isEqualTo(background);
  }

  @Test
  void givesBackAnyPattern() {
    RandomStream random = new RandomStream(3);
    for (int width : new int[] {1, 7, 8, 9, 255, 256, 257, 511, 784, 3000}) {
      for (int ink : new int[] {0, 1, 20, 50, 95, 100}) {
        byte[] image = new byte[width];
        for (int i = 0; i < width; i++) {
          image[i] = (byte) (random.nextInt(100) < ink ? 1 + random.nextInt(255) : 0);
        }
        assertThat(Inputs.ofPixels(width, image).pixels(0)).isEqualTo(image);
      }
    }
  }

  @Test
  void sliceHoldsThoseImagesAlone() {
    Inputs slice = inputs.slice(2, 7);
    assertThat(slice.count()).isEqualTo(5);
    assertThat(slice.start(0)).isZero();
    assertThat(slice.data()).hasSize(inputs.end(6) - inputs.start(2) + Kernels.ROW);
    for (int i = 0; i < 5; i++) {
      assertThat(slice.pixels(i)).isEqualTo(inputs.pixels(i + 2));
    }
  }

  @Test
  void selectionHoldsThoseImagesInThatOrder() {
    int[] chosen = {5, 0, 5, 8};
    Inputs selection = inputs.select(chosen);
    assertThat(selection.count()).isEqualTo(4);
    for (int i = 0; i < 4; i++) {
      assertThat(selection.pixels(i)).isEqualTo(inputs.pixels(chosen[i]));
    }
  }

  @Test
  void sliceMayBeEmpty() {
    assertThat(inputs.slice(3, 3).count()).isZero();
  }

  @Test
  void keepsTheLastPixelOfTheWidestImage() {
    byte[] wide = new byte[Inputs.MOST_PIXELS];
    wide[Inputs.MOST_PIXELS - 1] = -1;
    wide[40_000] = 5;
    Inputs one = Inputs.ofPixels(Inputs.MOST_PIXELS, wide);
    assertThat(one.pixels(0)).isEqualTo(wide);
    Arrays.fill(wide, (byte) 1);
    assertThat(Inputs.ofPixels(Inputs.MOST_PIXELS, wide).pixels(0)).isEqualTo(wide);
    for (int x = 0; x < wide.length; x += 2) {
      wide[x] = 0;
    }
    assertThat(Inputs.ofPixels(Inputs.MOST_PIXELS, wide).pixels(0)).isEqualTo(wide);
  }

  @Test
  void refusesWidthsThatAnIndexCannotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Inputs.ofPixels(65_537, new byte[65_537]))
        .withMessageContaining("65537")
        .withMessageContaining("65536");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Inputs.ofPixels(0, new byte[0]))
        .withMessageContaining("0 pixels");
  }

  @Test
  void refusesHalfAnImage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Inputs.ofPixels(4, new byte[6]))
        .withMessageContaining("6 pixels")
        .withMessageContaining("of 4 pixels");
  }
}
