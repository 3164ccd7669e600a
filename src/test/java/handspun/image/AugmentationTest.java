package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AugmentationTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "shift=1",
        "rotate=10,scale=0.1,shear=0.125",
        "elastic=34",
        "elastic=34,elasticity=6",
        "shift=1,rotate=10,scale=0.1,shear=0.1,elastic=34,elasticity=5,thickness=0.5"
      })
  void isReadAsItIsWritten(String text) {
    assertThat(Augmentation.parse(text).toString()).isEqualTo(text);
    assertThat(Augmentation.parse(text).isNone()).isEqualTo(text.equals("none"));
  }

  @Test
  void mayBeWrittenInSeveralWays() {
    assertThat(Augmentation.parse(" Rotate = 10.0 , SHIFT=1e0,scale=0"))
        .isEqualTo(Augmentation.parse("shift=1,rotate=10"))
        .hasToString("shift=1,rotate=10");
    assertThat(Augmentation.parse("None")).isEqualTo(Augmentation.NONE);
    assertThat(Augmentation.parse("elastic=34,elasticity=4")).hasToString("elastic=34");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "shift=-1; augment has shift=-1.0, but shift must be a number from 0 to 100 (pixels).",
        "rotate=left; augment has rotate=left, but rotate must be a number from 0 to 180 (degrees).",
        "scale=NaN; augment has scale=NaN, but scale must be a number from 0 to 0.9",
        "elastic=1,elasticity=0.5; elasticity must be a number from 1 to 100 (sigma, in pixels).",
        "thickness=4; thickness must be a number from 0 to 3 (pixels).",
        "shift; augment has \"shift\", but each change must be written as NAME=X, as in shift=10.",
        "shift=1=2; each change must be written as NAME=X",
        "shift=1,shift=2; augment has shift twice: say it once.",
        "blur=1; augment has \"blur\", but must be none, or some of shift, rotate, scale, shear, elastic, elasticity, thickness, redraw, negatives as NAME=X",
        "''; augment has \"\", but must be none",
        "elasticity=5; augment has elasticity=5 without elastic: say how strong the elastic distortion is, as in elastic=34,elasticity=5."
      })
  void whatIsImpossibleIsRefusedInOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> Augmentation.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(sentence);
  }
}
