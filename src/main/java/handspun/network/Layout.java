package handspun.network;

import handspun.UsageException;
import handspun.math.Kernels;
import handspun.math.LayerPanels;
import handspun.math.LayerRows;
import handspun.math.Share;

/**
 * Where the weights and biases of a network lie in the <em>working vector</em> that the kernels
 * compute with.
 *
 * <p>The working vector has the order of the parameter vector (see {@link Topology}), but every row
 * is {@link Kernels#padded padded}, and the weights of the layers after the first lie in {@link
 * LayerPanels}. Behind a layer's weights are its biases, and behind all layers lie a row of zeros
 * and, for every layer but the first, a transposed copy of its weights (a row for every unit),
 * which brings errors back as fast as weights bring activations forward. Who changes weights must
 * {@link #refreshTransposed refresh} that copy.
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
  private final LayerRows first;

  /** Of every layer from 2. */
  private final LayerPanels[] panels;

  private final LayerPanels[] transposed;
  private final int zerosAt;
  private final int length;

  /**
   * @param topology layer sizes
   */
  public Layout(Topology topology) {
    this.topology = topology;
    int count = topology.layers();
    int at = LEAD;
    int columns = Kernels.padded(topology.size(1));
    int stride = roomy(columns);
    int widest = stride;
    int inputs = topology.inputs();
    int biases = Math.addExact(at, Math.multiplyExact(inputs, stride));
    first = new LayerRows(at, biases, inputs, columns, stride);
    at = Math.addExact(biases, stride);
    panels = new LayerPanels[count];
    transposed = new LayerPanels[count];
    for (int l = 2; l < count; l++) {
      columns = Kernels.padded(topology.size(l));
      widest = Math.max(widest, columns);
      inputs = topology.size(l - 1);
      biases = Math.addExact(at, Math.multiplyExact(inputs, columns));
      panels[l] = new LayerPanels(at, biases, inputs, columns, roomy(columns));
      // As long as a row of errors, which are added to them.
      at = Math.addExact(biases, roomy(columns));
    }
    zerosAt = at;
    at += widest;
    for (int l = 2; l < count; l++) {
      columns = Kernels.padded(topology.size(l - 1));
      int units = topology.size(l);
      transposed[l] = new LayerPanels(at, zerosAt, units, columns, roomy(columns));
      at = Math.addExact(at, Math.multiplyExact(units, columns));
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

  private static int roomy(int columns) {
    return columns % CROWDED == 0 ? columns + Kernels.ROW : columns;
  }

  /** {@return where the weights of the first layer are} */
  public LayerRows first() {
    return first;
  }

  /**
   * @param layer from 2
   * @return where its weights are
   */
  public LayerPanels panels(int layer) {
    return panels[layer];
  }

  /**
   * @param layer from 2
   * @return where the transposed copy of its weights is, with biases of 0
   */
  LayerPanels transposed(int layer) {
    return transposed[layer];
  }

  /**
   * @param layer from 1
   * @return where its biases are, behind its weights
   */
  public int biasesAt(int layer) {
    return layer == 1 ? first.biases() : panels[layer].biases();
  }

  /**
   * @param layer from 1
   * @return length of a row of its activations or errors
   */
  public int stride(int layer) {
    return layer == 1 ? first.stride() : panels[layer].stride();
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
    forEachPiece((at, from, size) -> System.arraycopy(parameters, from, gradient, at, size));
  }

  /** Numbers that lie side by side in both vectors. */
  private interface Piece {
    void at(int working, int parameter, int size);
  }

  private void forEachPiece(Piece piece) {
    for (int l = 1; l < topology.layers(); l++) {
      int size = topology.size(l);
      int width = l == 1 ? size : Kernels.ROW;
      for (int i = 0; i < topology.size(l - 1); i++) {
        int parameter = topology.weightsAt(l) + i * size;
        for (int o = 0; o < size; o += width) {
          piece.at(weight(l, i, o), parameter + o, Math.min(width, size - o));
        }
      }
      piece.at(biasesAt(l), topology.biasesAt(l), size);
    }
  }

  /** Where the weight from an input to a unit of a layer is. */
  int weight(int layer, int input, int unit) {
    return layer == 1
        ? first.weights() + input * first.stride() + unit
        : panels[layer].weight(input, unit);
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
    for (int l = 2; l < panels.length; l++) {
      if (transposed[l].columns() > Kernels.ROW || panels[l].columns() > Kernels.ROW) {
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
    forEachPiece((at, to, size) -> System.arraycopy(working, at, parameters, to, size));
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
    for (int l = 2; l < panels.length; l++) {
      int to = Math.min(lastRow(l, share), panels[l].rows());
      kernels.transpose(working, panels[l], firstRow(l, share), to, transposed[l]);
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
    return share.from(rows(layer) + 1);
  }

  /** One past the last row of a layer that a share owns. */
  int lastRow(int layer, Share share) {
    return share.to(rows(layer) + 1);
  }

  /**
   * @param layer from 1
   * @return how many rows of weights it has, those of all panels counted through
   */
  public int rows(int layer) {
    return layer == 1 ? first.inputs() : panels[layer].rows();
  }

  /** Where a layer's row is: one of its weights or, after the last one, that of the biases. */
  int row(int layer, int row) {
    if (row > rows(layer)) {
      return biasesAt(layer) + stride(layer);
    }
    return layer == 1 ? first.weights() + row * first.stride() : panels[layer].row(row);
  }
}
