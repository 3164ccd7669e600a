package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanvasTest {
  private final Canvas canvas = new Canvas();

  private double area() {
    double area = 0;
    for (int p = 0; p < Canvas.PIXELS; p++) {
      area += canvas.ink(p);
    }
    return area;
  }

  private static Strokes line(double... knots) {
    return new StrokesBuilder(1000).curve(knots).build();
  }

  @ParameterizedTest
  @ValueSource(doubles = {3.9, 6, 18, 40})
  void aLineHasTheAreaOfItsRectangleAndRoundEnds(double pen) {
    canvas.draw(line(60.3, 70.1, 180.3, 160.1), pen);
    double length = Math.sqrt(120 * 120 + 90 * 90);
    assertThat(area()).isCloseTo(length * pen + Math.PI * pen * pen / 4, within(0.01 * length));
  }

  @Test
  void aPointIsADisc() {
    canvas.draw(line(100, 100), 20);
    assertThat(area()).isCloseTo(100 * Math.PI, within(1.0));
    assertThat(canvas.ink(100 * Canvas.SIDE + 100)).isEqualTo(1);
    assertThat(canvas.ink(100 * Canvas.SIDE + 109)).isBetween(0.9f, 1f);
    assertThat(canvas.ink(100 * Canvas.SIDE + 110)).isZero();
  }

  @Test
  void edgesAreSoft() {
    // Down to 50.25: a quarter of the next row.
    canvas.draw(line(40, 45, 100, 45), 10.5);
    assertThat(canvas.ink(49 * Canvas.SIDE + 70)).isEqualTo(1);
    assertThat(canvas.ink(50 * Canvas.SIDE + 70)).isEqualTo(0.25f);
    assertThat(canvas.ink(51 * Canvas.SIDE + 70)).isZero();
  }

  @Test
  void whereLinesCrossThereIsNoMoreInkAndNothingOutside() {
    canvas.draw(line(140, -50, 140, 330), 10);
    canvas.draw(line(-50, 140, 330, 140), 10);
    assertThat(area()).isCloseTo(2 * 280 * 10 - 100, within(0.1));
    canvas.clear();
    assertThat(area()).isZero();
  }
}
