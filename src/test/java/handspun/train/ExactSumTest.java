package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import handspun.math.RandomStream;
import org.junit.jupiter.api.Test;

class ExactSumTest {

  @Test
  void theSumIsTheSameInEveryOrderAndGrouping() {
    RandomStream random = new RandomStream(3);
    double[] parts = new double[1000];
    double expected = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i] = 5 * random.nextDouble();
      expected += parts[i];
    }
    ExactSum forwards = new ExactSum();
    ExactSum backwards = new ExactSum();
    ExactSum half = new ExactSum();
    ExactSum grouped = new ExactSum();
    for (int i = 0; i < parts.length; i++) {
      forwards.add(parts[i]);
      backwards.add(parts[parts.length - 1 - i]);
      (i % 2 == 0 ? half : grouped).add(parts[i]);
    }
    grouped.addFixedPoint(half.fixedPoint());
    assertThat(backwards.fixedPoint()).isEqualTo(forwards.fixedPoint());
    assertThat(grouped.fixedPoint()).isEqualTo(forwards.fixedPoint());
    assertThat(forwards.value()).isCloseTo(expected, offset(1e-6));
  }

  @Test
  void aPartThatIsNoNumberIsNeverForgotten() {
    ExactSum sum = new ExactSum();
    sum.add(1);
    sum.add(Double.NaN);
    sum.add(2);
    assertThat(sum.value()).isNaN();
    ExactSum other = new ExactSum();
    other.add(4);
    other.addFixedPoint(sum.fixedPoint());
    other.add(4);
    assertThat(other.value()).isNaN();
    ExactSum infinite = new ExactSum();
    infinite.add(Double.POSITIVE_INFINITY);
    assertThat(infinite.value()).isNaN();
  }
}
