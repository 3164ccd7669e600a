package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.UsageException;
import handspun.math.Kernels;
import handspun.math.Share;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
  private static final Topology TOPOLOGY = new Topology(5, 17, 3, 40, 10);

  private final Layout layout = new Layout(TOPOLOGY);
  private final float[] parameters = Network.random(TOPOLOGY, Initializer.NORMAL, 3).parameters();

  @ParameterizedTest
  @ValueSource(
      strings = {"784,16,16,10", "784,800,10", "1,1", "5,17,3,16,10", "2,100,207,1", "3,256,512,2"})
  void givesBackTheParametersItWasGiven(String layers) {
    Topology topology = Topology.parse(layers);
    Layout any = new Layout(topology);
    float[] given = Network.random(topology, Initializer.NORMAL, 3).parameters();
    assertThat(any.toParameters(any.toWorking(given))).isEqualTo(given);
  }

  @Test
  void putsEveryWeightAndBiasIntoItsRow() {
    Network network = new Network(TOPOLOGY, parameters);
    float[] w = layout.toWorking(parameters);
    for (int l = 1; l < TOPOLOGY.layers(); l++) {
      assertThat(layout.stride(l)).isEqualTo(Kernels.padded(TOPOLOGY.size(l)));
      for (int o = 0; o < TOPOLOGY.size(l); o++) {
        for (int i = 0; i < TOPOLOGY.size(l - 1); i++) {
          assertThat(w[layout.weight(l, i, o)]).isEqualTo(network.weight(l, i, o));
        }
        assertThat(w[layout.biasesAt(l) + o]).isEqualTo(network.bias(l, o));
      }
    }
  }

  @Test
  void padsRowsWithZeros() {
    float[] w = layout.toWorking(parameters);
    int notZero = 0;
    for (float number : w) {
      notZero += number == 0 ? 0 : 1;
    }
    int transposed = 17 * 3 + 3 * 40 + 40 * 10;
    assertThat(notZero).isEqualTo(TOPOLOGY.parameterCount() + transposed);
  }

  @Test
  void keepsRowsOfPowersOfTwoApart() {
    Layout crowded = new Layout(new Topology(3, 256, 250, 512, 128));
    assertThat(crowded.stride(1)).isEqualTo(272);
    assertThat(crowded.stride(2)).isEqualTo(272);
    assertThat(crowded.stride(3)).isEqualTo(528);
    assertThat(crowded.stride(4)).isEqualTo(128);
  }

  @Test
  void keepsARowOfZerosAsLongAsTheWidest() {
    float[] w = layout.toWorking(parameters);
    assertThat(Arrays.copyOfRange(w, layout.zerosAt(), layout.zerosAt() + 48)).containsOnly(0f);
    assertThat(layout.transposed(2).weights()).isEqualTo(layout.zerosAt() + 48);
  }

  @Test
  void beginsEveryRowWhereALineOfTheCacheBegins() {
    // The first element is 16 bytes, 4 numbers, behind such a place.
    List<Integer> places =
        List.of(
            layout.first().weights(),
            layout.biasesAt(1),
            layout.panels(2).weights(),
            layout.biasesAt(4),
            layout.zerosAt(),
            layout.transposed(2).weights(),
            layout.transposed(4).weights());
    assertThat(places).allMatch(place -> (place + 4) % 16 == 0);
  }

  @Test
  void keepsATransposedCopyOfEveryLayerButTheFirst() {
    assertTransposed(layout.toWorking(parameters));
  }

  @Test
  void refreshesTheTransposedCopyShareByShare() {
    for (int parts : new int[] {1, 2, 3, 8, 40}) {
      float[] w = layout.toWorking(parameters);
      for (int t = layout.first().weights(); t < layout.gradientLength(); t++) {
        w[t] *= 2;
      }
      float[] stale = w.clone();
      for (int part = 0; part < parts; part++) {
        layout.refreshTransposed(w, new Share(part, parts), Kernels.fastest());
      }
      assertTransposed(w);
      assertThat(w).isNotEqualTo(stale);
      assertThat(Arrays.copyOf(w, layout.transposed(2).weights()))
          .isEqualTo(Arrays.copyOf(stale, layout.transposed(2).weights()));
    }
  }

  @Test
  void refreshesNoMoreThanTheShare() {
    float[] w = layout.toWorking(parameters);
    for (int t = layout.first().weights(); t < layout.gradientLength(); t++) {
      w[t] *= 2;
    }
    Share half = new Share(1, 2);
    layout.refreshTransposed(w, half, Kernels.fastest());
    for (int l = 2; l < TOPOLOGY.layers(); l++) {
      int inputs = TOPOLOGY.size(l - 1);
      for (int row = 0; row < layout.rows(l); row++) {
        float now = w[layout.row(l, row)];
        float copy = w[layout.transposed(l).weight(row / inputs * Kernels.ROW, row % inputs)];
        assertThat(copy).isEqualTo(row < layout.firstRow(l, half) ? now / 2 : now);
      }
    }
  }

  private void assertTransposed(float[] w) {
    int notZero = 0;
    for (int l = 2; l < TOPOLOGY.layers(); l++) {
      for (int i = 0; i < TOPOLOGY.size(l - 1); i++) {
        for (int o = 0; o < TOPOLOGY.size(l); o++) {
          float weight = w[layout.weight(l, i, o)];
          assertThat(w[layout.transposed(l).weight(o, i)]).isEqualTo(weight);
          notZero += weight == 0 ? 0 : 1;
        }
      }
    }
    assertThat(notZero).isEqualTo(17 * 3 + 3 * 40 + 40 * 10);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 30})
  void sharesCoverEveryRowOnce(int parts) {
    for (int l = 1; l < TOPOLOGY.layers(); l++) {
      int next = 0;
      for (int part = 0; part < parts; part++) {
        Share share = new Share(part, parts);
        assertThat(layout.firstRow(l, share)).isEqualTo(next);
        next = layout.lastRow(l, share);
      }
      assertThat(next).isEqualTo(layout.rows(l) + 1);
    }
    int input = 0;
    for (int part = 0; part < parts; part++) {
      Share share = new Share(part, parts);
      assertThat(layout.firstInput(share)).isEqualTo(input);
      input = layout.lastInput(share);
    }
    assertThat(input).isEqualTo(TOPOLOGY.inputs());
  }

  @Test
  void aGradientEndsBehindTheLastBiases() {
    assertThat(layout.gradientLength()).isEqualTo(layout.biasesAt(4) + 16);
    assertThat(layout.toParameters(new float[layout.gradientLength()])).containsOnly(0f);
  }

  @Test
  void refusesWhatKernelsCannotAddress() {
    // A row has at least 16 numbers.
    Topology large = new Topology(70_000_000, 1);
    assertThatThrownBy(() -> new Layout(large))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("70000000-1")
        .hasMessageContaining("1,073,741,824");
  }

  @Test
  void overwritesAWorkingVector() {
    float[] w = layout.toWorking(Network.random(TOPOLOGY, Initializer.NORMAL, 4).parameters());
    layout.toWorking(parameters, w);
    assertThat(w).isEqualTo(layout.toWorking(parameters));
  }

  @Test
  void aLayerBeginsWhereTheOneBeforeEnds() {
    Layout crowded = new Layout(new Topology(50, 256, 256, 256, 10));
    for (int l = 2; l <= 4; l++) {
      assertThat(crowded.from(l, Share.WHOLE)).isEqualTo(crowded.to(l - 1, Share.WHOLE));
    }
    assertThat(crowded.to(4, Share.WHOLE)).isEqualTo(crowded.gradientLength());
  }
}
