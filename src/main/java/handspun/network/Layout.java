package handspun.network;

import handspun.math.Kernels;
import handspun.math.Share;

/**
 * Where the weights and biases of a network lie in the <em>working vector</em> that the kernels
 * compute with.
 *
 * <p>The working vector has the order of the parameter vector (see {@link Topology}), but every row
 * is {@link Kernels#padded padded}, a layer's biases are the row after its weights, and behind all
 * layers lie a row of zeros and, for every layer but the first, a transposed copy of its weights (a
 * row for every unit), which brings errors back as fast as weights bring activations forward. Who
 * changes weights must {@link #refreshTransposed refresh} that copy.
 *
 * <p>A gradient is laid out like the working vector up to {@link #gradientLength()}.
 *
 * <p>Immutable.
 */
public final class Layout {
  /**
   * Numbers left out in front: Java puts a large array's first element 16 bytes behind a multiple
   * of 64, and a row that straddles two lines of the cache takes twice as long to load or store.
   */
  private static final int LEAD = 12;

  /** So large that Java's collector gives a vector a place of its own, which makes that true. */
  private static final int LARGE = 1 << 18;

  /** Rows of a multiple of this many numbers would share a few places of the cache between them. */
  private static final int CROWDED = 256;

  /** Transposed in squares, of which both sides fit the cache. */
  private static final int SQUARE = 16;

  private final Topology topology;
  private final int[] strides;
  private final int[] weightsAt;
  private final int[] transposedAt;
  private final int zerosAt;
  private final int length;

  /**
   * @param topology layer sizes
   */
  public Layout(Topology topology) {
    this.topology = topology;
    int layers = topology.layers();
    strides = new int[layers];
    weightsAt = new int[layers];
    transposedAt = new int[layers];
    int at = LEAD;
    int widest = 0;
    for (int l = 1; l < layers; l++) {
      int row = Kernels.padded(topology.size(l));
      strides[l] = row % CROWDED == 0 ? row + Kernels.ROW : row;
      widest = Math.max(widest, strides[l]);
      weightsAt[l] = at;
      at = Math.addExact(at, Math.multiplyExact(topology.size(l - 1) + 1, strides[l]));
    }
    zerosAt = at;
    at += widest;
    for (int l = 2; l < layers; l++) {
      transposedAt[l] = at;
      at = Math.addExact(at, Math.multiplyExact(topology.size(l), strides[l - 1]));
    }
    length = at;
  }

  /** {@return layer sizes} */
  public Topology topology() {
    return topology;
  }

  /**
   * @param layer from 1
   * @return length of its rows
   */
  public int stride(int layer) {
    return strides[layer];
  }

  /**
   * @param layer from 1
   * @return where its weights start, a row for every input
   */
  public int weightsAt(int layer) {
    return weightsAt[layer];
  }

  /**
   * @param layer from 1
   * @return where its biases are, the row after its weights
   */
  public int biasesAt(int layer) {
    return weightsAt[layer] + topology.size(layer - 1) * strides[layer];
  }

  int transposedAt(int layer) {
    return transposedAt[layer];
  }

  int zerosAt() {
    return zerosAt;
  }

  /** {@return length of a gradient} */
  public int gradientLength() {
    return zerosAt;
  }

  /**
   * @param parameters a parameter vector
   * @return the working vector of the same network
   */
  public float[] toWorking(float[] parameters) {
    float[] working = newWorking();
    toWorking(parameters, working);
    return working;
  }

  /** {@return a working vector of zeros} */
  public float[] newWorking() {
    return new float[Math.max(length, LARGE)];
  }

  /**
   * @param parameters a parameter vector
   * @param working receives the working vector of the same network
   */
  public void toWorking(float[] parameters, float[] working) {
    toGradient(parameters, working);
    refreshTransposed(working, Share.WHOLE);
  }

  /**
   * @param parameters a vector like the parameters
   * @param gradient receives the same numbers, laid out like a gradient
   */
  public void toGradient(float[] parameters, float[] gradient) {
    for (int l = 1; l < topology.layers(); l++) {
      int size = topology.size(l);
      for (int i = 0; i <= topology.size(l - 1); i++) {
        System.arraycopy(parameters, topology.weightsAt(l) + i * size, gradient, row(l, i), size);
      }
    }
  }

  /**
   * @param examples how many to make room for
   * @return of every layer from 1 (index 0 is empty), a row of zeros for each example
   */
  float[][] newRows(int examples) {
    float[][] rows = new float[topology.layers()][];
    rows[0] = new float[0];
    for (int l = 1; l < rows.length; l++) {
      rows[l] = new float[Math.multiplyExact(examples, strides[l])];
    }
    return rows;
  }

  /**
   * @param working a working vector
   * @param copy receives what is in it
   */
  public void copy(float[] working, float[] copy) {
    System.arraycopy(working, 0, copy, 0, length);
  }

  /**
   * @param working a working vector, or another that is laid out like a gradient
   * @return the same numbers as a parameter vector
   */
  public float[] toParameters(float[] working) {
    float[] parameters = new float[topology.parameterCount()];
    for (int l = 1; l < topology.layers(); l++) {
      int size = topology.size(l);
      for (int i = 0; i <= topology.size(l - 1); i++) {
        System.arraycopy(working, row(l, i), parameters, topology.weightsAt(l) + i * size, size);
      }
    }
    return parameters;
  }

  /**
   * Brings the transposed copies up to date.
   *
   * @param working a working vector, changed in place
   * @param share whose weights have changed: of every layer, this share of its rows
   */
  public void refreshTransposed(float[] working, Share share) {
    for (int l = 2; l < topology.layers(); l++) {
      transpose(
          working,
          weightsAt[l],
          firstRow(l, share),
          Math.min(lastRow(l, share), topology.size(l - 1)),
          topology.size(l),
          strides[l],
          transposedAt[l],
          strides[l - 1]);
    }
  }

  /**
   * @param share of the vector
   * @return the first input whose weights in the first layer are in it
   */
  public int firstInput(Share share) {
    return Math.min(firstRow(1, share), topology.inputs());
  }

  /**
   * @param share of the vector
   * @return one past the last input whose weights in the first layer are in it
   */
  public int lastInput(Share share) {
    return Math.min(lastRow(1, share), topology.inputs());
  }

  /** {@return where the rows of a layer begin that a share owns, in a gradient} */
  public int from(int layer, Share share) {
    return row(layer, firstRow(layer, share));
  }

  /**
   * {@return where the rows of a layer end that a share owns, in a gradient} It divides: a loop
   * asks once, not in its condition.
   */
  public int to(int layer, Share share) {
    return row(layer, lastRow(layer, share));
  }

  /** The first row of a layer that a share owns; the biases are the last row of all. */
  int firstRow(int layer, Share share) {
    return share.from(topology.size(layer - 1) + 1);
  }

  /** One past the last row of a layer that a share owns. */
  int lastRow(int layer, Share share) {
    return share.to(topology.size(layer - 1) + 1);
  }

  /** Where a layer's row is: that of an input's weights or, after the last one, of the biases. */
  int row(int layer, int row) {
    return weightsAt[layer] + row * strides[layer];
  }

  private static void transpose(
      float[] w,
      int from,
      int firstRow,
      int lastRow,
      int columns,
      int stride,
      int to,
      int toStride) {
    for (int i0 = firstRow; i0 < lastRow; i0 += SQUARE) {
      int i1 = Math.min(i0 + SQUARE, lastRow);
      for (int o0 = 0; o0 < columns; o0 += SQUARE) {
        int o1 = Math.min(o0 + SQUARE, columns);
        for (int o = o0; o < o1; o++) {
          int source = from + i0 * stride + o;
          int end = to + o * toStride + i1;
          for (int target = to + o * toStride + i0; target < end; target++) {
            w[target] = w[source];
            source += stride;
          }
        }
      }
    }
  }
}
