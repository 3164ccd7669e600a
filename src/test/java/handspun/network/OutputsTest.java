package handspun.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import handspun.math.AllKernels;
import handspun.math.Kernels;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OutputsTest {
  private static float[] softmax(float... z) {
    float[] rows = new float[48];
    Arrays.fill(rows, 7);
    System.arraycopy(z, 0, rows, 16, z.length);
    System.arraycopy(z, 0, rows, 32, z.length);
    Outputs.SOFTMAX.activate(Kernels.fastest(), rows, 16, 2, 16, z.length);
    assertThat(Arrays.copyOf(rows, 16)).containsOnly(7);
    assertThat(Arrays.copyOfRange(rows, 16, 32)).isEqualTo(Arrays.copyOfRange(rows, 32, 48));
    assertThat(Arrays.copyOfRange(rows, 16 + z.length, 32)).containsOnly(0.5f);
    return Arrays.copyOfRange(rows, 16, 16 + z.length);
  }

  @Test
  void softmaxIsEachExponentialByTheSumOfAll() {
    // 1, 2 and 5 of 8.
    assertThat(softmax(0, 0.6931472f, 1.609438f))
        .containsExactly(new float[] {0.125f, 0.25f, 0.625f}, within(1e-6f));
    // Only differences count.
    assertThat(softmax(-70, -70 + 0.6931472f, -70 + 1.609438f))
        .containsExactly(new float[] {0.125f, 0.25f, 0.625f}, within(1e-5f));
  }

  @Test
  void softmaxOfLargeInputsIsFinite() {
    assertThat(softmax(3e38f, -3e38f, 0)).containsExactly(new float[] {1, 0, 0}, within(1e-30f));
  }

  @Test
  void softmaxIsNaNWhereAnInputIs() {
    assertThat(softmax(0, Float.NaN, 1)).containsOnly(Float.NaN);
  }

  @Test
  void sigmoidIsEachByItself() {
    for (Kernels kernels : AllKernels.all()) {
      float[] z = new float[32];
      z[16] = 1;
      Outputs.SIGMOID.activate(kernels, z, 16, 1, 16, 10);
      assertThat(z[0]).isZero();
      assertThat(z[16]).isCloseTo(0.7310586f, within(2e-7f));
      assertThat(Arrays.copyOfRange(z, 17, 32)).containsOnly(0.5f);
    }
  }

  @Test
  void evidenceIsZeroForTheAnswerToNoClassAndOneForACertainOne() {
    assertThat(Outputs.SIGMOID.evidence(new float[] {0, 0, 0})).isZero();
    assertThat(Outputs.SIGMOID.evidence(new float[] {0, 1, 0})).isEqualTo(1);
    // 1 - 0.5 * 0.75
    assertThat(Outputs.SIGMOID.evidence(new float[] {0.5f, 0, 0.25f})).isEqualTo(0.625f);
    assertThat(Outputs.SOFTMAX.evidence(new float[] {0.25f, 0.25f, 0.25f, 0.25f})).isZero();
    assertThat(Outputs.SOFTMAX.evidence(new float[] {0, 1, 0})).isEqualTo(1);
    // 1 - 2 sqrt(0.8 * 0.2)
    assertThat(Outputs.SOFTMAX.evidence(new float[] {0.8f, 0.2f})).isCloseTo(0.2f, within(1e-6f));
    assertThat(Outputs.SIGMOID.evidence(new float[] {0.5f, Float.NaN})).isNaN();
    assertThat(Outputs.SOFTMAX.evidence(new float[] {0.5f, Float.NaN})).isNaN();
  }

  @Test
  void evidenceIsWhatTrainingMakesSmallOfImagesOfNoClass() {
    float[] outputs = {0.625f, 0.25f, 0.125f};
    float[] none = {0, 0, 0};
    double sigmoid = new CrossEntropy().of(none, 0, outputs, 0, 3);
    assertThat((double) Outputs.SIGMOID.evidence(outputs))
        .isCloseTo(1 - Math.exp(-sigmoid), within(1e-6));
    float third = Outputs.SOFTMAX.ofNone(3);
    float[] alike = {third, third, third};
    double least = new LogLikelihood().of(alike, 0, alike, 0, 3);
    double softmax = new LogLikelihood().of(alike, 0, outputs, 0, 3);
    assertThat((double) Outputs.SOFTMAX.evidence(outputs))
        .isCloseTo(1 - Math.exp(least - softmax), within(1e-6));
  }
}
