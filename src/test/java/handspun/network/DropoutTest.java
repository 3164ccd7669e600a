package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final int UNITS = 1000;

  private final Layout layout = new Layout(new Topology(4, UNITS, UNITS, 2));
  private final int stride = layout.stride(1);
  private final Dropout dropout = dropout(1);

  private Dropout dropout(long seed) {
    return new Dropout(
        layout, new HiddenUnits.AsTheyAre(Activation.RELU, Kernels.fastest()), 0.25f, seed, 3);
  }

  /** Of two examples, from the second row on, all of whose units are 3. */
  private float[] activations(Dropout of, int layer, int epoch, int... examples) {
    float[] a = new float[3 * stride];
    Arrays.fill(a, 3);
    of.begin(epoch, examples);
    of.activate(layer, a, stride, 2 * stride);
    return a;
  }

  private float[] row(float[] a, int row) {
    return Arrays.copyOfRange(a, row * stride, row * stride + UNITS);
  }

  @Test
  void leavesOutItsPartAndMakesUpForIt() {
    float[] a = activations(dropout, 1, 1, 7, 8);
    assertThat(row(a, 0)).containsOnly(3);
    for (int e = 1; e <= 2; e++) {
      assertThat(row(a, e)).containsOnly(0, 4);
      double mean = 0;
      for (float one : row(a, e)) {
        mean += one / UNITS;
      }
      // Four standard deviations.
      assertThat(mean).isCloseTo(3, within(0.22));
    }
  }

  @Test
  void isAnotherForEachSeedEpochExampleAndLayerAndTheSameForTheSame() {
    float[] a = row(activations(dropout, 1, 1, 7, 8), 1);
    assertThat(row(activations(dropout(1), 1, 1, 9, 7), 2)).isEqualTo(a);
    assertThat(row(activations(dropout(2), 1, 1, 7, 8), 1)).isNotEqualTo(a);
    assertThat(row(activations(dropout, 1, 2, 7, 8), 1)).isNotEqualTo(a);
    assertThat(row(activations(dropout, 1, 1, 8, 7), 1)).isNotEqualTo(a);
    assertThat(row(activations(dropout, 2, 1, 7, 8), 1)).isNotEqualTo(a);
  }

  @Test
  void errorsComeBackThroughTheUnitsThatWereThere() {
    float[] a = activations(dropout, 1, 1, 7, 8);
    float[] deltas = new float[a.length];
    Arrays.fill(deltas, 0.75f);
    dropout.errors(1, a, deltas, stride, 2 * stride);
    for (int t = stride; t < 3 * stride; t++) {
      assertThat(deltas[t]).isEqualTo(t % stride < UNITS && a[t] > 0 ? 1 : 0);
    }
    assertThat(row(deltas, 0)).containsOnly(0.75f);
  }
}
