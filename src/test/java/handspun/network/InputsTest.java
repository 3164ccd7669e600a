package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import handspun.math.RandomStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

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
  void storesRunsOfInkedPixelsAndTheirBrightness() {
    byte[] pixels = new byte[600];
    pixels[3] = 7;
    pixels[4] = -1;
    Arrays.fill(pixels, 580, 600, (byte) 9);
    Inputs image = Inputs.ofPixels(600, pixels);
    // 3 of background and 2 inked; 255 and 255 more; 65 and the 16 that a run may have; 4 more.
    byte[] expected = {5, 0, 3, 2, -1, 0, -1, 0, 65, 16, 0, 4, 7, -1};
    assertThat(Arrays.copyOfRange(image.data(), 0, expected.length)).isEqualTo(expected);
    assertThat(image.end(0)).isEqualTo(expected.length + 20);
    assertThat(Arrays.copyOfRange(image.data(), expected.length, image.end(0)))
        .containsOnly((byte) 9);
  }

  @Test
  void storesNoPixelOfABlankImage() {
    assertThat(inputs.end(4) - inputs.start(4)).isEqualTo(2);
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
  void selectsImagesInAnyOrder() {
    Inputs selected = inputs.select(new int[] {5, 0, 5, 8});
    assertThat(selected.count()).isEqualTo(4);
    assertThat(selected.pixels(0)).isEqualTo(inputs.pixels(5));
    assertThat(selected.pixels(1)).isEqualTo(inputs.pixels(0));
    assertThat(selected.pixels(2)).isEqualTo(inputs.pixels(5));
    assertThat(selected.pixels(3)).isEqualTo(inputs.pixels(8));
  }

  @Test
  void sliceHoldsThoseImagesAlone() {
    Inputs slice = inputs.slice(2, 7);
    assertThat(slice.count()).isEqualTo(5);
    assertThat(slice.start(0)).isZero();
    assertThat(slice.end(4)).isEqualTo(inputs.end(6) - inputs.start(2));
    for (int i = 0; i < 5; i++) {
      assertThat(slice.pixels(i)).isEqualTo(inputs.pixels(i + 2));
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
  }

  @Test
  void refusesWidthsOutOfRange() {
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
