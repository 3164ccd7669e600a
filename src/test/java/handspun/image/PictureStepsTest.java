package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PictureStepsTest {
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
    assertThat(steps.dropped()).hasSize(225 * 175);
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
    assertThat(steps.dropped()[row + 15]).isEqualTo(PictureSteps.LINE);
    assertThat(steps.ink()[row + 15]).isZero();
    assertThat(steps.dropped()[5 * 225 + 205]).isEqualTo(PictureSteps.SPECK);
    PictureSteps.Box box = steps.box().orElseThrow();
    assertThat(box.left()).isBetween(70, 90);
    assertThat(box.right()).isBetween(135, 155);
    assertThat(box.bottom() - box.top()).isBetween(90, 104);
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
