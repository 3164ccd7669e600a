package handspun.drawings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.image.Strokes;
import handspun.image.StrokesBuilder;
import handspun.math.RandomStream;
import org.junit.jupiter.api.Test;

class TremblingHandTest {
  /** A corner, and a point of its own. */
  private static Strokes corner() {
    float[] x = {-0.25f, -0.25f, 0.25f, -0.05f};
    float[] y = {-0.5f, 0.5f, 0.5f, -0.4f};
    return new Strokes(x, y, new int[] {3, 4});
  }

  @Test
  void pointsBecomeEvenAndEndsStay() {
    Strokes even = TremblingHand.evenly(corner());
    assertThat(even.count()).isEqualTo(2);
    // 1.5 long, 0.02 apart.
    assertThat(even.end(0)).isEqualTo(76);
    assertThat(even.points()).isEqualTo(77);
    assertThat(even.x()[75]).isEqualTo(0.25f);
    assertThat(even.y()[75]).isEqualTo(0.5f);
    for (int p = 1; p < 76; p++) {
      double right = even.x()[p] - even.x()[p - 1];
      double down = even.y()[p] - even.y()[p - 1];
      assertThat(Math.sqrt(right * right + down * down)).isCloseTo(0.02, within(1e-6));
    }
  }

  @Test
  void whereThePenRestsNothingIsAdded() {
    Strokes resting =
        new StrokesBuilder().point(0, 0).point(0, 0).point(0, 1).point(0, 1).end().build();
    Strokes even = TremblingHand.evenly(resting);
    assertThat(even.points()).isEqualTo(51);
    assertThat(even.x()).containsOnly(0);
    assertThat(even.y()).doesNotHaveDuplicates().endsWith(1);
  }

  @Test
  void tremblesALittle() {
    Strokes even = TremblingHand.evenly(corner());
    Strokes trembling = TremblingHand.draw(corner(), new RandomStream(1));
    double most = 0;
    double sum = 0;
    for (int p = 0; p < even.points(); p++) {
      double stray = Math.abs(trembling.x()[p] - even.x()[p]);
      most = Math.max(most, stray);
      sum += stray;
    }
    assertThat(most).isBetween(0.002, 0.02);
    assertThat(sum / even.points()).isBetween(0.001, 0.006);
  }

  @Test
  void slantedToTheRightItsTopGoesRight() {
    Cell slanted = Cell.ALL.stream().filter(cell -> cell.slant() == 30).findAny().orElseThrow();
    Strokes drawn = slanted.arrange(new StrokesBuilder().point(0, -0.5).point(0, 0.5).build());
    double right = drawn.x()[0] - drawn.x()[1];
    double up = drawn.y()[1] - drawn.y()[0];
    assertThat(right / up).isCloseTo(Math.tan(Math.PI / 6), within(1e-6));
  }

  @Test
  void aPartIsWhatRunsInIt() {
    Strokes left = DigitPart.LEFT.of(TremblingHand.evenly(corner()));
    assertThat(left.count()).isEqualTo(1);
    assertThat(left.box().left()).isEqualTo(-0.25f);
    assertThat(left.box().right()).isBetween(-0.1f, -0.08f);
    assertThat(DigitPart.UPPER_HALF.of(corner().moved(0, 2)).points()).isZero();
  }
}
