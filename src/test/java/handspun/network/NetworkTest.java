package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {
  private static final Topology TWO_THREE_TWO = new Topology(2, 3, 2);

  @Test
  void namesWeightsAndBiasesByTheirUnits() {
    float[] parameters = new float[17];
    for (int t = 0; t < parameters.length; t++) {
      parameters[t] = t;
    }
    Network network = new Network(TWO_THREE_TWO, parameters);
    assertThat(network.weight(1, 0, 2)).isEqualTo(2);
    assertThat(network.weight(1, 1, 0)).isEqualTo(3);
    assertThat(network.bias(1, 2)).isEqualTo(8);
    assertThat(network.weight(2, 2, 1)).isEqualTo(14);
    assertThat(network.bias(2, 0)).isEqualTo(15);
  }

  @Test
  void isOfSigmoidUnitsUnlessToldOtherwise() {
    Network network = Network.random(TWO_THREE_TWO, Initializer.NORMAL, 1);
    assertThat(network.units()).isEqualTo(Units.SIGMOID);
    Network rectified = network.with(new Units(Activation.RELU, Outputs.SOFTMAX));
    assertThat(rectified.units()).hasToString("relu units and softmax outputs");
    assertThat(rectified.parameters()).isEqualTo(network.parameters());
    assertThat(rectified.topology()).isEqualTo(TWO_THREE_TWO);
  }

  @Test
  void cannotBeChangedFromOutside() {
    float[] parameters = new float[17];
    Network network = new Network(TWO_THREE_TWO, parameters);
    parameters[0] = 9;
    network.parameters()[1] = 9;
    assertThat(network.parameters()).containsOnly(0f);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 16, 18})
  void refusesAnyOtherNumberOfParameters(int count) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network(TWO_THREE_TWO, new float[count]))
        .withMessageContaining("2-3-2 has 17")
        .withMessageContaining(count + " are given");
  }

  @Test
  void drawsItsParametersFromTheNormalDistribution() {
    float[] parameters =
        Network.random(new Topology(784, 30, 10), Initializer.NORMAL, 4).parameters();
    double sum = 0;
    double squares = 0;
    for (float parameter : parameters) {
      sum += parameter;
      squares += parameter * parameter;
    }
    int n = parameters.length;
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
  }

  @Test
  void isTheSameForTheSameSeedAlone() {
    Network one = Network.random(TWO_THREE_TWO, Initializer.NORMAL, 1);
    assertThat(Network.random(TWO_THREE_TWO, Initializer.NORMAL, 1).sha256())
        .isEqualTo(one.sha256());
    assertThat(Network.random(TWO_THREE_TWO, Initializer.NORMAL, 2).sha256())
        .isNotEqualTo(one.sha256());
  }

  @Test
  void sumsItsParametersAsLittleEndianSingles() {
    // Python: hashlib.sha256(struct.pack('<4f', 1.0, -2.5, 0.1, 0.0)).hexdigest()
    Network network = new Network(new Topology(3, 1), new float[] {1, -2.5f, 0.1f, 0});
    assertThat(network.sha256())
        .isEqualTo("43cc29c8eb487553a1ef13ffaeec5d4c9f159642a3f43ee14a41857d2199cfbf");
  }

  @Test
  void sumsMinusZeroAsAnotherNetwork() {
    Topology topology = new Topology(1, 1);
    assertThat(new Network(topology, new float[] {0f, 1f}).sha256())
        .isNotEqualTo(new Network(topology, new float[] {-0f, 1f}).sha256());
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void knowsWhetherItIsFinite(float wrong) {
    float[] parameters = new float[17];
    assertThat(new Network(TWO_THREE_TWO, parameters).isFinite()).isTrue();
    parameters[16] = wrong;
    assertThat(new Network(TWO_THREE_TWO, parameters).isFinite()).isFalse();
  }
}
