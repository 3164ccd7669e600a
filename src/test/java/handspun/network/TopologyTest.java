package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyTest {
  @Test
  void laysWeightsAndBiasesOutLayerByLayer() {
    Topology topology = new Topology(784, 16, 12, 10);
    assertThat(topology.layers()).isEqualTo(4);
    assertThat(topology.inputs()).isEqualTo(784);
    assertThat(topology.outputs()).isEqualTo(10);
    assertThat(topology.weightsAt(1)).isZero();
    assertThat(topology.biasesAt(1)).isEqualTo(784 * 16);
    assertThat(topology.weightsAt(2)).isEqualTo(785 * 16);
    assertThat(topology.biasesAt(2)).isEqualTo(785 * 16 + 16 * 12);
    assertThat(topology.weightsAt(3)).isEqualTo(785 * 16 + 17 * 12);
    assertThat(topology.biasesAt(3)).isEqualTo(785 * 16 + 17 * 12 + 12 * 10);
    assertThat(topology.parameterCount()).isEqualTo(785 * 16 + 17 * 12 + 13 * 10);
  }

  @Test
  void laysActivationsOutLayerByLayerWithoutTheInput() {
    Topology topology = new Topology(784, 16, 12, 10);
    assertThat(topology.unitsAt(1)).isZero();
    assertThat(topology.unitsAt(2)).isEqualTo(16);
    assertThat(topology.unitsAt(3)).isEqualTo(28);
    assertThat(topology.units()).isEqualTo(38);
  }

  @Test
  void readsWhatPeopleWrite() {
    assertThat(Topology.parse("784,16,16,10")).isEqualTo(new Topology(784, 16, 16, 10));
    assertThat(Topology.parse(" 784, 10 ")).isEqualTo(new Topology(784, 10));
    assertThat(Topology.parse("784,30,10")).hasToString("784-30-10");
  }

  @Test
  void isEqualToTheSameSizesOnly() {
    assertThat(new Topology(2, 3, 2))
        .isEqualTo(new Topology(2, 3, 2))
        .hasSameHashCodeAs(new Topology(2, 3, 2))
        .isNotEqualTo(new Topology(2, 2, 3));
  }

  @Test
  void cannotBeChangedFromOutside() {
    int[] sizes = {4, 3, 2};
    Topology topology = new Topology(sizes);
    sizes[0] = 99;
    topology.sizes()[1] = 99;
    assertThat(topology.sizes()).containsExactly(4, 3, 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "784,", ",10", "784,,10", "784-16-10", "784,ten", "784,1.5,10", "9e9"})
  void refusesATextThatIsNotWholeNumbersSeparatedByCommas(String text) {
    assertThatThrownBy(() -> Topology.parse(text))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"" + text + "\"")
        .hasMessageContaining("784,16,16,10");
  }

  @Test
  void refusesANetworkOfOneLayer() {
    assertThatThrownBy(() -> Topology.parse("784"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("at least 2")
        .hasMessageContaining("names 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -3})
  void refusesALayerWithoutUnits(int size) {
    assertThatThrownBy(() -> new Topology(784, size, 10))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Layer 2 of 784-" + size + "-10 has " + size);
  }

  @Test
  void refusesMoreParametersThanAVectorHolds() {
    assertThatThrownBy(() -> new Topology(100_000, 100_000, 10))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("100000-100000-10")
        .hasMessageContaining("choose smaller layers");
  }
}
