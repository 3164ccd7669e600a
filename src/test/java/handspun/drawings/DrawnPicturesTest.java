package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import handspun.image.DigitNormalizer;
import handspun.image.Mnist;
import handspun.image.Picture;
import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
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
      plain: b1139ad396850d3c
      pen, 6 px: ae8f044a79e89c14
      pen, 10 px: b53b9ecef3dc8b4c
      pen, 28 px: 23bbc746a00d3088
      pen, 40 px: 4506c3d6185cc9cc
      slant, -30 degrees: 5f71d4532f181416
      slant, +30 degrees: 1139d0c339765b9f
      size, 15 %: 75585023d2e6591b
      size, 30 %: ddaa44955ac59056
      size, 60 %: 5b3537b5348d9ff9
      size, 100 %: f30fa39a8cc8c652
      place, 40 %, middle: 6b9328a6b8667800
      place, 40 %, top left: 66e07b8803dbd4a5
      place, 40 %, top right: 7b1be566f5e566a4
      place, 40 %, bottom left: ae6f293095ad06e1
      place, 40 %, bottom right: e87f6f5e0fe460f0
      light on dark: c757db37bfadf122
      photograph, noise: c6b182e6119b6c22
      photograph, shade: 4b5382d1f463f294
      photograph, rules: a00fa325e6a59e96
      photograph, specks: 0e1f31658fdf096a
      photograph, all of these: c26d199190f16a00
      letters: 932e26ce4a8cbb88
      shapes: 3656c55e343c4de5
      scribbles: be78055049a8cc83
      two digits beside each other: 0521af550f027d17
      two digits overlapped: 3287ed4a5acb011c
      pieces of digits: 79971be224d4edfb
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
    Strokes point = new StrokesBuilder().point(140, 140).build();
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
    List<String> letters = NoDigitDrawings.templates("letters.txt").names();
    assertThat(letters).hasSize(104).contains("futural A", "scripts w");
    assertThat(letters).doesNotContain("futural O", "futural l", "cursive Q", "scripts z");
    assertThat(NoDigitDrawings.templates("shapes.txt").names()).hasSize(36);
  }
}
