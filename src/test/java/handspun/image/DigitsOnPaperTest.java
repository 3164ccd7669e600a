package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What lies on paper beside a digit, and light and noise, change nearly nothing of what is read.
 */
class DigitsOnPaperTest {
  private static final char[] DIGITS = "0123457h".toCharArray();
  private static final int WIDTH = 340;
  private static final int HEIGHT = 300;

  /** What a picture may differ from a clean one, mean of all pixels, of 255. */
  private static final double ALIKE = 7;

  /** What happens to a sheet with a digit on it, and how bright paper and pen are. */
  private record Sheet(UnaryOperator<SheetPictures> change, double paper, double pen) {}

  private static final Map<String, Sheet> SHEETS = sheets();

  /** One digit of so many is also read from a JPEG file, on each sheet others. */
  private static final int JPEG_OF = 4;

  /** A clean sheet with each digit, which takes longer to draw than to read. */
  private static final Map<Character, SheetPictures> CLEAN = new HashMap<>();

  /** What is read of these. */
  private static final Map<Character, NormalizedDigit> READ = new HashMap<>();

  @BeforeAll
  static void drawAndReadCleanSheets() {
    for (char digit : DIGITS) {
      SheetPictures sheet = SheetPictures.digit(digit, WIDTH, HEIGHT);
      CLEAN.put(digit, sheet);
      READ.put(digit, read(sheet.picture(255, 0)));
    }
  }

  private static Map<String, Sheet> sheets() {
    Map<String, Sheet> sheets = new LinkedHashMap<>();
    sheets.put("grey on light grey", new Sheet(s -> s, 200, 120));
    sheets.put("noise of 3", new Sheet(s -> s.noise(3, 1), 220, 50));
    sheets.put("noise of 10", new Sheet(s -> s.noise(10, 2), 220, 50));
    sheets.put("noise of 25", new Sheet(s -> s.noise(25, 3), 220, 50));
    sheets.put("noise on overexposed paper", new Sheet(s -> s.noise(10, 4), 252, 50));
    sheets.put("salt and pepper", new Sheet(s -> s.salt(200, 5), 220, 50));
    sheets.put("light from the left", new Sheet(s -> s.shade(0.6, 0), 235, 40));
    sheets.put("light from the right", new Sheet(s -> s.shade(0.6, 180), 235, 40));
    sheets.put("light from below", new Sheet(s -> s.shade(0.6, -90), 235, 40));
    sheets.put("light from a corner", new Sheet(s -> s.shade(0.5, 40), 235, 40));
    sheets.put("a vignette", new Sheet(s -> s.vignette(0.5), 235, 40));
    sheets.put("a vignette and noise", new Sheet(s -> s.vignette(0.5).noise(8, 6), 225, 40));
    sheets.put("a shadow", new Sheet(s -> s.shadow(0.45, 0.9, 40).noise(2, 17), 235, 30));
    sheets.put(
        "a shadow with a sharp edge", new Sheet(s -> s.shadow(0.4, 1, 8).noise(2, 18), 235, 30));
    sheets.put("a faint pencil", new Sheet(s -> s.noise(3, 7), 225, 185));
    sheets.put("a faint pencil in shade", new Sheet(s -> s.shade(0.3, 60).noise(2, 8), 225, 165));
    sheets.put("chalk", new Sheet(s -> s.shade(0.4, 200).noise(6, 9), 70, 220));
    sheets.put("chalk and a vignette", new Sheet(s -> s.vignette(0.5).noise(5, 10), 60, 210));
    sheets.put("rules", new Sheet(s -> s.rules(2, 37, 0), 255, 0));
    sheets.put("close rules", new Sheet(s -> s.rules(1, 18, 0), 255, 0));
    sheets.put("slanted rules", new Sheet(s -> s.rules(2, 41, 0.05), 255, 0));
    sheets.put(
        "rules, noise, shade",
        new Sheet(s -> s.rules(2, 40, .01).noise(6, 11).shade(.4, 30), 225, 40));
    sheets.put("squares", new Sheet(s -> s.squares(2, 33), 255, 0));
    sheets.put("small squares", new Sheet(s -> s.squares(1, 19), 255, 0));
    sheets.put("a single rule below", new Sheet(s -> s.fill(0, 250, WIDTH, 253), 255, 0));
    sheets.put("a rule to stand on", new Sheet(s -> s.fill(0, 232, WIDTH, 235), 255, 0));
    sheets.put("a speck", new Sheet(s -> s.fill(330, 10, 334, 14), 255, 0));
    sheets.put("dust", new Sheet(s -> s.specks(60, 12), 255, 0));
    sheets.put(
        "dust, noise, shade", new Sheet(s -> s.specks(40, 13).noise(6, 14).shade(.4, 70), 225, 40));
    sheets.put("a thin box", new Sheet(s -> s.box(60, 45, 280, 255, 2, -1), 255, 0));
    sheets.put("a thick box", new Sheet(s -> s.box(50, 35, 290, 265, 14, -1), 255, 0));
    sheets.put("a box, open on the left", new Sheet(s -> s.box(60, 45, 280, 255, 4, 0), 255, 0));
    sheets.put("a box, open above", new Sheet(s -> s.box(60, 45, 280, 255, 4, 2), 255, 0));
    sheets.put(
        "a box, noise", new Sheet(s -> s.box(60, 45, 280, 255, 4, -1).noise(8, 15), 220, 40));
    sheets.put("a frame", new Sheet(s -> s.box(0, 0, WIDTH, HEIGHT, 3, -1), 255, 0));
    sheets.put(
        "a frame and a box",
        new Sheet(s -> s.box(0, 0, WIDTH, HEIGHT, 3, -1).box(60, 45, 280, 255, 3, -1), 255, 0));
    sheets.put(
        "a frame, noise, shade",
        new Sheet(s -> s.box(0, 0, WIDTH, HEIGHT, 4, -1).noise(5, 16).shade(.3, 10), 225, 40));
    sheets.put(
        "a black frame around a pencil", new Sheet(s -> s.box(0, 0, WIDTH, HEIGHT, 3, -1), 255, 0));
    return sheets;
  }

  static Iterable<String> names() {
    return SHEETS.keySet();
  }

  private static NormalizedDigit read(Picture picture) {
    return DigitNormalizer.normalize(picture).orElseThrow();
  }

  /** Mean over all pixels. A digit whose centre of mass is between two pixels may go to either. */
  private static double difference(byte[] a, byte[] b) {
    double least = 255;
    for (int shift = 0; shift < 9; shift++) {
      least = Math.min(least, difference(a, b, shift % 3 - 1, shift / 3 - 1));
    }
    return least;
  }

  private static double difference(byte[] a, byte[] b, int right, int down) {
    double sum = 0;
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        sum += Math.abs(at(a, x, y) - at(b, x + right, y + down));
      }
    }
    return sum / a.length;
  }

  private static int at(byte[] pixels, int x, int y) {
    return x < 0 || y < 0 || x > 27 || y > 27 ? 0 : pixels[28 * y + x] & 0xff;
  }

  private static void requireAlike(
      String what, Function<Character, Picture> clean, Function<Character, Picture> other) {
    for (char digit : DIGITS) {
      requireAlike("%s on %s".formatted(digit, what), read(clean.apply(digit)), other.apply(digit));
    }
  }

  private static void requireAlike(String what, NormalizedDigit expected, Picture picture) {
    NormalizedDigit seen = read(picture);
    assertThat(difference(seen.pixels(), expected.pixels())).as(what).isLessThan(ALIKE);
    assertThat(seen.digits()).as(what).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("names")
  void readsTheDigitAlone(String name) {
    Sheet sheet = SHEETS.get(name);
    int number = List.copyOf(SHEETS.keySet()).indexOf(name);
    for (int d = 0; d < DIGITS.length; d++) {
      char digit = DIGITS[d];
      Picture picture =
          sheet.change().apply(CLEAN.get(digit).copy()).picture(sheet.paper(), sheet.pen());
      String what = "%s on %s".formatted(digit, name);
      requireAlike(what, READ.get(digit), picture);
      if ((number + d) % JPEG_OF == 0) {
        requireAlike(what + ", JPEG", READ.get(digit), SheetPictures.asJpeg(picture));
      }
    }
  }

  /** A box alone may be a 0, a line alone a 1. */
  static Stream<String> namesWithoutBoxes() {
    return SHEETS.keySet().stream().filter(name -> !name.matches(".*(box|single|stand).*"));
  }

  @ParameterizedTest
  @MethodSource("namesWithoutBoxes")
  void findsNothingOnASheetWithoutADigit(String name) {
    Sheet sheet = SHEETS.get(name);
    Picture picture =
        sheet
            .change()
            .apply(SheetPictures.blank(WIDTH, HEIGHT))
            .picture(sheet.paper(), sheet.pen());
    assertThat(DigitNormalizer.normalize(picture)).isEmpty();
  }

  @Test
  void keepsAllOfADigitInACornerOfANoisySheet() {
    for (double[] corner : new double[][] {{8, 8}, {232, 8}, {8, 192}, {232, 192}}) {
      requireAlike(
          "corner",
          digit ->
              SheetPictures.blank(WIDTH, HEIGHT)
                  .write(digit, corner[0], corner[1], 100, 12)
                  .picture(255, 0),
          digit ->
              SheetPictures.blank(WIDTH, HEIGHT)
                  .write(digit, corner[0], corner[1], 100, 12)
                  .noise(7, 1)
                  .shade(0.3, 50)
                  .picture(225, 40));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {6, 20, 34})
  void keepsAllOfADigitThatFillsThePicture(double pen) {
    requireAlike(
        "closely cut out, pen " + pen,
        digit -> SheetPictures.blank(160, 160).write(digit, 20, 20, 120, pen).picture(255, 0),
        digit ->
            SheetPictures.blank(160, 160)
                .write(digit, 20, 20, 120, pen)
                .noise(6, 2)
                .shade(0.2, 20)
                .picture(225, 40));
  }

  @Test
  void keepsAllOfACleanDigitThatTouchesEverySideOfThePicture() {
    for (char digit : DIGITS) {
      byte[] expected =
          read(SheetPictures.blank(200, 200).write(digit, 50, 50, 100, 12).picture(255, 0))
              .pixels();
      // From pixel to pixel of its box: strokes of 12 end 6 beyond the corners.
      Ink ink =
          Ink.of(SheetPictures.blank(200, 200).write(digit, 50, 50, 100, 12).picture(255, 0))
              .orElseThrow();
      int left = ink.left();
      int top = ink.top();
      Picture cut =
          SheetPictures.blank(ink.right() - left, ink.bottom() - top)
              .write(digit, 50 - left, 50 - top, 100, 12)
              .picture(255, 0);
      assertThat(difference(read(cut).pixels(), expected)).as("%s", digit).isLessThan(1);
    }
  }

  @Test
  void keepsDashedAndDottedDigitsAndCountsThemAsOne() {
    float[][] patterns = {{1.5f, 2}, {0.01f, 2}, {3, 2.5f}};
    for (float[] dashes : patterns) {
      for (char digit : DIGITS) {
        Picture picture =
            SheetPictures.blank(WIDTH, HEIGHT)
                .write(digit, 95, 75, 150, 12, dashes)
                .picture(255, 0);
        Ink ink = Ink.of(picture).orElseThrow();
        Ink whole =
            Ink.of(SheetPictures.blank(WIDTH, HEIGHT).write(digit, 95, 75, 150, 12).picture(255, 0))
                .orElseThrow();
        assertThat(ink.bottom() - ink.top())
            .as("%s with dashes of %s", digit, dashes[0])
            .isGreaterThan((whole.bottom() - whole.top()) * 4 / 5);
        assertThat(read(picture).digits()).as("%s", digit).isEqualTo(1);
      }
    }
  }

  @Test
  void tellsHowManyDigitsLieBesideEachOther() {
    for (char first : "0123457".toCharArray()) {
      for (char second : "0123457".toCharArray()) {
        SheetPictures two =
            SheetPictures.blank(400, 280)
                .write(first, 40, 60, 140, 16)
                .write(second, 220, 70, 140, 16);
        assertThat(read(two.picture(255, 0)).digits()).as("%s%s", first, second).isEqualTo(2);
        assertThat(read(two.noise(8, 3).shade(0.4, 10).picture(225, 40)).digits())
            .as("%s%s, photographed", first, second)
            .isEqualTo(2);
      }
    }
    SheetPictures three =
        SheetPictures.blank(540, 280)
            .write('7', 20, 60, 140, 18)
            .write('2', 200, 60, 140, 18)
            .write('1', 380, 60, 140, 18);
    assertThat(read(three.picture(255, 0)).digits()).isEqualTo(3);
  }

  @Test
  void readsAFaintDigitBesideABlackSpeck() {
    byte[] grey = CLEAN.get('3').picture(255, 215).grey().clone();
    for (int p = 10 * WIDTH + 10; p < 10 * WIDTH + 14; p++) {
      grey[p] = 0;
    }
    NormalizedDigit seen = read(Pictures.opaque(WIDTH, HEIGHT, grey));
    assertThat(difference(seen.pixels(), READ.get('3').pixels())).isLessThan(ALIKE);
  }

  @Test
  void readsALargePhotographAsASmallOne() {
    Picture photograph =
        SheetPictures.blank(2000, 1500)
            .write('5', 600, 400, 700, 80)
            .noise(10, 4)
            .vignette(0.4)
            .picture(225, 40);
    Picture small = SheetPictures.blank(400, 300).write('5', 120, 80, 140, 16).picture(255, 0);
    assertThat(difference(read(photograph).pixels(), read(small).pixels())).isLessThan(ALIKE);
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void doesNotTakeLongForATexture() {
    Random random = new Random(1);
    for (int part : new int[] {2, 4}) {
      byte[] grey = new byte[1 << 20];
      for (int p = 0; p < grey.length; p++) {
        grey[p] = (byte) (random.nextInt(part) == 0 ? 0 : 255);
      }
      Picture texture = Pictures.opaque(1 << 10, 1 << 10, grey);
      assertThat(read(texture).digits()).isPositive();
    }
  }
}
