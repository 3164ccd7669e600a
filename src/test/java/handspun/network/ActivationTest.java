package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.AllKernels;
import handspun.math.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ActivationTest {
  private static final float STEP = 0x1p-8f;

  private static float[] activations(Activation activation, Kernels kernels, float... z) {
    float[] a = Arrays.copyOf(z, Kernels.padded(z.length));
    activation.activate(kernels, a, 0, a.length);
    return Arrays.copyOf(a, z.length);
  }

  @Test
  void areTheirFormulas() {
    for (Kernels kernels : AllKernels.all()) {
      assertThat(activations(Activation.RELU, kernels, -3, -0.5f, 0, 0.25f, 7))
          .containsExactly(0, 0, 0, 0.25f, 7);
      assertThat(activations(Activation.TANH, kernels, 0, 1, -2))
          .containsExactly(new float[] {0, 0.7615942f, -0.9640276f}, within(2e-7f));
      // 1 / (1 + e^-1) and 1 / (1 + e^2)
      assertThat(activations(Activation.SIGMOID, kernels, 0, 1, -2))
          .containsExactly(new float[] {0.5f, 0.7310586f, 0.1192029f}, within(2e-7f));
    }
  }

  @ParameterizedTest
  @EnumSource
  void errorsAreTimesTheDerivativeAsDifferencesShowIt(Activation activation) {
    // Away from 0, where the rectifier has no derivative.
    float[] z = new float[2 * Kernels.ROW];
    float[] above = z.clone();
    float[] below = z.clone();
    for (int t = 0; t < z.length; t++) {
      z[t] = (t - 15.5f) / 4;
      above[t] = z[t] + STEP;
      below[t] = z[t] - STEP;
    }
    for (Kernels kernels : AllKernels.all()) {
      float[] a = activations(activation, kernels, z);
      float[] higher = activations(activation, kernels, above);
      float[] lower = activations(activation, kernels, below);
      float[] deltas = new float[z.length];
      Arrays.fill(deltas, -3);
      activation.errors(kernels, a, deltas, 0, deltas.length);
      for (int t = 0; t < z.length; t++) {
        float slope = (higher[t] - lower[t]) / (2 * STEP);
        assertThat(deltas[t]).as("z = %s", z[t]).isCloseTo(-3 * slope, within(1e-4f));
      }
    }
  }

  @Test
  void haveTheNamesThatPeopleWrite() {
    assertThat(Activation.values())
        .extracting(String::valueOf)
        .containsExactly("sigmoid", "tanh", "relu");
  }
}
