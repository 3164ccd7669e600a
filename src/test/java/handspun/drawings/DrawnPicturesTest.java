package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import handspun.image.DigitNormalizer;
import handspun.image.Mnist;
import handspun.image.Picture;
import handspun.math.RandomStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class DrawnPicturesTest {
  private static final int PINNED = 8;
  private static final int LIKENED = 200;

  /** Of the first pictures of each cell and kind. Other ones mean another measure. */
  private static final String SHA256 =
      """
      plain: cda165a800cb96c3
      pen, 6 px: 16378f93a95fda86
      pen, 10 px: d44d2de440f2a7af
      pen, 28 px: b45a13e9cb803f5c
      pen, 40 px: a1c8971c4cc5d2ab
      slant, -30 degrees: e96e646899cfebbb
      slant, +30 degrees: 6a2a0295ecd59da9
      size, 15 %: 38d70f24286a9a55
      size, 30 %: ee8d7e5240035b54
      size, 60 %: b005121fce77b7f0
      size, 100 %: 7d8d266ff23eefd5
      place, 40 %, middle: f2a8539a24f65c97
      place, 40 %, top left: 440795de4fe65c98
      place, 40 %, top right: 18f747dc08e17a28
      place, 40 %, bottom left: a47933f6479af455
      place, 40 %, bottom right: 2ee5492d75fe2d6d
      light on dark: f8fbdc600c8b6c99
      photograph, noise: 08cded402832d266
      photograph, shade: 24d8fb6c76d90c00
      photograph, rules: 922004b420012722
      photograph, specks: fa7705b7786b2a64
      photograph, all of these: b40d489a27e71cc2
      letters: 4e72d989544f2ede
      shapes: 31d14b02f90366a6
      scribbles: d6d61c2c0c398f70
      two digits beside each other: 1901c250ae9ba00b
      two digits overlapped: 7959efd6b3b27cc6
      pieces of digits: 1bc98447788ac566
      """;

  static final List<Cell> CLEAN =
      Cell.ALL.stream().filter(cell -> cell.surface().flaws().isEmpty()).toList();

  private static Examples test;
  private static DigitDrawings digits;
  private static NoDigitDrawings others;

  @BeforeAll
  static void trace() {
    test = Mnist.data().test();
    digits = new DigitDrawings(test);
    others = new NoDigitDrawings(digits);
  }

  private static String sha256(IntFunction<Picture> pictures) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      IntStream.range(0, PINNED).forEach(i -> digest.update(pictures.apply(i).grey()));
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void picturesAreAFunctionOfTheSeed() {
    StringBuilder found = new StringBuilder();
    for (Cell cell : Cell.ALL) {
      found.append("%s: %s%n".formatted(cell.title(), sha256(i -> digits.picture(cell, i))));
    }
    for (NoDigit kind : NoDigit.values()) {
      found.append("%s: %s%n".formatted(kind, sha256(i -> others.picture(kind, i))));
    }
    assertThat(found.toString()).isEqualToNormalizingNewlines(SHA256);
  }

  @Test
  void doNotDependOnWhoDrawsAndOnWhatWasDrawnBefore() {
    Cell all = Cell.ALL.get(Cell.ALL.size() - 1);
    byte[] first = digits.picture(all, 7).grey();
    byte[] again =
        CompletableFuture.supplyAsync(
                () -> {
                  digits.picture(Cell.PLAIN, 3);
                  others.picture(NoDigit.SHAPES, 3);
                  return digits.picture(all, 7).grey();
                })
            .join();
    assertThat(again).isEqualTo(first);
  }

  @Test
  void countsAreThoseThatAreTold() {
    assertThat(Cell.ALL).hasSize(22).doesNotHaveDuplicates();
    assertThat(Cell.ALL.stream().map(Cell::fileName)).doesNotHaveDuplicates();
    assertThat(digits.count()).isEqualTo(2000);
    assertThat(digits.missing()).isEmpty();
    assertThat(Stream.of(NoDigit.values()).mapToInt(NoDigit::count).sum()).isEqualTo(2000);
  }

  @Test
  void aPlainDigitIsNearlyTheImageThatItComesFrom() {
    double own = 0;
    double others = 0;
    for (int i = 0; i < LIKENED; i++) {
      byte[] read = DigitNormalizer.normalize(digits.picture(Cell.PLAIN, i)).orElseThrow().pixels();
      own += difference(read, test.inputs().pixels(digits.image(i)));
      others += difference(read, test.inputs().pixels(digits.image(i + 1)));
    }
    String figures =
        "differs from its image by %.3f, from another one by %.3f"
            .formatted(own / LIKENED, others / LIKENED);
    System.out.println("A plain drawing " + figures);
    assertThat(own / LIKENED).as(figures).isLessThan(0.35);
    assertThat(others / LIKENED).as(figures).isGreaterThan(0.6);
  }

  /** As a part of the ink of both: 0 to 1. */
  private static double difference(byte[] one, byte[] other) {
    double difference = 0;
    double ink = 0;
    for (int p = 0; p < one.length; p++) {
      difference += Math.abs((one[p] & 0xff) - (other[p] & 0xff));
      ink += (one[p] & 0xff) + (other[p] & 0xff);
    }
    return difference / ink;
  }

  @ParameterizedTest
  @FieldSource("CLEAN")
  void inkIsAsLargeAndLiesWhereTheCellSays(Cell cell) {
    for (int i = 0; i < 8; i++) {
      byte[] grey = digits.picture(cell, i).grey();
      int left = Canvas.SIDE;
      int right = 0;
      int top = Canvas.SIDE;
      int bottom = 0;
      for (int p = 0; p < grey.length; p++) {
        if (Math.abs((grey[p] & 0xff) - cell.surface().paper()) >= 128) {
          left = Math.min(left, p % Canvas.SIDE);
          right = Math.max(right, p % Canvas.SIDE + 1);
          top = Math.min(top, p / Canvas.SIDE);
          bottom = Math.max(bottom, p / Canvas.SIDE + 1);
        }
      }
      assertThat((double) Math.max(right - left, bottom - top))
          .isCloseTo(cell.size() * Canvas.SIDE, within(1.5));
      assertThat((double) left)
          .isCloseTo(firstPixel(cell.place(), true, right - left), within(1.5));
      assertThat((double) top)
          .isCloseTo(firstPixel(cell.place(), false, bottom - top), within(1.5));
    }
  }

  private static double firstPixel(Place place, boolean across, int length) {
    return switch (place) {
      case MIDDLE -> (Canvas.SIDE - length) / 2.0;
      case TOP_LEFT -> 8;
      case TOP_RIGHT -> across ? Canvas.SIDE - 8 - length : 8;
      case BOTTOM_LEFT -> across ? 8 : Canvas.SIDE - 8 - length;
      case BOTTOM_RIGHT -> Canvas.SIDE - 8 - length;
    };
  }

  @Test
  void photographsHaveTheirFlaws() {
    byte[] noise = flawed(Flaw.NOISE);
    assertThat(deviation(noise)).isBetween(5.7, 6.3);
    byte[] shade = flawed(Flaw.SHADE);
    int[] corners = {0, Canvas.SIDE - 1, Canvas.PIXELS - Canvas.SIDE, Canvas.PIXELS - 1};
    assertThat(IntStream.of(corners).map(p -> shade[p] & 0xff).max()).hasValue(235);
    assertThat(IntStream.of(corners).map(p -> shade[p] & 0xff).min()).hasValue(141);
    // Eight lines, each two pixels wide.
    assertThat(differing(flawed(Flaw.RULES))).isBetween(14 * 280L, 32 * 280L);
    assertThat(differing(flawed(Flaw.SPECKS))).isBetween(12L, 12 * 30L);
  }

  /** A drawing of a single point, in a corner, so that the rest is paper. */
  private static byte[] flawed(Flaw flaw) {
    Drawing point = new Drawing(new double[] {140}, new double[] {140}, new int[] {1});
    return new Painter().paint(point, 1, Surface.photographed(flaw), new RandomStream(3)).grey();
  }

  private static double deviation(byte[] grey) {
    double sum = 0;
    for (byte one : grey) {
      sum += ((one & 0xff) - 235) * ((one & 0xff) - 235);
    }
    return Math.sqrt(sum / grey.length);
  }

  private static long differing(byte[] grey) {
    return IntStream.range(0, grey.length).filter(p -> (grey[p] & 0xff) != 235).count();
  }

  @ParameterizedTest
  @EnumSource(NoDigit.class)
  void whatIsNoDigitIsDrawnWithThePagesPen(NoDigit kind) {
    for (int i = 0; i < kind.count(); i += 25) {
      byte[] grey = others.picture(kind, i).grey();
      long ink = IntStream.range(0, grey.length).filter(p -> (grey[p] & 0xff) < 128).count();
      assertThat(ink).as("%s %d", kind, i).isBetween(18 * 80L, Canvas.PIXELS / 2L);
    }
  }

  @Test
  void lettersThatLookLikeDigitsAreLeftOut() {
    List<String> letters =
        StrokeFile.ofLines("letters.txt").stream().map(StrokeFile.Named::name).toList();
    assertThat(letters).hasSize(104).contains("futural A", "scripts w");
    assertThat(letters).doesNotContain("futural O", "futural l", "cursive Q", "scripts z");
    assertThat(StrokeFile.ofCurves("shapes.txt")).hasSize(36);
  }
}
