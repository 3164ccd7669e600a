package handspun.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Vectors of 128, 256 and 512 bits against the scalar kernels: the same bits at any size, and
 * nothing touched besides what a kernel is for.
 */
class VectorKernelsTest {
  private static final int[] SIZES = {1, 10, 13, 16, 17, 100, 207};
  private static final int[] EXAMPLES = {1, 3, 4, 5, 10, 17};

  /** Arrays begin with this many numbers that are not meant: no vector is where it would like. */
  private static final int LEAD = 5;

  /** And end with this many, more than the widest vector has. */
  private static final int TAIL = 21;

  private final RandomStream random = new RandomStream(31);

  /** Entries of images as {@link Kernels#decode} leaves them. */
  private record Images(int count, int width, int[] starts, int[] rows, float[] x) {}

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 7, 25, 60, 300})
  void decodesAnyNumberOfRunsAnywhere(int runs) {
    for (int before : new int[] {0, 1, 7}) {
      byte[] data = image(before, runs);
      int end = data.length - Kernels.ROW;
      int entries = end - before - 2 - 2 * runs;
      int[] rows = new int[LEAD + entries + Kernels.ROW + TAIL];
      float[] x = new float[rows.length];
      Arrays.fill(rows, -1);
      Arrays.fill(x, -1);
      int[] expectedRows = rows.clone();
      float[] expectedX = x.clone();
      int expectedEnd =
          AllKernels.scalar().decode(data, before, end, 12, 208, expectedRows, expectedX, LEAD);
      assertThat(expectedEnd).isEqualTo(LEAD + entries);
      // A kernel may write up to a row behind the last entry.
      Arrays.fill(expectedRows, expectedEnd, expectedEnd + Kernels.ROW, -1);
      Arrays.fill(expectedX, expectedEnd, expectedEnd + Kernels.ROW, -1);
      for (Kernels kernels : AllKernels.vectors()) {
        int[] foundRows = rows.clone();
        float[] foundX = x.clone();
        assertThat(kernels.decode(data, before, end, 12, 208, foundRows, foundX, LEAD))
            .isEqualTo(expectedEnd);
        Arrays.fill(foundRows, expectedEnd, expectedEnd + Kernels.ROW, -1);
        Arrays.fill(foundX, expectedEnd, expectedEnd + Kernels.ROW, -1);
        assertThat(foundRows).isEqualTo(expectedRows);
        assertThat(bits(foundX)).isEqualTo(bits(expectedX));
      }
    }
  }

  /** An image of runs of 0 to 16 pixels, with no more behind it than a kernel may read. */
  private byte[] image(int before, int runs) {
    byte[] data = new byte[before + 2 + 18 * runs + Kernels.ROW];
    for (int t = 0; t < data.length; t++) {
      data[t] = (byte) random.nextInt(256);
    }
    data[before] = (byte) runs;
    data[before + 1] = (byte) (runs >> 8);
    int entries = 0;
    for (int run = 0; run < runs; run++) {
      int length = random.nextInt(Kernels.ROW + 1);
      data[before + 2 + 2 * run + 1] = (byte) length;
      entries += length;
    }
    return Arrays.copyOf(data, before + 2 + 2 * runs + entries + Kernels.ROW);
  }

  @Test
  void affineSparseHasTheSameBits() {
    for (int width : SIZES) {
      for (int units : SIZES) {
        for (int examples : EXAMPLES) {
          affineSparse(width, units, examples, 1);
        }
      }
    }
  }

  @Test
  void affineSparseHasTheSameBitsInAnyNumberOfParts() {
    for (int parts : new int[] {2, 3, 7}) {
      for (int units : SIZES) {
        affineSparse(100, units, 17, parts);
      }
    }
  }

  private void affineSparse(int width, int units, int examples, int parts) {
    LayerRows layer = layer(width, units);
    int stride = layer.stride();
    float[] p = numbers(layer.weights() + width * stride + TAIL);
    Images images = images(examples, width, layer.weights(), stride);
    int[] cuts = cuts(images, parts, layer);
    float[] z = numbers(LEAD + examples * stride + TAIL);
    assertSame(
        z,
        rows(LEAD, examples, layer),
        (kernels, result) ->
            kernels.affineSparse(
                p,
                layer,
                images.starts,
                cuts,
                parts,
                images.rows,
                images.x,
                examples,
                result,
                LEAD));
  }

  /** Cuts images into parts of as many pixels each. */
  private static int[] cuts(Images images, int parts, LayerRows layer) {
    int[] cuts = new int[(parts - 1) * images.count];
    for (int part = 1; part < parts; part++) {
      int row = layer.weights() + part * images.width / parts * layer.stride();
      for (int s = 0; s < images.count; s++) {
        int k = images.starts[s];
        while (k < images.starts[s + 1] && images.rows[k] < row) {
          k++;
        }
        cuts[(part - 1) * images.count + s] = k;
      }
    }
    return cuts;
  }

  @Test
  void affineHasTheSameBits() {
    for (int inputs : SIZES) {
      for (int units : SIZES) {
        for (int examples : EXAMPLES) {
          affine(inputs, units, examples);
        }
      }
    }
  }

  @Test
  void affineHasTheSameBitsOfMoreThanIsCopiedAtATime() {
    affine(257, 40, 7);
    affine(600, 17, 133);
    affine(31, 64, 266);
  }

  private void affine(int inputs, int units, int examples) {
    LayerPanels layer = panels(inputs, units);
    int xStride = Kernels.padded(inputs);
    float[] p = numbers(layer.row(layer.rows()) + TAIL);
    float[] x = numbers(3 + examples * xStride);
    float[] z = numbers(LEAD + examples * layer.stride() + TAIL);
    assertSame(
        z,
        rows(LEAD, examples, layer.stride(), layer.columns()),
        (kernels, result) ->
            kernels.affine(p, layer, x, 3, xStride, examples, result, LEAD, scratch(kernels)));
  }

  @Test
  void sigmoidHasTheSameBits() {
    for (int rows : new int[] {1, 2, 3, 7, 13}) {
      float[] z = numbers(LEAD + rows * Kernels.ROW + TAIL);
      for (int t = 0; t < z.length; t++) {
        z[t] *= 30;
      }
      assertSame(
          z,
          LEAD,
          LEAD + rows * Kernels.ROW,
          (kernels, result) -> kernels.sigmoid(result, LEAD, rows * Kernels.ROW));
    }
  }

  @Test
  void sigmoidHasTheSameBitsOverTheWholeRangeAndAtItsEnds() {
    float[] odd = {
      0f,
      -0f,
      Float.MIN_VALUE,
      -Float.MIN_VALUE,
      Float.MIN_NORMAL,
      1e-30f,
      -1e-30f,
      -Exp.LOWEST,
      Math.nextUp(-Exp.LOWEST),
      Math.nextDown(-Exp.LOWEST),
      -Exp.HIGHEST,
      Math.nextUp(-Exp.HIGHEST),
      Math.nextDown(-Exp.HIGHEST),
      1e9f,
      -1e9f,
      3e9f,
      -3e9f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN,
      Float.intBitsToFloat(0xffc00000),
      Float.intBitsToFloat(0x7fc12345)
    };
    float[] z = new float[1 << 17];
    for (int t = 0; t < z.length; t++) {
      z[t] = t < odd.length ? odd[t] : (t - z.length / 2) * 0x1p-9f;
    }
    float[] expected = z.clone();
    AllKernels.scalar().sigmoid(expected, 0, z.length);
    for (Kernels kernels : AllKernels.vectors()) {
      float[] found = z.clone();
      kernels.sigmoid(found, 0, z.length);
      for (int t = 0; t < z.length; t++) {
        // A NaN is a NaN, whatever its bits.
        if (Float.floatToIntBits(found[t]) != Float.floatToIntBits(expected[t])) {
          assertThat(found[t])
              .as("sigmoid(%s), %s", z[t], kernels.description())
              .isEqualTo(expected[t]);
        }
      }
    }
    assertThat(Arrays.copyOfRange(expected, 21, 24)).containsOnly(Float.NaN);
  }

  @Test
  void outputErrorsHaveTheSameBitsAndTheSameCost() {
    for (int units : SIZES) {
      for (int examples : EXAMPLES) {
        int stride = Kernels.padded(units);
        float[] a = activations(LEAD + examples * stride + TAIL);
        float[] targets = activations(units * stride);
        int[] labels = new int[examples + 1];
        Arrays.setAll(labels, e -> random.nextInt(units));
        long[] costs = new long[1];
        float[] deltas = numbers(a.length);
        assertSame(
            deltas,
            LEAD,
            LEAD + examples * stride,
            (kernels, result) -> {
              long cost =
                  kernels.outputErrors(a, LEAD, targets, labels, examples, stride, -0.3f, result);
              if (kernels == AllKernels.scalar()) {
                costs[0] = cost;
              }
              assertThat(cost).isPositive().isEqualTo(costs[0]);
            });
      }
    }
  }

  @Test
  void sigmoidErrorsHaveTheSameBits() {
    for (int units : SIZES) {
      int count = 3 * Kernels.padded(units);
      float[] a = activations(LEAD + count + TAIL);
      assertSame(
          numbers(a.length),
          LEAD,
          LEAD + count,
          (kernels, result) -> kernels.sigmoidErrors(a, result, LEAD, count));
    }
  }

  @Test
  void reluAndItsErrorsHaveTheSameBits() {
    for (int rows : new int[] {1, 2, 3, 7, 13}) {
      int count = rows * Kernels.ROW;
      float[] a = numbers(LEAD + count + TAIL);
      a[LEAD + 3] = -0f;
      a[LEAD + 11] = 0f;
      assertSame(a, LEAD, LEAD + count, (kernels, result) -> kernels.relu(result, LEAD, count));
      assertSame(
          numbers(a.length),
          LEAD,
          LEAD + count,
          (kernels, result) -> kernels.reluErrors(a, result, LEAD, count));
    }
  }

  @Test
  void tanhAndItsErrorsHaveTheSameBits() {
    for (int rows : new int[] {1, 2, 3, 7, 13}) {
      int count = rows * Kernels.ROW;
      float[] z = numbers(LEAD + count + TAIL);
      assertSame(z, LEAD, LEAD + count, (kernels, result) -> kernels.tanh(result, LEAD, count));
      float[] a = activations(LEAD + count + TAIL);
      assertSame(
          numbers(a.length),
          LEAD,
          LEAD + count,
          (kernels, result) -> kernels.tanhErrors(a, result, LEAD, count));
    }
  }

  @Test
  void addOuterSparseHasTheSameBits() {
    for (int width : SIZES) {
      for (int units : SIZES) {
        for (int examples : EXAMPLES) {
          LayerRows layer = layer(width, units);
          Images images = images(examples, width, layer.weights(), layer.stride());
          float[] deltas = numbers(3 + examples * layer.stride());
          assertSame(
              numbers(layer.weights() + width * layer.stride() + TAIL),
              rows(layer.weights(), width, layer),
              (kernels, result) ->
                  kernels.addOuterSparse(
                      layer, images.starts, images.rows, images.x, examples, deltas, 3, result));
        }
      }
    }
  }

  @Test
  void columnsHaveTheBitsOfSparseImages() {
    for (int width : SIZES) {
      for (int units : new int[] {17, 40, 100, 207}) {
        for (int examples : EXAMPLES) {
          LayerRows layer = layer(width, units);
          Images images = images(examples, width, layer.weights(), layer.stride());
          Columns columns = columns(images, layer.weights(), layer.stride());
          float[] p = numbers(layer.weights() + width * layer.stride() + TAIL);
          float[] deltas = numbers(3 + examples * layer.stride());
          float[] sum = p.clone();
          AllKernels.scalar()
              .addOuterSparse(
                  layer, images.starts, images.rows, images.x, examples, deltas, 3, sum);
          assertSame(
              p,
              rows(layer.weights(), width, layer),
              (kernels, result) -> {
                kernels.addOuterColumns(
                    layer,
                    columns.rows,
                    columns.starts,
                    columns.count,
                    columns.offsets,
                    columns.x,
                    deltas,
                    3,
                    result);
                assertThat(Arrays.equals(bits(result), bits(sum))).isTrue();
              });
        }
      }
    }
  }

  /** The entries of images, sorted by pixel. */
  private record Columns(int[] rows, int[] starts, int count, int[] offsets, float[] x) {}

  private static Columns columns(Images images, int first, int stride) {
    int entries = images.x.length;
    Columns sorted =
        new Columns(
            new int[images.width],
            new int[images.width + 1],
            images.width,
            new int[entries],
            new float[entries]);
    int at = 0;
    for (int pixel = 0; pixel < images.width; pixel++) {
      sorted.rows[pixel] = first + pixel * stride;
      for (int s = 0; s < images.count; s++) {
        for (int k = images.starts[s]; k < images.starts[s + 1]; k++) {
          if (images.rows[k] == sorted.rows[pixel]) {
            sorted.offsets[at] = s * stride;
            sorted.x[at++] = images.x[k];
          }
        }
      }
      sorted.starts[pixel + 1] = at;
    }
    return sorted;
  }

  @Test
  void addOuterHasTheSameBits() {
    for (int inputs : SIZES) {
      for (int units : SIZES) {
        for (int examples : EXAMPLES) {
          for (Share share : List.of(Share.WHOLE, new Share(0, 2), new Share(1, 3))) {
            addOuter(inputs, units, examples, share);
          }
        }
      }
    }
  }

  @Test
  void addOuterHasTheSameBitsOfMoreThanIsCopiedAtATime() {
    addOuter(40, 17, 257, Share.WHOLE);
    addOuter(257, 64, 600, new Share(1, 3));
  }

  private void addOuter(int inputs, int units, int examples, Share share) {
    LayerPanels layer = panels(inputs, units);
    int xStride = Kernels.padded(inputs);
    float[] x = numbers(3 + examples * xStride);
    float[] deltas = numbers(2 + examples * layer.stride());
    int from = share.from(layer.rows());
    int to = share.to(layer.rows());
    assertSame(
        numbers(layer.row(layer.rows()) + TAIL),
        layer.row(from),
        layer.row(to),
        (kernels, result) ->
            kernels.addOuter(
                x, 3, xStride, from, to, examples, deltas, 2, result, layer, scratch(kernels)));
  }

  @Test
  void transposesAnyShareOfTheRows() {
    for (int inputs : SIZES) {
      for (int units : SIZES) {
        for (Share share : List.of(Share.WHOLE, new Share(0, 2), new Share(1, 3))) {
          transpose(inputs, units, share);
        }
      }
    }
  }

  private void transpose(int inputs, int units, Share share) {
    LayerPanels layer = panels(inputs, units);
    int from = share.from(layer.rows());
    int to = share.to(layer.rows());
    int copy = layer.row(layer.rows()) + TAIL;
    int columns = Kernels.padded(inputs);
    LayerPanels transposed = new LayerPanels(copy, LEAD, units, columns, columns);
    BitSet copied = new BitSet();
    for (int row = from; row < to; row++) {
      int first = row / inputs * Kernels.ROW;
      for (int o = first; o < Math.min(first + Kernels.ROW, units); o++) {
        copied.set(transposed.weight(o, row % inputs));
      }
    }
    assertSame(
        numbers(transposed.row(transposed.rows()) + TAIL),
        copied::get,
        (kernels, result) -> {
          kernels.transpose(result, layer, from, to, transposed);
          for (int row = from; row < to; row++) {
            int o = row / inputs * Kernels.ROW;
            int i = row % inputs;
            assertThat(result[transposed.weight(o, i)]).isEqualTo(result[layer.weight(i, o)]);
          }
        });
  }

  @Test
  void addRowsHasTheSameBits() {
    for (int units : SIZES) {
      for (int rows : EXAMPLES) {
        int stride = Kernels.padded(units);
        float[] x = numbers(3 + rows * stride);
        assertSame(
            numbers(LEAD + stride + TAIL),
            LEAD,
            LEAD + stride,
            (kernels, result) -> kernels.addRows(x, 3, rows, stride, result, LEAD));
      }
    }
  }

  @Test
  void addHasTheSameBits() {
    for (int rows : EXAMPLES) {
      int count = rows * Kernels.ROW;
      float[] x = numbers(LEAD + count + TAIL);
      assertSame(
          numbers(x.length),
          LEAD,
          LEAD + count,
          (kernels, result) -> kernels.add(x, result, LEAD, count));
    }
  }

  /** A layer behind its biases, with more room to a row than it needs if its units are many. */
  private static LayerRows layer(int inputs, int units) {
    int columns = Kernels.padded(units);
    int stride = units > 100 ? columns + Kernels.ROW : columns;
    return new LayerRows(LEAD + stride, LEAD, inputs, columns, stride);
  }

  private static float[] scratch(Kernels kernels) {
    float[] scratch = new float[kernels.scratch()];
    Arrays.fill(scratch, Float.NaN);
    return scratch;
  }

  /** A layer after the first, behind its biases. */
  private static LayerPanels panels(int inputs, int units) {
    int columns = Kernels.padded(units);
    int stride = units > 100 ? columns + Kernels.ROW : columns;
    return new LayerPanels(LEAD + columns, LEAD, inputs, columns, stride);
  }

  private static IntPredicate rows(int first, int count, LayerRows layer) {
    return rows(first, count, layer.stride(), layer.columns());
  }

  /** Which numbers of so many rows are computed. */
  private static IntPredicate rows(int first, int count, int stride, int columns) {
    return t -> t >= first && t < first + count * stride && (t - first) % stride < columns;
  }

  private static void assertSame(
      float[] before, int from, int to, BiConsumer<Kernels, float[]> kernel) {
    assertSame(before, t -> t >= from && t < to, kernel);
  }

  /**
   * Gives every implementation the same array to change, and expects the same of each: changes
   * where something is computed, and none elsewhere.
   */
  private static void assertSame(
      float[] before, IntPredicate computed, BiConsumer<Kernels, float[]> kernel) {
    float[] expected = before.clone();
    kernel.accept(AllKernels.scalar(), expected);
    boolean any = false;
    for (int t = 0; t < before.length; t++) {
      any |= computed.test(t);
      if (!computed.test(t)) {
        assertThat(Float.floatToRawIntBits(expected[t]))
            .isEqualTo(Float.floatToRawIntBits(before[t]));
      }
    }
    if (any) {
      assertThat(bits(expected)).isNotEqualTo(bits(before));
    }
    for (Kernels kernels : AllKernels.vectors()) {
      float[] found = before.clone();
      kernel.accept(kernels, found);
      if (!Arrays.equals(bits(found), bits(expected))) {
        assertThat(found).as(kernels.description()).containsExactly(expected);
        assertThat(bits(found)).isEqualTo(bits(expected));
      }
    }
  }

  /**
   * Images with 0 to 9 entries and, in turn, with as many as they have pixels; the last entry is
   * the last of its array.
   */
  private Images images(int count, int width, int first, int stride) {
    int[] starts = new int[count + 1];
    int[] rows = new int[count * width];
    float[] x = new float[rows.length];
    int k = 0;
    for (int s = 0; s < count; s++) {
      int entries = s % 3 == 2 ? width : Math.min(width, random.nextInt(10));
      int skip = width - entries;
      for (int i = 0; i < width; i++) {
        if (random.nextInt(width - i) < skip) {
          skip--;
        } else {
          rows[k] = first + i * stride;
          x[k++] = Brightness.of((byte) (1 + random.nextInt(255)));
        }
      }
      starts[s + 1] = k;
    }
    if (k == 0) {
      starts[count] = 1;
      rows[0] = first;
      x[k++] = 1;
    }
    return new Images(count, width, starts, Arrays.copyOf(rows, k), Arrays.copyOf(x, k));
  }

  private float[] numbers(int length) {
    float[] numbers = new float[length];
    for (int t = 0; t < length; t++) {
      numbers[t] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private float[] activations(int length) {
    float[] numbers = new float[length];
    for (int t = 0; t < length; t++) {
      numbers[t] = (float) random.nextDouble();
    }
    return numbers;
  }

  private static int[] bits(float[] numbers) {
    int[] bits = new int[numbers.length];
    for (int t = 0; t < bits.length; t++) {
      bits[t] = Float.floatToRawIntBits(numbers[t]);
    }
    return bits;
  }
}
