package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Small numbers that binary fractions hold exactly, so that every result is exact. */
class ScalarKernelsTest {
  /** Stands where nothing may be written. */
  private static final float GUARD = -77f;

  private final Kernels kernels = new ScalarKernels();

  @Test
  void affineAddsWeightedInputsToTheBiases() {
    // Two inputs, three units: rows (1 2 3) and (4 5 6), biases (0.5 -0.5 0), behind one number.
    float[] p = {GUARD, 1, 2, 3, 4, 5, 6, 0.5f, -0.5f, 0};
    float[] x = {GUARD, 2, -1};
    float[] z = filled(5);
    kernels.affine(p, 1, 7, 2, 3, x, 1, z, 1);
    // 2*1-4+0.5, 2*2-5-0.5, 2*3-6
    assertThat(z).containsExactly(GUARD, -1.5f, -1.5f, 0, GUARD);
  }

  @Test
  void affineMayWriteBehindItsInputs() {
    float[] p = {3, 1};
    float[] both = {2, GUARD};
    kernels.affine(p, 0, 1, 1, 1, both, 0, both, 1);
    assertThat(both).containsExactly(2, 7);
  }

  @Test
  void affineSparseEqualsAffineOnTheSameImage() {
    float[] p = new float[5 * 3 + 3];
    RandomStream random = new RandomStream(1);
    for (int t = 0; t < p.length; t++) {
      p[t] = (float) random.nextGaussian();
    }
    float[] dense = {0, 200 / 255f, 0, 1, 3 / 255f};
    short[] index = {99, 1, 3, 4, 99};
    byte[] value = {99, (byte) 200, (byte) 255, 3, 99};
    float[] expected = filled(3);
    kernels.affine(p, 0, 15, 5, 3, dense, 0, expected, 0);
    float[] z = filled(5);
    kernels.affineSparse(p, 0, 15, 3, index, value, 1, 4, z, 1);
    assertThat(Arrays.copyOfRange(z, 1, 4)).containsExactly(expected);
    assertThat(z[0]).isEqualTo(GUARD);
    assertThat(z[4]).isEqualTo(GUARD);
  }

  @Test
  void affineSparseReadsPixelIndicesAsUnsigned() {
    float[] p = new float[40_001 + 1];
    p[40_000] = 7;
    p[40_001] = 1;
    float[] z = new float[1];
    kernels.affineSparse(
        p, 0, 40_001, 1, new short[] {(short) 40_000}, new byte[] {-1}, 0, 1, z, 0);
    assertThat(z[0]).isEqualTo(8);
  }

  @Test
  void sigmoidIsTheLogisticFunctionInPlace() {
    float[] z = {GUARD, 0, 1, -1, 5, GUARD};
    kernels.sigmoid(z, 1, 4);
    assertThat(z[0]).isEqualTo(GUARD);
    assertThat(z[1]).isEqualTo(0.5f);
    assertThat(z[2]).isCloseTo(0.7310586f, within(2e-7f));
    assertThat(z[3]).isCloseTo(0.2689414f, within(2e-7f));
    assertThat(z[4]).isCloseTo(0.9933072f, within(2e-7f));
    assertThat(z[5]).isEqualTo(GUARD);
  }

  @Test
  void sigmoidSaturatesWithoutLeavingZeroToOne() {
    float[] z = {100, 1e30f, Float.POSITIVE_INFINITY, -100, -1e30f, Float.NEGATIVE_INFINITY};
    kernels.sigmoid(z, 0, 6);
    assertThat(Arrays.copyOf(z, 3)).containsOnly(1f);
    for (int o = 3; o < 6; o++) {
      assertThat(z[o]).isBetween(0f, 1e-38f);
    }
  }

  @Test
  void sigmoidKeepsNaN() {
    float[] z = {Float.NaN};
    kernels.sigmoid(z, 0, 1);
    assertThat(z[0]).isNaN();
  }

  @Test
  void transposedTimesWeighsTheErrorsOfAllUnits() {
    float[] p = {GUARD, 1, 2, 3, 4, 5, 6};
    float[] delta = {GUARD, 1, -1, 0.5f};
    float[] back = filled(4);
    kernels.transposedTimes(p, 1, 2, 3, delta, 1, back, 1);
    // 1-2+1.5, 4-5+3
    assertThat(back).containsExactly(GUARD, 0.5f, 2, GUARD);
  }

  @Test
  void addOuterAddsTheChosenRowsOnly() {
    float[] x = {GUARD, 2, 3, 4};
    float[] delta = {GUARD, 0.5f, -1};
    float[] target = {GUARD, 1, 1, 1, 1, 1, 1, GUARD};
    kernels.addOuter(x, 1, 1, 3, delta, 1, 2, target, 1);
    assertThat(target).containsExactly(GUARD, 1, 1, 2.5f, -2, 3, -3, GUARD);
  }

  @Test
  void addOuterSparseAddsTheRowsOfTheChosenPixelsOnly() {
    short[] index = {0, 2, 3};
    byte[] value = {-1, -1, -1};
    float[] target = {GUARD, 1, 1, 1, 1, 1, 1, 1, 1, GUARD};
    kernels.addOuterSparse(index, value, 0, 2, new float[] {GUARD, 0.5f, -1}, 1, 2, target, 1);
    assertThat(target).containsExactly(GUARD, 1.5f, 0, 1, 1, 1.5f, 0, 1, 1, GUARD);
  }

  @Test
  void addAddsARange() {
    float[] target = {1, 1, 1, 1};
    kernels.add(new float[] {GUARD, 2, 3, GUARD}, 1, target, 2, 2);
    assertThat(target).containsExactly(1, 1, 3, 4);
  }

  @Test
  void addScaledRoundsOnceAsAFusedMultiplyAdd() {
    // (1 + 2^-12)^2 - 1 is 2^-11 + 2^-24; a product that is rounded first would lose the 2^-24.
    float scale = 1 + 0x1p-12f;
    float[] target = {5, -1, 5};
    kernels.addScaled(scale, new float[] {GUARD, scale, GUARD}, target, 1, 1);
    assertThat(target).containsExactly(5, 0x1p-11f + 0x1p-24f, 5);
  }

  private static float[] filled(int length) {
    float[] numbers = new float[length];
    Arrays.fill(numbers, GUARD);
    return numbers;
  }
}
