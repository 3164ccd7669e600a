package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawingTest {
  /** A corner, and a point of its own. */
  private static Drawing corner() {
    StrokeBuilder builder = new StrokeBuilder();
    builder.point(10, 10);
    builder.point(10, 30);
    builder.point(20, 30);
    builder.lift();
    builder.point(14, 12);
    builder.lift();
    builder.lift();
    return builder.build();
  }

  @Test
  void ofUnitSizeIsCentredAndKeepsItsProportions() {
    Drawing.Bounds bounds = corner().ofUnitSize().bounds();
    assertThat(bounds).isEqualTo(new Drawing.Bounds(-0.25, -0.5, 0.25, 0.5));
    assertThat(bounds.side()).isEqualTo(1);
  }

  @Test
  void aPointOfUnitSizeIsAPoint() {
    Drawing point = corner().clipped((x, y) -> false).with(dot(3, 4)).ofUnitSize();
    assertThat(point.bounds()).isEqualTo(new Drawing.Bounds(0, 0, 0, 0));
    assertThat(point.evenly().points()).isEqualTo(1);
  }

  private static Drawing dot(double x, double y) {
    return new Drawing(new double[] {x}, new double[] {y}, new int[] {1});
  }

  @Test
  void pointsBecomeEvenAndEndsStay() {
    Drawing even = corner().ofUnitSize().evenly();
    assertThat(even.strokes()).isEqualTo(2);
    // 1.5 long, 0.02 apart.
    assertThat(even.end(0)).isEqualTo(76);
    assertThat(even.points()).isEqualTo(77);
    assertThat(even.x(75)).isEqualTo(0.25);
    assertThat(even.y(75)).isEqualTo(0.5);
    for (int p = 1; p < 76; p++) {
      double right = even.x(p) - even.x(p - 1);
      double down = even.y(p) - even.y(p - 1);
      assertThat(Math.sqrt(right * right + down * down)).isCloseTo(0.02, within(1e-9));
    }
  }

  @Test
  void aHandTremblesALittle() {
    Drawing even = corner().ofUnitSize().evenly();
    Drawing trembling = corner().ofUnitSize().trembling(new RandomStream(1));
    double most = 0;
    double sum = 0;
    for (int p = 0; p < even.points(); p++) {
      double stray = Math.abs(trembling.x(p) - even.x(p));
      most = Math.max(most, stray);
      sum += stray;
    }
    assertThat(most).isBetween(0.002, 0.02);
    assertThat(sum / even.points()).isBetween(0.001, 0.006);
  }

  @Test
  void slantedToTheRightItsTopGoesRight() {
    Cell slanted = Cell.ALL.stream().filter(cell -> cell.slant() == 30).findAny().orElseThrow();
    StrokeBuilder upright = new StrokeBuilder();
    upright.point(0, -0.5);
    upright.point(0, 0.5);
    upright.lift();
    Drawing drawn = slanted.arrange(upright.build());
    double right = drawn.x(0) - drawn.x(1);
    double up = drawn.y(1) - drawn.y(0);
    assertThat(right / up).isCloseTo(Math.tan(Math.PI / 6), within(1e-9));
  }

  @Test
  void aCurveGoesThroughItsPoints() {
    StrokeBuilder builder = new StrokeBuilder();
    builder.curve(
        List.of(
            new StrokeBuilder.Point(0, 0),
            new StrokeBuilder.Point(10, 10),
            new StrokeBuilder.Point(20, 0)));
    builder.lift();
    Drawing curve = builder.build();
    assertThat(curve.points()).isEqualTo(25);
    assertThat(curve.x(12)).isCloseTo(10, within(1e-9));
    assertThat(curve.y(12)).isCloseTo(10, within(1e-9));
    // It is smooth there: flat.
    assertThat(curve.y(11)).isCloseTo(curve.y(13), within(1e-9)).isBetween(9.5, 10.0);
  }

  @Test
  void clippedIsWhatRunsInAPart() {
    Drawing left = corner().ofUnitSize().evenly().clipped((x, y) -> x < 0);
    assertThat(left.strokes()).isEqualTo(1);
    assertThat(left.bounds().left()).isEqualTo(-0.25);
    assertThat(left.bounds().right()).isBetween(-0.02, 0.0);
    assertThat(corner().clipped((x, y) -> y > 100).points()).isZero();
  }
}
