package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TargetsTest {
  @Test
  void areOneAtTheLabelAndOneHalfInThePadding() {
    Targets targets = new Targets(Outputs.SIGMOID, 3, 0, 0);
    assertThat(targets.values()).hasSize(64);
    for (int label = 0; label < 3; label++) {
      for (int o = 0; o < 16; o++) {
        float wanted = o < 3 ? (o == label ? 1 : 0) : 0.5f;
        assertThat(targets.values()[targets.at(label) + o]).isEqualTo(wanted);
      }
    }
  }

  @Test
  void giveAPartOfTheOneToAllOutputsAlike() {
    Targets targets = new Targets(Outputs.SIGMOID, 4, 0.2f, 0);
    float[] two = Arrays.copyOfRange(targets.values(), targets.at(2), targets.at(2) + 5);
    // 0.2 / 4, and 1 - 0.2 + 0.2 / 4 at the label.
    assertThat(two).containsExactly(new float[] {0.05f, 0.05f, 0.85f, 0.05f, 0.5f}, within(1e-7f));
  }

  @Test
  void areBetweenTheLabelsAndATeachersAnswers() {
    Targets targets = new Targets(Outputs.SIGMOID, 2, 0, 2);
    targets.add(1);
    targets.add(0, new float[] {9, 0.5f, 0.25f}, 1, 0.75f);
    assertThat(targets.rows()).containsExactly(1, 3);
    float[] second = Arrays.copyOfRange(targets.values(), targets.at(3), targets.at(3) + 3);
    // 0.25 * 1 + 0.75 * 0.5, 0.75 * 0.25
    assertThat(second).containsExactly(0.625f, 0.1875f, 0.5f);
  }

  @Test
  void wantNoOutputWhereAnExampleIsOfNoClass() {
    Targets targets = new Targets(Outputs.SIGMOID, 3, 0.1f, 2);
    targets.addNone();
    targets.add(1);
    int row = targets.rows()[0] * 16;
    assertThat(Arrays.copyOfRange(targets.values(), row, row + 4)).containsExactly(0, 0, 0, 0.5f);
    assertThat(targets.rows()[1]).isEqualTo(1);
  }

  @Test
  void wantOutputsThatAddUpToOneToBeAlike() {
    Targets targets = new Targets(Outputs.SOFTMAX, 4, 0, 1);
    targets.addNone();
    int row = targets.rows()[0] * 16;
    assertThat(Arrays.copyOfRange(targets.values(), row, row + 5))
        .containsExactly(0.25f, 0.25f, 0.25f, 0.25f, 0.5f);
  }

  @Test
  void haveARowForEachExample() {
    Targets targets = new Targets(Outputs.SIGMOID, 3, 0, 3);
    targets.add(2);
    targets.clear();
    targets.add(1);
    targets.add(0);
    assertThat(targets.rows()).startsWith(1, 0);
  }
}
