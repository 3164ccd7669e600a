package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import handspun.image.Mnist;
import handspun.image.Picture;
import handspun.image.Pictures;
import handspun.image.Preprocessing;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.Topology;
import handspun.read.DigitReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawingsMeasureTest {
  /** A network that takes everything for one digit. */
  static Network always(int digit) {
    Topology topology = new Topology(784, 10);
    float[] parameters = new float[topology.parameterCount()];
    parameters[topology.biasesAt(1) + digit] = 1;
    return new Network(topology, parameters);
  }

  private static DigitReader reader(int digit) {
    return new DigitReader(always(digit), Preprocessing.NONE, Kernels.fastest());
  }

  private static DrawingsMeasure.OfCell cell(int index, int correct, int refused) {
    return new DrawingsMeasure.OfCell(Cell.ALL.get(index), 10, correct, refused);
  }

  @Test
  void figuresFollowFromTheCells() {
    DrawingsMeasure measure =
        new DrawingsMeasure(
            List.of(cell(0, 7, 1), cell(1, 9, 0), cell(2, 9, 0), cell(3, 4, 4), cell(4, 4, 0)),
            List.of(
                new DrawingsMeasure.OfKind(NoDigit.LETTERS, 500, 250),
                new DrawingsMeasure.OfKind(NoDigit.SHAPES, 300, 30)));
    assertThat(measure.meanAccuracy()).isCloseTo(0.66, within(1e-12));
    assertThat(measure.digitsRefused()).isCloseTo(0.1, within(1e-12));
    assertThat(measure.best().cell()).isEqualTo(Cell.ALL.get(1));
    assertThat(measure.worst().cell()).isEqualTo(Cell.ALL.get(3));
    assertThat(measure.othersRefused()).isEqualTo(280);
    assertThat(measure.othersCount()).isEqualTo(800);
  }

  @Test
  void countsWhatModelsReadOfEachDrawing() {
    // 7, 2, 1, 0, 4, 1, 9, 5, 6, 3 and 8.
    Examples test = Mnist.data().test().select(new int[] {0, 1, 2, 3, 4, 5, 7, 8, 11, 18, 61});
    DigitDrawings digits = new DigitDrawings(test);
    assertThat(digits.missing()).isEmpty();
    List<DrawingsMeasure> measures =
        DrawingsMeasure.of(digits, new NoDigitDrawings(digits), List.of(reader(7), reader(1)));
    for (int model = 0; model < measures.size(); model++) {
      DrawingsMeasure measure = measures.get(model);
      // One 7, two 1s.
      int correct = model + 1;
      assertThat(measure.digits()).extracting(DrawingsMeasure.OfCell::cell).isEqualTo(Cell.ALL);
      assertThat(measure.digits())
          .allMatch(of -> of.count() == 11 && of.correct() + of.refused() >= correct);
      assertThat(measure.digits().get(0))
          .isEqualTo(new DrawingsMeasure.OfCell(Cell.PLAIN, 11, correct, 0));
      assertThat(measure.others())
          .extracting(DrawingsMeasure.OfKind::count)
          .containsExactly(2, 1, 1, 1, 1, 1);
    }
    // Only the pictures decide whether such models refuse, by showing several digits.
    assertThat(measures.get(0).others()).isEqualTo(measures.get(1).others());
  }

  @Test
  void ofDigitsThatAreMissingItIsTold() {
    Examples test = Mnist.data().test().slice(0, 5);
    assertThat(new DigitDrawings(test).missing()).containsExactly(3, 5, 6, 8, 9);
  }

  @Test
  void aBlankPictureIsRefused() {
    byte[] white = new byte[Canvas.PIXELS];
    Arrays.fill(white, (byte) 255);
    Picture blank = Pictures.opaque(Canvas.SIDE, Canvas.SIDE, white);
    Answer answer = Answer.of(reader(0), blank);
    assertThat(answer.isRefused()).isTrue();
    assertThat(answer.is(0)).isFalse();
    assertThat(new Answer(false, 0).is(0)).isTrue();
    assertThat(new Answer(false, 0).is(1)).isFalse();
  }
}
