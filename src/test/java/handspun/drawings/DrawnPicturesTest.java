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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Of the first pictures of each cell and kind. Another one means another measure. */
  private static final Map<String, String> SHA256 = sha256();

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

  private static Map<String, String> sha256() {
    Map<String, String> sums = new LinkedHashMap<>();
    // PINS
    return sums;
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
    Map<String, String> found = new LinkedHashMap<>();
    Cell.ALL.forEach(cell -> found.put(cell.title(), sha256(i -> digits.picture(cell, i))));
    Stream.of(NoDigit.values())
        .forEach(kind -> found.put(kind.toString(), sha256(i -> others.picture(kind, i))));
    assertThat(found).containsExactlyEntriesOf(SHA256);
  }

  @Test
  void doNotDependOnWhatWasDrawnBefore() {
    Cell all = Cell.ALL.get(Cell.ALL.size() - 1);
    byte[] first = digits.picture(all, 7).grey();
    digits.picture(Cell.PLAIN, 3);
    others.picture(NoDigit.SHAPES, 3);
    assertThat(new DigitDrawings(test).picture(all, 7).grey()).isEqualTo(first);
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
    for (int i = 0; i < 500; i++) {
      byte[] read = DigitNormalizer.normalize(digits.picture(Cell.PLAIN, i)).orElseThrow().pixels();
      own += difference(read, test.inputs().pixels(digits.image(i)));
      others += difference(read, test.inputs().pixels(digits.image(i + 1)));
    }
    String figures =
        "differs from its image by %.3f, from another one by %.3f"
            .formatted(own / 500, others / 500);
    System.out.println("A plain drawing " + figures);
    assertThat(own / 500).as(figures).isLessThan(0.35);
    assertThat(others / 500).as(figures).isGreaterThan(0.6);
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
    for (int i = 0; i < 20; i++) {
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
