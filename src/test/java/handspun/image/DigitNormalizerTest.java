package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DigitNormalizerTest {
  private static final Color CLEAR = new Color(0, 0, 0, 0);
  private static final Color CLEAR_WHITE = new Color(255, 255, 255, 0);
  private static final PictureDecoder DECODER = new PictureDecoder(1 << 24);

  /** What is known about a result: its box of ink and its centre of mass. */
  private record Box(int left, int top, int right, int bottom, double x, double y, int strongest) {
    static Box of(byte[] pixels) {
      int left = 28;
      int top = 28;
      int right = 0;
      int bottom = 0;
      double mass = 0;
      double x = 0;
      double y = 0;
      int strongest = 0;
      for (int p = 0; p < pixels.length; p++) {
        int ink = pixels[p] & 0xff;
        if (ink > 0) {
          left = Math.min(left, p % 28);
          right = Math.max(right, p % 28 + 1);
          top = Math.min(top, p / 28);
          bottom = p / 28 + 1;
        }
        mass += ink;
        x += ink * (p % 28);
        y += ink * (p / 28);
        strongest = Math.max(strongest, ink);
      }
      return new Box(left, top, right, bottom, x / mass, y / mass, strongest);
    }

    int width() {
      return right - left;
    }

    int height() {
      return bottom - top;
    }
  }

  private static byte[] normalize(Picture picture) {
    byte[] pixels = DigitNormalizer.normalize(picture).orElseThrow().pixels();
    assertThat(pixels).hasSize(784);
    return pixels;
  }

  private static Picture seven(int width, int height, Color paper, Color ink) {
    return decoded(Pictures.seven(BufferedImage.TYPE_INT_ARGB, width, height, paper, ink));
  }

  private static Picture decoded(BufferedImage image) {
    return DECODER.decode(Pictures.file("png", image));
  }

  private static double meanDifference(byte[] a, byte[] b) {
    double sum = 0;
    for (int p = 0; p < a.length; p++) {
      sum += Math.abs((a[p] & 0xff) - (b[p] & 0xff));
    }
    return sum / a.length;
  }

  @Test
  void fitsTheLongerSideIntoTwentyPixelsAndKeepsTheProportions() {
    String[] rows = new String[60];
    Arrays.fill(rows, "." + "#".repeat(30) + ".".repeat(29));
    rows[0] = ".".repeat(60);
    rows[59] = ".".repeat(60);
    // 30 x 58 black pixels in a corner.
    Box box = Box.of(normalize(Pictures.of(rows)));
    assertThat(box.height()).isEqualTo(20);
    assertThat(box.width()).isEqualTo(11);
    assertThat(20.0 * 30 / 58).isBetween(10.0, 11.0);
  }

  @ParameterizedTest
  @CsvSource({"280, 280", "133, 400", "900, 211", "35, 35", "2000, 2000"})
  void putsTheCentreOfMassOnIndexFourteen(int width, int height) {
    Box box = Box.of(normalize(seven(width, height, Color.WHITE, Color.BLACK)));
    assertThat(box.x()).isCloseTo(14.0, within(0.51));
    assertThat(box.y()).isCloseTo(14.0, within(0.51));
    assertThat(Math.max(box.width(), box.height())).isEqualTo(20);
    assertThat(box.strongest()).isEqualTo(255);
  }

  @Test
  void doesNotCentreTheBoxButTheInk() {
    // A heavy foot: the box's middle would be at rows 4 to 23.
    Box box =
        Box.of(
            normalize(
                Pictures.of(
                    "......", "..#...", "..#...", "..#...", "..#...", ".####.", ".####.",
                    "......")));
    assertThat(box.top()).isLessThan(4);
    assertThat(box.y()).isCloseTo(14.0, within(0.51));
  }

  @Test
  void losesNoInkWhenTheCentreOfMassLiesAtTheEdge() {
    String[] rows = new String[202];
    Arrays.fill(rows, ".".repeat(50) + "#" + ".".repeat(151));
    rows[0] = ".".repeat(202);
    rows[201] = ".".repeat(202);
    for (int y = 170; y < 201; y++) {
      rows[y] = ".".repeat(5) + "#".repeat(195) + "..";
    }
    Box box = Box.of(normalize(Pictures.of(rows)));
    assertThat(box.height()).isEqualTo(20);
    assertThat(box.top()).isZero();
  }

  @Test
  void seesTheSameInEveryColouringOfPenAndPaper() {
    byte[] expected = normalize(seven(280, 280, Color.WHITE, Color.BLACK));
    Color[][] colourings = {
      {Color.BLACK, Color.WHITE},
      {CLEAR, Color.BLACK},
      {CLEAR, Color.WHITE},
      {CLEAR_WHITE, Color.BLACK},
      {CLEAR_WHITE, Color.WHITE},
      {CLEAR, Color.RED},
      {new Color(200, 190, 170), new Color(30, 40, 120)},
      {new Color(90, 90, 90), Color.WHITE},
      {new Color(150, 150, 150), Color.BLACK},
      {new Color(120, 120, 120), new Color(160, 160, 160)},
      {Color.WHITE, Color.YELLOW},
      {Color.BLACK, Color.BLUE},
    };
    for (Color[] colouring : colourings) {
      byte[] seen = normalize(seven(280, 280, colouring[0], colouring[1]));
      assertThat(meanDifference(seen, expected))
          .as("%s on %s", colouring[1], colouring[0])
          .isLessThan(1.5);
    }
  }

  @Test
  void takesTransparentCornersOfAnOpaquePictureForPaper() {
    BufferedImage image =
        Pictures.seven(BufferedImage.TYPE_INT_ARGB, 280, 280, Color.WHITE, Color.BLACK);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 40; x++) {
        image.setRGB(x, y, 0);
      }
    }
    assertThat(normalize(decoded(image)))
        .isEqualTo(normalize(seven(280, 280, Color.WHITE, Color.BLACK)));
  }

  @Test
  void countsAHalfTransparentStrokeAsFaintInk() {
    byte[] alpha = new byte[25];
    alpha[11] = (byte) 255;
    alpha[12] = (byte) 128;
    Ink ink = Ink.of(new Picture(5, 5, new byte[25], alpha)).orElseThrow();
    assertThat(ink.amount()[11] & 0xff).isEqualTo(255);
    assertThat(ink.amount()[12] & 0xff).isEqualTo(128);
    assertThat(ink.left()).isEqualTo(1);
    assertThat(ink.right()).isEqualTo(3);
    assertThat(ink.top()).isEqualTo(2);
    assertThat(ink.bottom()).isEqualTo(3);
  }

  @Test
  void countsFaintInkAsNoise() {
    byte[] grey = new byte[25];
    Arrays.fill(grey, (byte) 255);
    grey[11] = (byte) (255 - Ink.NOISE);
    grey[12] = 0;
    grey[13] = (byte) (255 - Ink.NOISE - 1);
    Ink ink = Ink.of(Pictures.opaque(5, 5, grey)).orElseThrow();
    assertThat(ink.amount()[11]).isZero();
    assertThat(ink.amount()[13]).isEqualTo((byte) (Ink.NOISE + 1));
    assertThat(ink.left()).isEqualTo(2);
    assertThat(ink.right()).isEqualTo(4);
  }

  @Test
  void doesNotSeeTheNoiseOfJpeg() {
    byte[] clean = normalize(seven(280, 280, Color.WHITE, Color.BLACK));
    BufferedImage image =
        Pictures.seven(BufferedImage.TYPE_INT_RGB, 280, 280, Color.WHITE, Color.BLACK);
    byte[] seen = normalize(DECODER.decode(Pictures.file("jpeg", image)));
    assertThat(meanDifference(seen, clean)).isLessThan(1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"255 255", "0 255", "128 255", "0 0", "255 0"})
  void findsNothingOnABlankPicture(String greyAndAlpha) {
    String[] parts = greyAndAlpha.split(" ");
    byte[] grey = new byte[400];
    byte[] alpha = new byte[400];
    Arrays.fill(grey, (byte) Integer.parseInt(parts[0]));
    Arrays.fill(alpha, (byte) Integer.parseInt(parts[1]));
    assertThat(DigitNormalizer.normalize(new Picture(20, 20, grey, alpha))).isEmpty();
  }

  @Test
  void findsNothingWherePenAndPaperAreTooMuchAlike() {
    byte[] grey = new byte[100];
    Arrays.fill(grey, (byte) 200);
    grey[55] = (byte) (200 - Ink.LEAST_CONTRAST + 1);
    assertThat(DigitNormalizer.normalize(Pictures.opaque(10, 10, grey))).isEmpty();
    grey[55]--;
    assertThat(DigitNormalizer.normalize(Pictures.opaque(10, 10, grey))).isPresent();
  }

  @Test
  void findsNothingOnASinglePixel() {
    assertThat(DigitNormalizer.normalize(Pictures.of("#"))).isEmpty();
  }

  @Test
  void enlargesADotOfOnePixel() {
    byte[] pixels = normalize(Pictures.of(".....", ".....", "...#.", "....."));
    Box box = Box.of(pixels);
    assertThat(box.width()).isEqualTo(20);
    assertThat(box.height()).isEqualTo(20);
    assertThat(pixels[14 * 28 + 14] & 0xff).isEqualTo(255);
  }

  @Test
  void keepsALineOfOnePixelVisible() {
    byte[] grey = new byte[3 * 2000];
    Arrays.fill(grey, (byte) 255);
    for (int y = 1; y < 1999; y++) {
      grey[3 * y + 1] = 0;
    }
    Box upright = Box.of(normalize(Pictures.opaque(3, 2000, grey)));
    assertThat(upright.width()).isEqualTo(1);
    assertThat(upright.height()).isEqualTo(20);
    assertThat(upright.left()).isEqualTo(14);
    assertThat(upright.strongest()).isEqualTo(255);
    byte[] turned = new byte[grey.length];
    for (int p = 0; p < grey.length; p++) {
      turned[p % 3 * 2000 + p / 3] = grey[p];
    }
    Box lying = Box.of(normalize(Pictures.opaque(2000, 3, turned)));
    assertThat(lying.width()).isEqualTo(20);
    assertThat(lying.height()).isEqualTo(1);
    assertThat(lying.top()).isEqualTo(14);
  }

  @Test
  void readsAHugePicture() {
    byte[] small = normalize(seven(400, 400, Color.WHITE, Color.BLACK));
    byte[] huge =
        normalize(
            DECODER.decode(
                Pictures.file(
                    "png",
                    Pictures.seven(
                        BufferedImage.TYPE_BYTE_GRAY, 4000, 4000, Color.WHITE, Color.BLACK))));
    assertThat(meanDifference(huge, small)).isLessThan(2);
  }
}
