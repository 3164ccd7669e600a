package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PictureStepsTest {
  private static Optional<DroppedInk> dropped(PictureSteps steps, Dropped why) {
    return steps.dropped().stream().filter(dropped -> dropped.why() == why).findFirst();
  }

  private static Picture photograph() {
    return SheetPictures.digit('5', 900, 700)
        .fill(820, 20, 826, 26)
        .box(60, 60, 840, 640, 6, -1)
        .noise(6, 1)
        .shade(0.4, 0)
        .picture(225, 40);
  }

  @Test
  void areSmallEnoughToBeShown() {
    PictureSteps steps = PictureSteps.of(photograph());
    assertThat(steps.width()).isEqualTo(225);
    assertThat(steps.height()).isEqualTo(175);
    assertThat(steps.grey()).hasSize(225 * 175);
    assertThat(steps.paper()).hasSize(225 * 175);
    assertThat(steps.ink()).hasSize(225 * 175);
  }

  @Test
  void endWithWhatTheNormalizerMakes() {
    Picture picture = photograph();
    PictureSteps steps = PictureSteps.of(picture);
    assertThat(steps.digit().orElseThrow().pixels())
        .isEqualTo(DigitNormalizer.normalize(picture).orElseThrow().pixels());
  }

  @Test
  void tellPaperInkAndLinesApart() {
    PictureSteps steps = PictureSteps.of(photograph());
    int row = 87 * 225;
    assertThat(steps.paper()[row + 30] & 0xff).isCloseTo(steps.grey()[row + 30] & 0xff, within(8));
    assertThat(steps.paper()[row + 30] & 0xff)
        .isGreaterThan(40 + (steps.paper()[row + 195] & 0xff));
    DroppedInk frame = dropped(steps, Dropped.FRAME).orElseThrow();
    assertThat(frame.parts()).isEqualTo(1);
    assertThat(frame.mask()).hasSize(225 * 175);
    assertThat(frame.mask()[row + 15]).isEqualTo((byte) 255);
    assertThat(frame.boxes().get(0).left()).isBetween(14, 16);
    assertThat(frame.boxes().get(0).bottom()).isBetween(158, 162);
    assertThat(steps.ink()[row + 15]).isZero();
    DroppedInk speck = dropped(steps, Dropped.SPECK).orElseThrow();
    assertThat(speck.mask()[5 * 225 + 205]).isEqualTo((byte) 255);
    PictureSteps.Box box = steps.box().orElseThrow();
    assertThat(box.left()).isBetween(70, 90);
    assertThat(box.right()).isBetween(135, 155);
    assertThat(box.bottom() - box.top()).isBetween(90, 104);
  }

  @Test
  void tellWhatWasMeasured() {
    PictureSteps steps = PictureSteps.of(photograph());
    InkLevels levels = steps.levels();
    assertThat(levels.darkPen()).isTrue();
    assertThat(levels.noise()).isCloseTo(6, within(1.5));
    assertThat(levels.square()).isEqualTo(1);
    assertThat(levels.threshold()).isBetween(4 * levels.noise(), levels.peak());
    assertThat(levels.peak()).isLessThan(levels.full());
    assertThat(levels.full()).isBetween(100.0, 200.0);
    assertThat(steps.darkestPaper()).isCloseTo(135, within(15));
    assertThat(steps.brightestPaper()).isCloseTo(225, within(15));
  }

  @Test
  void tellATenthOfTheContrastAsTheThresholdOfADrawing() {
    PictureSteps steps = PictureSteps.of(Pictures.of(".....", "..#..", "..8..", "....."));
    assertThat(steps.levels()).isEqualTo(new InkLevels(true, 0, 1, 26, 26, 255));
    assertThat(steps.dropped()).isEmpty();
    assertThat(steps.darkestPaper()).isEqualTo(255);
    InkLevels white = PictureSteps.of(Pictures.of("...", "...", "...")).levels();
    assertThat(white).isEqualTo(new InkLevels(true, 0, 1, 1, 1, 0));
  }

  @Test
  void tellRulesFromFramesAndSpecks() {
    PictureSteps steps =
        PictureSteps.of(
            SheetPictures.digit('5', 600, 600)
                .rules(3, 80, 0)
                .fill(560, 30, 568, 38)
                .picture(255, 0));
    assertThat(steps.dropped())
        .extracting(DroppedInk::why)
        .containsExactly(Dropped.SPECK, Dropped.RULE);
    DroppedInk speck = dropped(steps, Dropped.SPECK).orElseThrow();
    assertThat(speck.parts()).isEqualTo(1);
    assertThat(speck.boxes()).containsExactly(new PictureSteps.Box(186, 10, 190, 13));
  }

  @Test
  void tellWhatTouchesTheEdgeOfAPhotographFromItsSpecks() {
    PictureSteps steps =
        PictureSteps.of(
            SheetPictures.digit('5', 600, 600)
                .fill(0, 0, 40, 90)
                .fill(500, 500, 508, 508)
                .noise(5, 3)
                .picture(225, 40));
    DroppedInk shadow = dropped(steps, Dropped.SHADOW).orElseThrow();
    assertThat(shadow.boxes()).first().isEqualTo(new PictureSteps.Box(0, 0, 14, 30));
    DroppedInk speck = dropped(steps, Dropped.SPECK).orElseThrow();
    assertThat(speck.boxes()).first().isEqualTo(new PictureSteps.Box(166, 166, 170, 170));
  }

  @Test
  void tellTheLargestPartsOfATextureAlone() {
    SheetPictures sheet = SheetPictures.digit('5', 800, 800);
    for (int i = 0; i < 120; i++) {
      sheet.fill(6 * i, 20, 6 * i + 2, i == 53 ? 26 : 22);
    }
    DroppedInk specks =
        dropped(PictureSteps.of(sheet.picture(255, 0)), Dropped.SPECK).orElseThrow();
    assertThat(specks.parts()).isEqualTo(120);
    assertThat(specks.boxes()).hasSize(DroppedInk.MOST_BOXES);
    assertThat(specks.boxes().get(0)).isEqualTo(new PictureSteps.Box(106, 6, 107, 9));
  }

  @Test
  void haveNoBoxAndNoDigitIfThePictureIsBlank() {
    PictureSteps steps =
        PictureSteps.of(SheetPictures.blank(300, 300).noise(8, 2).shade(0.3, 0).picture(220, 40));
    assertThat(steps.box()).isEmpty();
    assertThat(steps.digit()).isEmpty();
    assertThat(steps.ink()).containsOnly(0);
  }

  @Test
  void areThoseOfASmallPictureAsItIs() {
    Picture picture = Pictures.of(".....", "..#..", "..#..", ".....");
    PictureSteps steps = PictureSteps.of(picture);
    assertThat(steps.grey()).isEqualTo(picture.grey());
    assertThat(steps.paper()).containsOnly(255);
    assertThat(steps.box()).contains(new PictureSteps.Box(2, 1, 3, 3));
  }
}
