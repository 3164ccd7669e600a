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
  void storesLitPixelsOnlyInAscendingOrder() {
    for (int i = 0; i < COUNT; i++) {
      for (int k = inputs.start(i); k < inputs.end(i); k++) {
        assertThat(inputs.value()[k]).isNotZero();
        if (k > inputs.start(i)) {
          assertThat(inputs.index()[k]).isGreaterThan(inputs.index()[k - 1]);
        }
      }
    }
    assertThat(inputs.start(4)).isEqualTo(inputs.end(4));
  }

  @Test
  void findsTheFirstEntryAtOrAfterAnyPixel() {
    for (int i = 0; i < COUNT; i++) {
      for (int pixel = 0; pixel <= WIDTH; pixel++) {
        int expected = inputs.start(i);
        while (expected < inputs.end(i) && inputs.index()[expected] < pixel) {
          expected++;
        }
        assertThat(inputs.entryAt(i, pixel)).isEqualTo(expected);
      }
    }
  }

  @Test
  void sliceHoldsThoseImagesAlone() {
    Inputs slice = inputs.slice(2, 7);
    assertThat(slice.count()).isEqualTo(5);
    assertThat(slice.start(0)).isZero();
    assertThat(slice.index()).hasSize(inputs.end(6) - inputs.start(2));
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
    assertThat(one.entryAt(0, 40_001)).isEqualTo(1);
  }

  @Test
  void refusesWidthsThatAnIndexCannotHold() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Inputs.ofPixels(65_537, new byte[65_537]))
        .withMessageContaining("65537")
        .withMessageContaining("65536");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Inputs(0, new int[1], new short[0], new byte[0]))
        .withMessageContaining("0 pixels");
  }

  @Test
  void refusesHalfAnImage() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Inputs.ofPixels(4, new byte[6]))
        .withMessageContaining("6 pixels")
        .withMessageContaining("of 4 pixels");
  }

  @Test
  void refusesColumnsOfDifferentLengths() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Inputs(4, new int[] {0, 2}, new short[2], new byte[1]))
        .withMessageContaining("2 entries")
        .withMessageContaining("1 values");
  }
}
