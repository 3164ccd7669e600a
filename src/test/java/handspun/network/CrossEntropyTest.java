package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.AllKernels;
import handspun.math.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrossEntropyTest {
  private final Cost cost = new CrossEntropy();

  static java.util.List<Kernels> all() {
    return AllKernels.all();
  }

  private static float[] y(int outputs, int label) {
    float[] y = new float[outputs];
    y[label] = 1;
    return y;
  }

  @Test
  void isTheSumOfTheLogarithmsOfWhatWasRight() {
    float[] outputs = {9, 0.5f, 0.25f, 0.75f, 9};
    // -ln 0.5 - ln 0.75 - ln 0.75 and -ln 0.5 - ln 0.75 - ln 0.25
    assertThat(cost.of(y(3, 2), 0, outputs, 1, 3)).isCloseTo(1.2685113254635072, within(1e-12));
    assertThat(cost.of(y(3, 0), 0, outputs, 1, 3)).isCloseTo(2.3671236141316165, within(1e-12));
  }

  @Test
  void isZeroWhereAllIsRight() {
    assertThat(cost.of(y(3, 1), 0, new float[] {0, 1, 0}, 0, 3)).isEqualTo(0);
  }

  @Test
  void hasAnEndWhereAllOfManyIsWrong() {
    float[] outputs = new float[1000];
    Arrays.fill(outputs, 1);
    // Of 999 outputs ln 2^-25 each, and 0 of the right one.
    assertThat(cost.of(y(1000, 0), 0, outputs, 0, 1000))
        .isCloseTo(999 * 17.328679513998632, within(1e-7));
  }

  @Test
  void isNaNWhereAnOutputIs() {
    assertThat(cost.of(y(2, 0), 0, new float[] {0.5f, Float.NaN}, 0, 2)).isNaN();
  }

  @ParameterizedTest
  @MethodSource("all")
  void errorsAndCostsOfManyAreThoseOfEach(Kernels kernels) {
    int stride = Kernels.padded(3);
    float[] a = new float[3 * stride];
    Arrays.fill(a, 0.5f);
    System.arraycopy(new float[] {0.125f, 0.5f, 0.75f}, 0, a, stride, 3);
    System.arraycopy(new float[] {1, 0, 0.25f}, 0, a, 2 * stride, 3);
    float[] deltas = new float[a.length];
    int[] labels = {2, 0};
    Targets targets = new Targets(Outputs.SIGMOID, 3, 0, 2);
    Arrays.stream(labels).forEach(targets::add);
    long sum = cost.errors(3, kernels).compute(a, stride, targets, 2, -4, deltas);
    double expected = cost.of(y(3, 2), 0, a, stride, 3) + cost.of(y(3, 0), 0, a, 2 * stride, 3);
    assertThat(sum * Cost.UNIT).isCloseTo(expected, within(2 * Cost.UNIT));
    for (int e = 0; e < 2; e++) {
      for (int o = 0; o < 3; o++) {
        int at = (e + 1) * stride + o;
        assertThat(deltas[at]).isEqualTo(cost.delta(a[at], o == labels[e] ? 1 : 0) * -4);
      }
    }
  }
}
