package handspun.network;

import handspun.UsageException;
import handspun.math.Kernels;
import handspun.math.LayerRows;
import handspun.math.Share;
import java.util.Arrays;

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

  private final Topology topology;
  private final LayerRows[] layers;
  private final LayerRows[] transposed;

  /** Of every layer, where its first rows begin, relative to the first of all. */
  private final int[][] steps;

  private final int zerosAt;
  private final int length;

  /**
   * @param topology layer sizes
   */
  public Layout(Topology topology) {
    this.topology = topology;
    int count = topology.layers();
    layers = new LayerRows[count];
    transposed = new LayerRows[count];
    steps = new int[count][Kernels.ROW];
    int at = LEAD;
    int widest = 0;
    for (int l = 1; l < count; l++) {
      int columns = Kernels.padded(topology.size(l));
      int stride = columns % CROWDED == 0 ? columns + Kernels.ROW : columns;
      widest = Math.max(widest, stride);
      int inputs = topology.size(l - 1);
      int biases = Math.addExact(at, Math.multiplyExact(inputs, stride));
      layers[l] = new LayerRows(at, biases, inputs, columns, stride);
      Arrays.setAll(steps[l], row -> row * stride);
      at = Math.addExact(biases, stride);
    }
    zerosAt = at;
    at += widest;
    for (int l = 2; l < count; l++) {
      LayerRows before = layers[l - 1];
      int units = topology.size(l);
      transposed[l] = new LayerRows(at, zerosAt, units, before.columns(), before.stride());
      at = Math.addExact(at, Math.multiplyExact(units, before.stride()));
    }
    length = at;
    if (length > Kernels.LONGEST) {
      throw new UsageException(
          "A network of %s needs a vector of %,d numbers to compute with, but kernels can address %,d: take fewer units."
              .formatted(topology, length, Kernels.LONGEST));
    }
  }

  /** {@return layer sizes} */
  public Topology topology() {
    return topology;
  }

  /**
   * @param layer from 1
   * @return where its weights are
   */
  public LayerRows layer(int layer) {
    return layers[layer];
  }

  /**
   * @param layer from 2
   * @return where the transposed copy of its weights is, with biases of 0
   */
  LayerRows transposed(int layer) {
    return transposed[layer];
  }

  /**
   * @param layer from 1
   * @return length of its rows
   */
  public int stride(int layer) {
    return layers[layer].stride();
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
    refreshTransposed(working, Share.WHOLE, Kernels.fastest());
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
      rows[l] = new float[Math.multiplyExact(examples, stride(l))];
    }
    return rows;
  }

  /**
   * @param kernels what computes
   * @return memory for one thread's products of layers; none if no later layer needs it
   */
  float[] newScratch(Kernels kernels) {
    for (int l = 2; l < layers.length; l++) {
      if (transposed[l].columns() > Kernels.ROW || layers[l].columns() > Kernels.ROW) {
        return new float[kernels.scratch()];
      }
    }
    return new float[0];
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
   * @param kernels what copies
   */
  public void refreshTransposed(float[] working, Share share, Kernels kernels) {
    for (int l = 2; l < layers.length; l++) {
      int from = firstRow(l, share);
      int to = Math.min(lastRow(l, share), topology.size(l - 1));
      kernels.transpose(working, layers[l], from, to, steps[l], transposed[l]);
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
    return layers[layer].weights() + row * stride(layer);
  }
}
