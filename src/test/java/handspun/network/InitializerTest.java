package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.RandomStream;
import org.junit.jupiter.api.Test;

class InitializerTest {
  private static final Topology TOPOLOGY = new Topology(400, 30, 10);

  @Test
  void normalDrawsOneNumberAfterTheOther() {
    RandomStream random = new RandomStream(1, 7);
    for (float parameter : Network.random(TOPOLOGY, Initializer.NORMAL, 7).parameters()) {
      assertThat(parameter).isEqualTo((float) random.nextGaussian());
    }
  }

  @Test
  void scaledDividesTheSameWeightsByTheRootOfTheInputsAndNoBias() {
    Network normal = Network.random(TOPOLOGY, Initializer.NORMAL, 7);
    Network scaled = Network.random(TOPOLOGY, Initializer.SCALED, 7);
    // Of 400 inputs the root is 20.
    assertThat(scaled.weight(1, 399, 29)).isEqualTo(normal.weight(1, 399, 29) / 20, within(1e-7f));
    assertThat(scaled.bias(1, 29)).isEqualTo(normal.bias(1, 29));
    assertThat(scaled.weight(2, 29, 9))
        .isEqualTo((float) (normal.weight(2, 29, 9) / Math.sqrt(30)), within(1e-7f));
    assertThat(scaled.bias(2, 9)).isEqualTo(normal.bias(2, 9));
  }

  @Test
  void xavierIsOfInputsAndUnitsAndHasNoBias() {
    Network normal = Network.random(TOPOLOGY, Initializer.NORMAL, 7);
    Network xavier = Network.random(TOPOLOGY, Initializer.XAVIER, 7);
    assertThat(xavier.weight(1, 399, 29))
        .isEqualTo((float) (normal.weight(1, 399, 29) * Math.sqrt(2.0 / 430)), within(1e-7f));
    for (int unit = 0; unit < 10; unit++) {
      assertThat(Float.floatToRawIntBits(xavier.bias(2, unit))).isZero();
    }
  }

  @Test
  void varianceIsThatOfItsName() {
    assertThat(varianceOfFirstWeights(Initializer.NORMAL)).isEqualTo(1, within(0.05));
    assertThat(varianceOfFirstWeights(Initializer.SCALED)).isEqualTo(1.0 / 400, within(0.05 / 400));
    assertThat(varianceOfFirstWeights(Initializer.XAVIER)).isEqualTo(2.0 / 430, within(0.1 / 430));
  }

  private static double varianceOfFirstWeights(Initializer initializer) {
    float[] parameters = Network.random(TOPOLOGY, initializer, 3).parameters();
    double sum = 0;
    for (int t = 0; t < TOPOLOGY.biasesAt(1); t++) {
      sum += parameters[t] * parameters[t];
    }
    return sum / TOPOLOGY.biasesAt(1);
  }
}
