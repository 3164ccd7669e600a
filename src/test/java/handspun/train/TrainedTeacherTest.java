package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.data.Examples;
import handspun.image.Preprocessing;
import handspun.math.Exp;
import handspun.network.Initializer;
import handspun.network.Inputs;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrainedTeacherTest {
  /** One pixel; outputs of 3/4 and 1/4 where it is 0, and of 1/2 each where it is 255. */
  private static final float LOGIT = 1.0986123f;

  private static final Network NETWORK =
      new Network(new Topology(1, 2), new float[] {-LOGIT, LOGIT, LOGIT, -LOGIT});

  private static final Examples EXAMPLES =
      new Examples(1, 1, Inputs.ofPixels(1, new byte[] {0, -1, 0, -1}), new byte[] {0, 1, 1, 0});

  @Test
  void answersAddUpToOneAndAreSofterAtAHigherTemperature() {
    assertThat(1 / (1 + Exp.exp(-LOGIT))).isCloseTo(0.75f, within(1e-6f));
    assertThat(EXAMPLES.taughtBy(new TrainedTeacher(NETWORK, Preprocessing.NONE, 1)).answers())
        .containsExactly(
            new float[] {0.75f, 0.25f, 0.5f, 0.5f, 0.75f, 0.25f, 0.5f, 0.5f}, within(1e-6f));
    // The roots of 3/4 and 1/4 by their sum.
    float softer = (float) (Math.sqrt(3) / (1 + Math.sqrt(3)));
    assertThat(
            Arrays.copyOf(
                EXAMPLES.taughtBy(new TrainedTeacher(NETWORK, Preprocessing.NONE, 2)).answers(), 2))
        .containsExactly(new float[] {softer, 1 - softer}, within(1e-6f));
  }

  @Test
  void aSliceOfTaughtExamplesHasItsAnswers() {
    Examples taught = EXAMPLES.taughtBy(new TrainedTeacher(NETWORK, Preprocessing.NONE, 1));
    assertThat(EXAMPLES.isTaught()).isFalse();
    assertThat(taught.isTaught()).isTrue();
    assertThat(taught.slice(1, 3).answers())
        .isEqualTo(Arrays.copyOfRange(taught.answers(), 2, 6))
        .hasSize(4);
    assertThat(taught.slice(1, 1).isTaught()).isFalse();
    assertThat(EXAMPLES.slice(1, 3).isTaught()).isFalse();
  }

  @Test
  void preparesImagesAsItsOwnModelSays() {
    // A slanted stroke.
    byte[] pixels = new byte[100];
    for (int y = 2; y < 8; y++) {
      pixels[10 * y + 9 - y] = -1;
    }
    Examples slanted = new Examples(10, 10, Inputs.ofPixels(100, pixels), new byte[] {0});
    Network network = Network.random(new Topology(100, 3), Initializer.NORMAL, 1);
    float[] straight = new TrainedTeacher(network, Preprocessing.STRAIGHTEN, 1).answers(slanted);
    Examples prepared = slanted.with(Preprocessing.STRAIGHTEN.apply(slanted.inputs(), 10, 10));
    TrainedTeacher plain = new TrainedTeacher(network, Preprocessing.NONE, 1);
    assertThat(straight).isEqualTo(plain.answers(prepared)).isNotEqualTo(plain.answers(slanted));
  }
}
