package handspun.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NesterovTest {
  private final SteppedModel model = new SteppedModel(new Nesterov(0.5f), 1, 2);

  @Test
  void goesAheadByThePartOfTheStepThatTheNextOneKeeps() {
    // v = 4, and w = 1 + 1.5 * 4; v = -8, and w = 2 - 1.5 * 8
    assertThat(model.step(1, 4, -8)).containsExactly(1 + 6, 2 - 12);
    // v = 0.5 * 4 + 1 = 3, w = 7 - 0.5 * 4 + 1.5 * 3; v = 0.5 * -8, w = -10 + 4 - 1.5 * 4
    assertThat(model.step(1, 1, 0)).containsExactly(9.5f, -12);
    assertThat(model.memory(0)).containsExactly(3, -4);
  }

  /** Where it is, w - mu v is where momentum would be, whose gradient is taken ahead. */
  @Test
  void isMomentumWithTheGradientTakenAhead() {
    float[] here = {1, 2};
    float[] v = {0, 0};
    for (int t = 1; t <= 5; t++) {
      float[] ahead = model.step(1, t, -t);
      for (int i = 0; i < 2; i++) {
        v[i] = 0.5f * v[i] + (i == 0 ? t : -t);
        here[i] += v[i];
        assertThat(ahead[i]).isEqualTo(here[i] + 0.5f * v[i]);
      }
    }
  }
}
