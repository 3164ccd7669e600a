package handspun.bench.kernels;

import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.network.Initializer;
import handspun.network.Inputs;
import handspun.network.Layout;
import handspun.network.Network;
import handspun.network.Topology;
import java.util.Arrays;

/** A mini-batch of real images on its way through a network of two hidden layers. */
final class MiniBatch {
  private static final int CLASSES = 10;

  /** So many images go by columns at a time. */
  private static final int BLOCK = 64;

  /** And so many pixels. */
  private static final int PART = 160;

  /** The slope a * (1 - a) is -1: errors times it do not fade, however often. */
  private static final float GOLDEN = 1.618034f;

  final int units;
  final int examples;
  final Layout layout;
  final int stride;
  final float[] w;
  final Inputs inputs;

  final int[] starts;
  final int[] rows;
  final float[] brightness;
  final Columns[] columns;
  final int parts;
  final int[] cuts;
  final float[] scratch;

  final float[] activations;
  final float[] golden;
  final float[] z;
  final float[] deltas;
  final float[] outputs;
  final float[] outputDeltas;
  final float[] targets;
  final int[] labels;

  /** Images sorted by pixel. */
  record Columns(
      int images, int count, int[] rows, int[] starts, int[] offsets, float[] brightness) {}

  /**
   * @param units of each hidden layer
   * @param examples in the mini-batch
   */
  MiniBatch(Kernels kernels, int units, int examples) {
    this.units = units;
    this.examples = examples;
    Topology topology = new Topology(TestImages.PIXELS, units, units, CLASSES);
    layout = new Layout(topology);
    stride = layout.stride(1);
    w = layout.toWorking(Network.random(topology, Initializer.NORMAL, 1).parameters());
    inputs = TestImages.inputs(examples);

    starts = new int[examples + 1];
    rows = new int[examples * TestImages.PIXELS + Kernels.ROW];
    brightness = new float[rows.length];
    decode(kernels);
    columns = new Columns[(examples + BLOCK - 1) / BLOCK];
    for (int b = 0; b < columns.length; b++) {
      columns[b] = columns(b * BLOCK, Math.min((b + 1) * BLOCK, examples));
    }

    parts = units > Kernels.ROW ? (TestImages.PIXELS - 1) / PART + 1 : 1;
    cuts = cuts();
    scratch = new float[kernels.scratch()];

    RandomStream random = new RandomStream(1);
    activations = random(random, examples * stride, 1);
    golden = new float[examples * stride];
    Arrays.fill(golden, GOLDEN);
    z = new float[examples * stride];
    // So small that weights hardly change, however often they are updated.
    deltas = random(random, examples * stride, 1e-12);
    int outputStride = layout.stride(3);
    outputs = random(random, examples * outputStride, 1);
    outputDeltas = new float[outputs.length];
    targets = random(random, CLASSES * outputStride, 1);
    labels = new int[examples];
    Arrays.setAll(labels, e -> random.nextInt(CLASSES));
  }

  private static float[] random(RandomStream random, int count, double scale) {
    float[] numbers = new float[count];
    for (int t = 0; t < count; t++) {
      numbers[t] = (float) (random.nextDouble() * scale);
    }
    return numbers;
  }

  void decode(Kernels kernels) {
    byte[] data = inputs.data();
    int first = layout.first().weights();
    int at = 0;
    for (int s = 0; s < examples; s++) {
      at =
          kernels.decode(data, inputs.start(s), inputs.end(s), first, stride, rows, brightness, at);
      starts[s + 1] = at;
    }
  }

  private int[] cuts() {
    int[] ends = new int[(parts - 1) * examples];
    for (int part = 1; part < parts; part++) {
      int row = layout.first().weights() + part * PART * stride;
      for (int s = 0; s < examples; s++) {
        int k = Arrays.binarySearch(rows, starts[s], starts[s + 1], row);
        ends[(part - 1) * examples + s] = k < 0 ? -k - 1 : k;
      }
    }
    return ends;
  }

  private Columns columns(int from, int to) {
    int entries = starts[to] - starts[from];
    int[] columnRows = Arrays.stream(rows, starts[from], starts[to]).distinct().sorted().toArray();
    Columns sorted =
        new Columns(
            to - from,
            columnRows.length,
            columnRows,
            new int[columnRows.length + 1],
            new int[entries],
            new float[entries]);
    int at = 0;
    for (int column = 0; column < columnRows.length; column++) {
      for (int s = from; s < to; s++) {
        int k = Arrays.binarySearch(rows, starts[s], starts[s + 1], columnRows[column]);
        if (k >= 0) {
          sorted.offsets[at] = (s - from) * stride;
          sorted.brightness[at++] = brightness[k];
        }
      }
      sorted.starts[column + 1] = at;
    }
    return sorted;
  }

  /** Inked pixels of all images. */
  double entries() {
    return starts[examples];
  }

  /** Pixels that are inked in at least one image. */
  double inkedPixels() {
    return Arrays.stream(rows, 0, starts[examples]).distinct().count();
  }

  double rowsOfUnits() {
    return (double) examples * units;
  }

  double classes() {
    return (double) examples * CLASSES;
  }
}
