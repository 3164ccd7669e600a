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
    Examples test = Mnist.data().test().slice(0, 70);
    DigitDrawings digits = new DigitDrawings(test);
    List<DrawingsMeasure> measures =
        DrawingsMeasure.of(digits, new NoDigitDrawings(digits), List.of(reader(7), reader(3)));
    int[] labels = {7, 3};
    for (int model = 0; model < labels.length; model++) {
      int correct = test.labelCounts().count(labels[model]);
      assertThat(correct).isPositive();
      DrawingsMeasure measure = measures.get(model);
      assertThat(measure.digits()).extracting(DrawingsMeasure.OfCell::cell).isEqualTo(Cell.ALL);
      assertThat(measure.digits())
          .allMatch(of -> of.count() == 70 && of.correct() == correct && of.refused() == 0);
      assertThat(measure.others())
          .extracting(DrawingsMeasure.OfKind::count)
          .containsExactly(500, 300, 300, 300, 300, 300);
      assertThat(measure.othersRefused()).isZero();
    }
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
