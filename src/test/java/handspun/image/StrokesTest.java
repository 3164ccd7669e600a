package handspun.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class StrokesTest {
  /** A corner, and a point of its own. */
  private static Strokes corner() {
    return new StrokesBuilder()
        .point(10, 10)
        .point(10, 30)
        .point(20, 30)
        .end()
        .point(14, 12)
        .end()
        .end()
        .build();
  }

  @Test
  void consistOfPoints() {
    assertThat(corner().count()).isEqualTo(2);
    assertThat(corner().points()).isEqualTo(4);
    assertThat(corner().start(1)).isEqualTo(3);
    assertThat(corner().end(1)).isEqualTo(4);
    assertThat(corner().with(corner()).ends()).containsExactly(3, 4, 7, 8);
  }

  @Test
  void ofUnitSizeAreCentredAndKeepTheirProportions() {
    assertThat(corner().ofUnitSize().box()).isEqualTo(new Strokes.Box(-0.25f, -0.5f, 0.25f, 0.5f));
    assertThat(corner().ofUnitSize().box().longerSide()).isEqualTo(1);
  }

  @Test
  void aPointOfUnitSizeIsAPoint() {
    assertThat(new StrokesBuilder().point(3, 4).build().ofUnitSize().box())
        .isEqualTo(new Strokes.Box(0, 0, 0, 0));
  }

  @Test
  void areMappedFromXAndYToXAndY() {
    Strokes mapped = corner().mapped(1, 2, 3, 4);
    assertThat(mapped.x()).containsExactly(30, 70, 80, 38);
    assertThat(mapped.y()).containsExactly(70, 150, 180, 90);
    assertThat(mapped.ends()).containsExactly(3, 4);
  }

  @Test
  void aCurveGoesThroughItsKnotsAndIsSmoothThere() {
    Strokes curve = new StrokesBuilder(1.2).curve(0, 0, 10, 10, 20, 0).build();
    // 14.1 from knot to knot.
    assertThat(curve.points()).isEqualTo(25);
    assertThat(curve.x()[12]).isEqualTo(10);
    assertThat(curve.y()[12]).isEqualTo(10);
    assertThat(curve.y()[11]).isCloseTo(curve.y()[13], within(1e-5f)).isBetween(9.5f, 10f);
  }

  @Test
  void templatesHaveCornersAndStrokes() {
    Strokes seven = Templates.parse("0,0 100,0| 50,100 ; 20,50 80,50", 1);
    assertThat(seven.count()).isEqualTo(2);
    // A point for each unit: 100 across, 112 down, and 60.
    assertThat(seven.end(0)).isEqualTo(213);
    assertThat(seven.points()).isEqualTo(213 + 61);
    assertThat(seven.x()[100]).isEqualTo(100);
    for (int p = 0; p <= 100; p++) {
      assertThat(seven.y()[p]).isZero();
    }
  }
}
