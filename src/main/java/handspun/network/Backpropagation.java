package handspun.network;

import handspun.math.Kernels;
import handspun.math.LayerRows;
import handspun.math.Share;

/**
 * Backpropagation of many examples, layer by layer (Nielsen, "Neural Networks and Deep Learning",
 * chapter 2, equations BP1 to BP4).
 *
 * <p>The gradient of a layer's weights is the sum over the examples of the outer products of the
 * layer's inputs and its errors, so what is computed are these {@link Factors}; the gradient itself
 * is only ever added to something.
 *
 * <p>Parameters are working vectors: see {@link Layout}. Allocates nothing. Not for several threads
 * at once: it has scratch memory.
 */
public final class Backpropagation {
  private final Layout layout;
  private final Topology topology;
  private final HiddenUnits hidden;
  private final Kernels kernels;
  private final int last;
  private final Outputs outputs;
  private final Cost.OutputErrors outputErrors;
  private final float[] scratch;

  /**
   * @param layout of the network
   * @param hidden its hidden layers
   * @param kernels arithmetic to use; results do not depend on it
   */
  public Backpropagation(Layout layout, HiddenUnits hidden, Cost cost, Kernels kernels) {
    this.layout = layout;
    this.hidden = hidden;
    this.kernels = kernels;
    topology = layout.topology();
    last = topology.layers() - 1;
    outputs = cost.outputs();
    outputErrors = cost.errors(topology.outputs(), kernels);
    scratch = layout.newScratch(kernels);
  }

  /**
   * Computes the factors of examples: feeds them forward, and brings their errors back through the
   * layers.
   *
   * @param w the parameters
   * @param images the examples' images
   * @param targets outputs that are wanted of them
   * @param scale factor of all errors
   * @param factors receives their activations and their errors, times {@code scale}
   * @param at position of the first example in {@code factors}
   * @return the examples' cost, in units of {@link Cost#UNIT}; means nothing if an output is not a
   *     number
   */
  public long backpropagate(
      float[] w, DecodedImages images, Targets targets, float scale, Factors factors, int at) {
    Feedforward.run(
        layout, hidden, outputs, kernels, w, images, factors.activations(), at, scratch);
    int count = images.count();
    int stride = layout.stride(last);
    float[] deltas = factors.deltas()[last];
    long cost =
        outputErrors.compute(
            factors.activations()[last], at * stride, targets, count, scale, deltas);
    for (int l = last; l > 1; l--) {
      int before = layout.stride(l - 1);
      float[] back = factors.deltas()[l - 1];
      kernels.affine(
          w, layout.transposed(l), deltas, at * stride, stride, count, back, at * before, scratch);
      hidden.errors(l - 1, factors.activations()[l - 1], back, at * before, count * before);
      stride = before;
      deltas = back;
    }
    return cost;
  }

  /**
   * Adds the gradient of examples, times whatever factor their errors carry, to a vector: for every
   * number in it, in the order of the examples.
   *
   * @param images the examples' images; of these, at least the entries in the share
   * @param factors their activations and errors, from position 0
   * @param target a working vector or a gradient, changed in place; transposed copies are not
   *     refreshed
   * @param share which part of the vector to touch: of every layer, this share of its rows
   */
  public void addGradient(DecodedImages images, Factors factors, float[] target, Share share) {
    int count = images.count();
    addFirstLayer(images, factors.deltas()[1], target);
    addBiases(1, factors, count, target, share);
    for (int l = 2; l <= last; l++) {
      kernels.addOuter(
          factors.activations()[l - 1],
          0,
          layout.stride(l - 1),
          layout.firstRow(l, share),
          Math.min(layout.lastRow(l, share), layout.rows(l)),
          count,
          factors.deltas()[l],
          0,
          target,
          layout.panels(l),
          scratch);
      addBiases(l, factors, count, target, share);
    }
  }

  /** {@link Layout#refreshTransposed}. */
  public void refreshTransposed(float[] working, Share share) {
    layout.refreshTransposed(working, share, kernels);
  }

  private void addFirstLayer(DecodedImages images, float[] deltas, float[] target) {
    int count = images.count();
    LayerRows first = layout.first();
    if (!images.byColumns()) {
      kernels.addOuterSparse(
          first, images.starts(), images.rows(), images.brightness(), count, deltas, 0, target);
      return;
    }
    for (int from = 0; from < count; from += ImageColumns.BLOCK) {
      int to = Math.min(from + ImageColumns.BLOCK, count);
      ImageColumns columns = images.columns(from, to);
      kernels.addOuterColumns(
          first,
          columns.rows(),
          columns.starts(),
          columns.count(),
          columns.offsets(),
          columns.brightness(),
          deltas,
          from * first.stride(),
          target);
    }
  }

  private void addBiases(int layer, Factors factors, int count, float[] target, Share share) {
    if (layout.lastRow(layer, share) > layout.rows(layer)) {
      kernels.addRows(
          factors.deltas()[layer], 0, count, layout.stride(layer), target, layout.biasesAt(layer));
    }
  }

  /**
   * {@code sum += addend}, over a share of two vectors.
   *
   * @param addend a gradient, or several, one behind the other
   * @param sum as many, or a working vector for one, changed in place
   * @param share which part of the vectors to touch: of every layer, this share of its rows
   */
  public void add(float[] addend, float[] sum, Share share) {
    for (int at = 0; at < addend.length; at += layout.gradientLength()) {
      for (int l = 1; l <= last; l++) {
        int from = layout.from(l, share);
        kernels.add(addend, sum, at + from, layout.to(l, share) - from);
      }
    }
  }
}
