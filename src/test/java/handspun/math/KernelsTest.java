package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel by hand, in every implementation. Numbers that binary fractions hold exactly, so
 * that every result is exact.
 */
class KernelsTest {
  /** Stands where nothing may be written. */
  private static final float GUARD = -77f;

  /** Beyond this whole number a float has no odd ones: adding 1 is lost. */
  private static final float LARGE = 0x1p24f;

  private static final int[] NO_CUTS = {};

  static List<Kernels> all() {
    return AllKernels.all();
  }

  @ParameterizedTest
  @CsvSource({"1, 16", "10, 16", "16, 16", "17, 32", "100, 112", "512, 512"})
  void rowsAreMultiplesOfTheWidestVector(int units, int expected) {
    assertThat(Kernels.padded(units)).isEqualTo(expected);
  }

  @Test
  void everyImplementationIsThere() {
    assertThat(AllKernels.scalar().description()).isEqualTo("scalar");
    assertThat(AllKernels.vectors())
        .extracting(kernels -> kernels.description().replaceAll(" \\(slow.*", ""))
        .containsExactly(
            "Vector API, 128 bit, 16 registers",
            "Vector API, 128 bit, 32 registers",
            "Vector API, 256 bit, 16 registers",
            "Vector API, 256 bit, 32 registers",
            "Vector API, 512 bit, 16 registers",
            "Vector API, 512 bit, 32 registers");
  }

  @ParameterizedTest
  @MethodSource("all")
  void decodeGivesThePlaceOfAPixelsWeightsAndItsBrightness(Kernels kernels) {
    // Pixel 0, pixels 5 and 6, and behind 593 of background pixel 600; then another image.
    byte[] image = {
      9, 5, 0, 0, 1, 4, 2, (byte) 255, 0, (byte) 255, 0, 83, 1, 1, 51, (byte) 128, (byte) 255, 9, 9
    };
    byte[] data = Arrays.copyOf(image, 17 + Kernels.ROW);
    int[] rows = new int[1 + 4 + Kernels.ROW];
    float[] x = new float[rows.length];
    assertThat(kernels.decode(data, 1, 17, 100, 48, rows, x, 1)).isEqualTo(5);
    assertThat(rows).startsWith(0, 100, 340, 388, 28_900);
    assertThat(x).startsWith(0f, 1 / 255f, 0.2f, 128 / 255f, 1f);
  }

  /** At every 32nd of a pixel, and beyond the edges. */
  @ParameterizedTest
  @MethodSource("all")
  void interpolateLooksUpBetweenFourPixels(Kernels kernels) {
    byte[] pixels = {0, 10, (byte) 255, 9, 77, (byte) 200, 1, 9, 100, 0, (byte) 255, 9};
    int across = 96;
    float[] x = new float[96 * 80];
    float[] y = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i % across / 32f - 0.5f;
      int row = i / across;
      y[i] = row / 32f - 0.25f;
    }
    int[] brightness = new int[x.length];
    kernels.interpolate(pixels, 4, x, y, 2, 1, brightness);
    for (int i = 0; i < x.length; i++) {
      double inX = Math.max(0, Math.min(2, x[i]));
      double inY = Math.max(0, Math.min(1, y[i]));
      int left = (int) inX;
      int top = (int) inY;
      double exact = 0;
      for (int corner = 0; corner < 4; corner++) {
        int atX = left + corner % 2;
        int atY = top + corner / 2;
        double weight = (1 - Math.abs(inX - atX)) * (1 - Math.abs(inY - atY));
        exact += weight * (pixels[4 * atY + atX] & 0xff);
      }
      assertThat(brightness[i]).isEqualTo((int) Math.floor(exact + 0.5));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void interpolateRoundsPlacesToEightBits(Kernels kernels) {
    float[] x = new float[Kernels.ROW];
    x[1] = 1 / 512f + 1e-5f;
    x[2] = 1 / 512f - 1e-5f;
    x[3] = 0.99999f;
    int[] brightness = new int[x.length];
    kernels.interpolate(
        new byte[] {0, (byte) 255, 0, 0, 0, 0}, 3, x, new float[x.length], 1, 0, brightness);
    assertThat(brightness).startsWith(0, 1, 0, 255);
  }

  @ParameterizedTest
  @MethodSource("all")
  void decodeGivesNothingForABlankImage(Kernels kernels) {
    int[] rows = new int[Kernels.ROW];
    float[] x = new float[Kernels.ROW];
    assertThat(kernels.decode(new byte[2 + Kernels.ROW], 0, 2, 100, 48, rows, x, 0)).isZero();
  }

  @ParameterizedTest
  @MethodSource("all")
  void decodeRoundsTheQuotientOfEveryValueRightly(Kernels kernels) {
    // 16 runs of 16 pixels, one after the other.
    byte[] data = new byte[2 + 2 * 16 + 256 + Kernels.ROW];
    data[0] = 16;
    for (int run = 0; run < 16; run++) {
      data[2 + 2 * run + 1] = 16;
    }
    for (int v = 0; v < 256; v++) {
      data[34 + v] = (byte) v;
    }
    int[] rows = new int[256 + Kernels.ROW];
    float[] x = new float[256 + Kernels.ROW];
    assertThat(kernels.decode(data, 0, 34 + 256, 0, 16, rows, x, 0)).isEqualTo(256);
    for (int v = 0; v < 256; v++) {
      assertThat(x[v]).isEqualTo((float) (v / 255.0)).isEqualTo(Brightness.of((byte) v));
      assertThat(rows[v]).isEqualTo(16 * v);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void affineSparseAddsTheWeightsOfInkedPixelsToTheBiases(Kernels kernels) {
    // Biases, then rows of three pixels; the second image has no ink.
    float[] p = join(GUARD, row(0.5f, -0.5f, 0), row(1, 2, 3), row(4, 5, 6), row(7, 8, 9), GUARD);
    int[] rows = {33, 17, 49};
    float[] x = {2, -1, 3};
    float[] z = filled(2 + 3 * 16);
    kernels.affineSparse(
        p, layer(17, 1, 3, 16), new int[] {0, 2, 2, 3}, NO_CUTS, 1, rows, x, 3, z, 1);
    // Image 0: 2*4-1+0.5, 2*5-2-0.5, 2*6-3; image 2: 3*7+0.5, 3*8-0.5, 3*9.
    assertThat(z)
        .containsExactly(
            join(GUARD, row(7.5f, 7.5f, 9), row(0.5f, -0.5f, 0), row(21.5f, 23.5f, 27), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void affineSparseHasFourSumsInANarrowLayer(Kernels kernels) {
    // (2^24 + 1) + 1 loses the 1 of entry 4; in one sum it would come last and count.
    assertThat(sumOfFiveEntries(kernels, 16)).containsExactly(row(1));
  }

  @ParameterizedTest
  @MethodSource("all")
  void affineSparseHasOneSumInAWideLayer(Kernels kernels) {
    // 2^24, 2^24 again as 1 is lost, 0, 1, 2.
    assertThat(sumOfFiveEntries(kernels, 32)).startsWith(2f).endsWith(0f).hasSize(32);
  }

  private static float[] sumOfFiveEntries(Kernels kernels, int stride) {
    float[] weights = {0, LARGE, 1, -LARGE, 1, 1};
    float[] p = new float[6 * stride];
    int[] rows = new int[5];
    for (int k = 0; k < 6; k++) {
      p[k * stride] = weights[k];
    }
    Arrays.setAll(rows, k -> (k + 1) * stride);
    float[] z = filled(stride);
    kernels.affineSparse(
        p,
        layer(stride, 0, 5, stride),
        new int[] {0, 5},
        NO_CUTS,
        1,
        rows,
        new float[] {1, 1, 1, 1, 1},
        1,
        z,
        0);
    return z;
  }

  @ParameterizedTest
  @MethodSource("all")
  void addOuterColumnsAddsColumnByColumn(Kernels kernels) {
    float[] target = join(GUARD, wide(1, 1), wide(1, 1), wide(1, 1), GUARD);
    float[] deltas = join(GUARD, wide(0.5f, -1), wide(2, 4), wide(9, 9));
    kernels.addOuterColumns(
        layer(1, -1, 3, 32),
        new int[] {1, 65},
        new int[] {0, 1, 3},
        2,
        new int[] {0, 0, 32},
        new float[] {2, 4, 0.5f},
        deltas,
        1,
        target);
    assertThat(target)
        .containsExactly(join(GUARD, wide(2, -1), wide(1, 1), wide(1 + 2 + 1, 1 - 4 + 2), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void affineAddsWeightedInputsToTheBiases(Kernels kernels) {
    // Two inputs; what stands behind them in a row of x must not count.
    float[] p = join(GUARD, row(1, 2, 3), row(4, 5, 6), row(0.5f, -0.5f, 0), GUARD);
    float[] x = {GUARD, 2, -1, GUARD, 4, 3, GUARD};
    float[] z = filled(2 + 2 * 16);
    kernels.affine(p, panels(1, 33, 2), x, 1, 3, 2, z, 1, scratch(kernels));
    // 2*1-4+0.5, 2*2-5-0.5, 2*3-6; 4*1+3*4+0.5, 4*2+3*5-0.5, 4*3+3*6
    assertThat(z).containsExactly(join(GUARD, row(-1.5f, -1.5f, 0), row(16.5f, 22.5f, 30), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void affineGoesThroughItsInputsInOrder(Kernels kernels) {
    float[] p = new float[6 * 16];
    float[] weights = {LARGE, 1, -LARGE, 1, 1, 0};
    for (int i = 0; i < weights.length; i++) {
      p[i * 16] = weights[i];
    }
    float[] z = filled(16);
    kernels.affine(
        p, panels(0, 5 * 16, 5), new float[] {1, 1, 1, 1, 1}, 0, 5, 1, z, 0, scratch(kernels));
    assertThat(z).containsExactly(row(2));
  }

  @ParameterizedTest
  @MethodSource("all")
  void affineRoundsOnceAStep(Kernels kernels) {
    // (1 + 2^-12)^2 - 1 is 2^-11 + 2^-24; a product that is rounded first would lose the 2^-24.
    float factor = 1 + 0x1p-12f;
    float[] z = filled(16);
    kernels.affine(
        join(row(factor), row(-1)),
        panels(0, 16, 1),
        new float[] {factor},
        0,
        1,
        1,
        z,
        0,
        scratch(kernels));
    assertThat(z).containsExactly(row(0x1p-11f + 0x1p-24f));
  }

  @ParameterizedTest
  @MethodSource("all")
  void sigmoidIsTheLogisticFunctionInPlace(Kernels kernels) {
    float[] z = join(GUARD, row(0, 1, -1, 5), GUARD);
    kernels.sigmoid(z, 1, 16);
    assertThat(z[1]).isEqualTo(0.5f);
    assertThat(z[2]).isCloseTo(0.7310586f, within(2e-7f));
    assertThat(z[3]).isCloseTo(0.2689414f, within(2e-7f));
    assertThat(z[4]).isCloseTo(0.9933072f, within(2e-7f));
    assertThat(Arrays.copyOfRange(z, 5, 17)).containsOnly(0.5f);
    assertThat(z[0]).isEqualTo(GUARD);
    assertThat(z[17]).isEqualTo(GUARD);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sigmoidSaturatesWithoutLeavingZeroToOne(Kernels kernels) {
    float[] z = row(100, 1e30f, Float.POSITIVE_INFINITY, -100, -1e30f, Float.NEGATIVE_INFINITY);
    kernels.sigmoid(z, 0, 16);
    assertThat(Arrays.copyOf(z, 3)).containsOnly(1f);
    for (int o = 3; o < 6; o++) {
      assertThat(z[o]).isBetween(0f, 1e-38f);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void sigmoidKeepsNaN(Kernels kernels) {
    float[] z = row(1, Float.NaN, 2);
    kernels.sigmoid(z, 0, 16);
    assertThat(z[1]).isNaN();
    assertThat(z[0]).isFinite();
    assertThat(z[2]).isFinite();
  }

  @ParameterizedTest
  @MethodSource("all")
  void tanhIsBetweenMinusOneAndOne(Kernels kernels) {
    float[] z = join(GUARD, row(0, 1, -1, 100, -100, Float.NaN), GUARD);
    kernels.tanh(z, 1, 16);
    float t = Math.fma(2, 1 / (1 + Exp.exp(-2)), -1);
    assertThat(t).isCloseTo(0.7615942f, within(2e-7f));
    assertThat(z)
        .usingElementComparator(Float::compare)
        .startsWith(GUARD, 0f, t, Math.fma(2, 1 / (1 + Exp.exp(2)), -1), 1f, -1f, Float.NaN)
        .endsWith(0f, GUARD);
  }

  @ParameterizedTest
  @MethodSource("all")
  void tanhErrorsAreTimesOneMinusTheSquare(Kernels kernels) {
    float[] deltas = join(GUARD, row(4, -2, 3, 8), GUARD);
    float[] a = join(1, row(0.5f, 1, -0.5f, 0), 1);
    kernels.tanhErrors(a, deltas, 1, 16);
    assertThat(deltas)
        .usingElementComparator(Float::compare)
        .startsWith(GUARD, 3f, 0f, 2.25f, 8f)
        .endsWith(0f, GUARD);
  }

  @ParameterizedTest
  @MethodSource("all")
  void reluIsTheLargerOfItsInputAndZero(Kernels kernels) {
    float[] z = join(GUARD, row(3, -3, -0f, 0.5f, Float.NEGATIVE_INFINITY, 1e-45f), GUARD);
    kernels.relu(z, 1, 16);
    assertThat(z)
        .usingElementComparator(Float::compare)
        .containsExactly(join(GUARD, row(3, 0, 0, 0.5f, 0, 1e-45f), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void reluKeepsWhatIsNotFinite(Kernels kernels) {
    float[] z = row(1, Float.NaN, Float.POSITIVE_INFINITY);
    kernels.relu(z, 0, 16);
    assertThat(z).startsWith(1, Float.NaN, Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @MethodSource("all")
  void reluErrorsAreZeroWhereTheUnitIs(Kernels kernels) {
    float[] deltas = join(GUARD, row(4, -2, 3, -5, Float.NaN, 7), GUARD);
    float[] a = join(1, row(0.75f, 0, 1e-45f, 0, 0, Float.NaN), 1);
    kernels.reluErrors(a, deltas, 1, 16);
    assertThat(deltas)
        .usingElementComparator(Float::compare)
        .containsExactly(join(GUARD, row(4, 0, 3, 0, 0, 0), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputErrorsAreOutputsMinusTargetsTimesTheSlope(Kernels kernels) {
    float[] targets = join(outputs(1, 0), outputs(0, 1));
    float[] a = join(GUARD, outputs(0.75f, 0.25f), outputs(1, 0.5f), GUARD);
    float[] deltas = filled(2 + 2 * 16);
    long cost = kernels.outputErrors(a, 1, targets, new int[] {1, 0}, 2, 16, -2, deltas);
    // 0.75 * 0.75 * 0.25 * -2; -0.75 * 0.25 * 0.75 * -2; slope 0 at 1; 0.5 * 0.5 * 0.5 * -2
    assertThat(deltas)
        .usingElementComparator(Float::compare)
        .containsExactly(join(GUARD, row(-0.28125f, 0.28125f), row(0, -0.25f), GUARD));
    assertThat(cost * Kernels.COST_UNIT).isEqualTo(0.5625 + 0.5625 + 0 + 0.25);
  }

  private static float[] outputs(float... outputs) {
    float[] row = row(outputs);
    Arrays.fill(row, outputs.length, row.length, 0.5f);
    return row;
  }

  @ParameterizedTest
  @MethodSource("all")
  void costIsCountedInWholeUnits(Kernels kernels) {
    // Squares of 1/4, 1, 9/4 and 4 units: the first is rounded to 0, the third to 2.
    float[] a = outputs(0x1p-12f, 0x1p-11f, 3 * 0x1p-12f, 0x1p-10f, 1);
    long cost =
        kernels.outputErrors(a, 0, outputs(0, 0, 0, 0, 1), new int[] {0}, 1, 16, 1, new float[16]);
    assertThat(cost).isEqualTo(1 + 2 + 4);
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputErrorsOfNaNAreNaN(Kernels kernels) {
    float[] deltas = new float[16];
    float[] a = outputs(0.5f, Float.NaN);
    kernels.outputErrors(a, 0, outputs(1, 0), new int[] {0}, 1, 16, 1, deltas);
    assertThat(deltas[0]).isEqualTo(-0.125f);
    assertThat(deltas[1]).isNaN();
  }

  /** Of 2^-100 or more they are kept, and with less nobody computes any further. */
  @ParameterizedTest
  @MethodSource("all")
  void negligibleErrorsAreZero(Kernels kernels) {
    float least = 0x1p-100f;
    float less = Math.nextDown(least);
    float[] errors = row(least, -least, less, -less, 0x1p-140f, -0f, Float.NaN);
    float[] kept = row(least, -least, 0, 0, 0, 0, Float.NaN);
    float[] differences = new float[16];
    float[] zeros = new float[16];
    kernels.outputDifferences(errors, 0, zeros, new int[] {0}, 1, 16, 1, differences);
    assertThat(differences).usingElementComparator(Float::compare).containsExactly(kept);

    float[] relu = errors.clone();
    float[] ones = new float[16];
    Arrays.fill(ones, 1f);
    kernels.reluErrors(ones, relu, 0, 16);
    assertThat(relu).usingElementComparator(Float::compare).containsExactly(kept);

    float[] tanh = errors.clone();
    kernels.tanhErrors(zeros, tanh, 0, 16);
    assertThat(tanh).usingElementComparator(Float::compare).containsExactly(kept);

    float[] halves = new float[16];
    Arrays.fill(halves, 0.5f);
    float[] sigmoid = row(4 * least, -4 * least, 4 * less, -4 * less, 0x1p-138f, -0f, Float.NaN);
    kernels.sigmoidErrors(halves, sigmoid, 0, 16);
    assertThat(sigmoid).usingElementComparator(Float::compare).containsExactly(kept);

    // The cube of 2^-40 is negligible.
    float[] outputs = new float[16];
    kernels.outputErrors(
        row(0x1p-40f, 0x1p-30f), 0, zeros, new int[] {0}, 1, 16, 0x1p-30f, outputs);
    assertThat(outputs).startsWith(0, 0x1p-90f).containsOnly(0, 0x1p-90f);
  }

  @ParameterizedTest
  @MethodSource("all")
  void outputDifferencesAreOutputsMinusTargets(Kernels kernels) {
    float[] targets = join(outputs(1, 0), outputs(0, 1));
    float[] a = join(GUARD, outputs(0.75f, 0.25f), outputs(1, 0.5f), GUARD);
    float[] deltas = filled(2 + 2 * 16);
    kernels.outputDifferences(a, 1, targets, new int[] {1, 0}, 2, 16, -2, deltas);
    // (0.75 - 0) * -2, (0.25 - 1) * -2; (1 - 1) * -2, (0.5 - 0) * -2
    assertThat(deltas)
        .usingElementComparator(Float::compare)
        .containsExactly(join(GUARD, row(-1.5f, 1.5f), row(0, -1), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void sigmoidErrorsAreTimesTheSlope(Kernels kernels) {
    float[] deltas = join(GUARD, row(4, -2, 1), GUARD);
    kernels.sigmoidErrors(join(0.5f, row(0.75f, 0.5f, 1), 0.5f), deltas, 1, 16);
    assertThat(deltas).containsExactly(join(GUARD, row(0.75f, -0.5f, 0), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void addOuterSparseAddsToTheRowsOfInkedPixelsOnly(Kernels kernels) {
    float[] target = join(GUARD, row(1, 1), row(1, 1), row(1, 1), GUARD);
    float[] deltas = join(GUARD, row(0.5f, -1), row(2, 4), row(9, 9));
    // The first image has ink in pixels 0 and 2, the second in pixel 2.
    kernels.addOuterSparse(
        layer(1, -1, 3, 16),
        new int[] {0, 2, 3},
        new int[] {1, 33, 33},
        new float[] {2, 4, 0.5f},
        2,
        deltas,
        1,
        target);
    assertThat(target)
        .containsExactly(join(GUARD, row(2, -1), row(1, 1), row(1 + 2 + 1, 1 - 4 + 2), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void addOuterAddsTheChosenRowsOnly(Kernels kernels) {
    float[] x = {GUARD, 2, 3, 4, GUARD, 1, -1, 0.5f, GUARD};
    float[] deltas = join(GUARD, row(0.5f, -1), row(1, 2));
    float[] target = join(GUARD, row(1, 1), row(1, 1), row(1, 1), GUARD);
    kernels.addOuter(x, 1, 4, 1, 3, 2, deltas, 1, target, panels(1, -1, 3), scratch(kernels));
    // 1 + 3*0.5 - 1, 1 - 3 - 2; 1 + 4*0.5 + 0.5, 1 - 4 + 1
    assertThat(target).containsExactly(join(GUARD, row(1, 1), row(1.5f, -4), row(3.5f, -2), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void outerProductsAreAddedInTheOrderOfTheExamples(Kernels kernels) {
    float[] deltas = join(row(LARGE), row(1), row(-LARGE), row(1), row(1));
    float[] ones = {1, 1, 1, 1, 1};
    float[] dense = new float[16];
    kernels.addOuter(ones, 0, 1, 0, 1, 5, deltas, 0, dense, panels(0, -1, 1), scratch(kernels));
    assertThat(dense).containsExactly(row(2));
    float[] sparse = new float[16];
    kernels.addOuterSparse(
        layer(0, -1, 1, 16), new int[] {0, 1, 2, 3, 4, 5}, new int[5], ones, 5, deltas, 0, sparse);
    assertThat(sparse).containsExactly(row(2));
    float[] rows = new float[16];
    kernels.addRows(deltas, 0, 5, 16, rows, 0);
    assertThat(rows).containsExactly(row(2));
  }

  @ParameterizedTest
  @MethodSource("all")
  void outerProductsRoundOnceAStep(Kernels kernels) {
    float factor = 1 + 0x1p-12f;
    float[] dense = row(-1);
    kernels.addOuter(
        new float[] {factor},
        0,
        1,
        0,
        1,
        1,
        row(factor),
        0,
        dense,
        panels(0, -1, 1),
        scratch(kernels));
    assertThat(dense).containsExactly(row(0x1p-11f + 0x1p-24f));
    float[] sparse = row(-1);
    kernels.addOuterSparse(
        layer(0, -1, 1, 16),
        new int[] {0, 1},
        new int[1],
        new float[] {factor},
        1,
        row(factor),
        0,
        sparse);
    assertThat(sparse).containsExactly(row(0x1p-11f + 0x1p-24f));
  }

  @ParameterizedTest
  @MethodSource("all")
  void addRowsAddsRowsToOne(Kernels kernels) {
    float[] target = join(GUARD, row(1, 2), GUARD);
    kernels.addRows(join(GUARD, row(3, 5), row(0.5f, 1), row(9, 9)), 1, 2, 16, target, 1);
    assertThat(target).containsExactly(join(GUARD, row(4.5f, 8), GUARD));
  }

  @ParameterizedTest
  @MethodSource("all")
  void addAddsARange(Kernels kernels) {
    float[] target = join(GUARD, row(1, 2), GUARD);
    kernels.add(join(5, row(3, 0.5f), 5), target, 1, 16);
    assertThat(target).containsExactly(join(GUARD, row(4, 2.5f), GUARD));
  }

  /** Without padding. */
  private static LayerRows layer(int weights, int biases, int inputs, int stride) {
    return new LayerRows(weights, biases, inputs, stride, stride);
  }

  /** One panel. */
  private static LayerPanels panels(int weights, int biases, int inputs) {
    return new LayerPanels(weights, biases, inputs, Kernels.ROW, Kernels.ROW);
  }

  private static float[] scratch(Kernels kernels) {
    return new float[kernels.scratch()];
  }

  private static float[] row(float... numbers) {
    return Arrays.copyOf(numbers, Kernels.ROW);
  }

  private static float[] wide(float... numbers) {
    return Arrays.copyOf(numbers, 2 * Kernels.ROW);
  }

  private static float[] filled(int length) {
    float[] numbers = new float[length];
    Arrays.fill(numbers, GUARD);
    return numbers;
  }

  /** Single numbers and rows, one after the other. */
  private static float[] join(Object... parts) {
    float[] joined = new float[parts.length * 2 * Kernels.ROW];
    int at = 0;
    for (Object part : parts) {
      float[] numbers =
          part instanceof float[] row ? row : new float[] {((Number) part).floatValue()};
      System.arraycopy(numbers, 0, joined, at, numbers.length);
      at += numbers.length;
    }
    return Arrays.copyOf(joined, at);
  }
}
