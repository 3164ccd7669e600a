package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.AllKernels;
import handspun.math.Brightness;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecodedImagesTest {
  private static final int WIDTH = 20;

  private final Layout layout = new Layout(new Topology(WIDTH, 17, 10));

  static List<Kernels> all() {
    return AllKernels.all();
  }

  private static byte[] image(RandomStream random, int inkIn100) {
    byte[] pixels = new byte[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      if (random.nextInt(100) < inkIn100) {
        pixels[i] = (byte) (1 + random.nextInt(255));
      }
    }
    return pixels;
  }

  /** Compares entries {@code from..} of the decoded images with the lit pixels of an image. */
  private void assertImage(DecodedImages images, int number, byte[] pixels, int from, int to) {
    int k = images.starts()[number];
    for (int i = from; i < to; i++) {
      if (pixels[i] != 0) {
        assertThat(images.rows()[k]).isEqualTo(layout.row(1, i));
        assertThat(images.brightness()[k]).isEqualTo(Brightness.of(pixels[i]));
        k++;
      }
    }
    assertThat(images.starts()[number + 1]).isEqualTo(k);
  }

  @ParameterizedTest
  @MethodSource("all")
  void growsWithItsImages(Kernels kernels) {
    int most = 700;
    DecodedImages images = new DecodedImages(layout, kernels, most);
    int roomAtFirst = images.rows().length;
    RandomStream random = new RandomStream(1);
    byte[][] pixels = new byte[most][];
    for (int i = 0; i < most; i++) {
      pixels[i] = image(random, i % 5 == 0 ? 0 : 90);
    }
    Inputs inputs = Inputs.ofPixels(WIDTH, joined(pixels));
    for (int round = 0; round < 2; round++) {
      images.clear();
      assertThat(images.count()).isZero();
      for (int i = 0; i < most; i++) {
        images.add(inputs, i);
      }
      assertThat(images.count()).isEqualTo(most);
      for (int i = 0; i < most; i++) {
        assertImage(images, i, pixels[i], 0, WIDTH);
      }
    }
    assertThat(images.rows()).hasSizeGreaterThan(2 * roomAtFirst);
  }

  @ParameterizedTest
  @MethodSource("all")
  void takesSomeOfAnImagesEntries(Kernels kernels) {
    RandomStream random = new RandomStream(2);
    byte[][] pixels = new byte[12][];
    Arrays.setAll(pixels, i -> image(random, 60));
    Inputs inputs = Inputs.ofPixels(WIDTH, joined(pixels));
    DecodedImages images = new DecodedImages(layout, kernels, pixels.length);
    for (int i = 0; i < pixels.length; i++) {
      images.add(inputs, i, i, i + 8);
    }
    for (int i = 0; i < pixels.length; i++) {
      assertImage(images, i, pixels[i], i, i + 8);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void takesPlainPixelsToo(Kernels kernels) {
    RandomStream random = new RandomStream(3);
    byte[][] pixels = new byte[300][];
    Arrays.setAll(pixels, i -> image(random, i % 3 * 50));
    DecodedImages images = new DecodedImages(layout, kernels, pixels.length);
    for (byte[] image : pixels) {
      images.add(image, 0);
    }
    for (int i = 0; i < pixels.length; i++) {
      assertImage(images, i, pixels[i], 0, WIDTH);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void sortsManyImagesByPixel(Kernels kernels) {
    int most = 150;
    RandomStream random = new RandomStream(4);
    byte[][] pixels = new byte[most][];
    Arrays.setAll(pixels, i -> image(random, i % 4 * 20));
    for (byte[] image : pixels) {
      image[7] = 0;
    }
    Inputs inputs = Inputs.ofPixels(WIDTH, joined(pixels));
    DecodedImages images = new DecodedImages(layout, kernels, most);
    for (int i = 0; i < most; i++) {
      images.add(inputs, i);
    }
    for (int from = 0; from < most; from += ImageColumns.BLOCK) {
      int to = Math.min(from + ImageColumns.BLOCK, most);
      assertColumns(images.columns(from, to), pixels, from, to);
    }
  }

  private void assertColumns(ImageColumns columns, byte[][] pixels, int from, int to) {
    int column = 0;
    int k = 0;
    for (int pixel = 0; pixel < WIDTH; pixel++) {
      int first = k;
      for (int i = from; i < to; i++) {
        if (pixels[i][pixel] != 0) {
          assertThat(columns.offsets()[k]).isEqualTo((i - from) * layout.stride(1));
          assertThat(columns.brightness()[k]).isEqualTo(Brightness.of(pixels[i][pixel]));
          k++;
        }
      }
      if (k > first) {
        assertThat(columns.rows()[column]).isEqualTo(layout.row(1, pixel));
        assertThat(columns.starts()[column]).isEqualTo(first);
        column++;
      }
    }
    assertThat(columns.count()).isEqualTo(column).isLessThan(WIDTH);
    assertThat(columns.starts()[column]).isEqualTo(k);
  }

  @Test
  void sortsOnlyWhereItPays() {
    Inputs blank = Inputs.ofPixels(WIDTH, new byte[WIDTH]);
    DecodedImages wide = new DecodedImages(layout, Kernels.fastest(), 100);
    Layout narrowLayout = new Layout(new Topology(WIDTH, 16, 10));
    DecodedImages narrow = new DecodedImages(narrowLayout, Kernels.fastest(), 100);
    DecodedImages few = new DecodedImages(layout, Kernels.fastest(), ImageColumns.WORTH_IT - 1);
    for (int i = 1; i < ImageColumns.WORTH_IT; i++) {
      wide.add(blank, 0);
      narrow.add(blank, 0);
      few.add(blank, 0);
      assertThat(wide.byColumns()).isFalse();
    }
    assertThat(few.byColumns()).isFalse();
    wide.add(blank, 0);
    narrow.add(blank, 0);
    assertThat(wide.byColumns()).isTrue();
    assertThat(narrow.byColumns()).isFalse();
  }

  private static byte[] joined(byte[][] images) {
    byte[] joined = new byte[images.length * WIDTH];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(images[i], 0, joined, i * WIDTH, WIDTH);
    }
    return joined;
  }
}
