package handspun.math;

/**
 * The inner loops of the network, over flat {@code float} arrays.
 *
 * <p>Every method has one fixed order of floating-point operations, written down in its comment, so
 * that every implementation gives the same bits (Java 17's floating point is strict). A sum is
 * accumulated by fused multiply-adds, rounded once a step, in an order that does not depend on the
 * width of a vector; what is independent of each other, the units of a layer, is where an
 * implementation may go wide.
 *
 * <p><b>Rows.</b> Whatever belongs to the units of one layer (the weights from one input, the
 * biases, an example's activations or errors) is a row of {@link #padded(int) padded} length: a
 * multiple of {@value #ROW} numbers, so that no implementation needs to care for remainders. What
 * is beyond the layer's units is padding: its weights, biases and errors are 0 and stay 0, its
 * activations are those of a unit without inputs, and nobody reads these.
 *
 * <p><b>Images</b> are sparse. {@link #decode} turns their inked pixels, the entries, into
 * positions of weight rows and brightnesses; image {@code s} then has the entries {@code
 * starts[s]..starts[s + 1]}.
 *
 * <p>Implementations hold no state, allocate nothing and may be shared between threads.
 */
public interface Kernels {
  /** Rows are multiples of this many numbers: 512 bits, the widest vector that there is. */
  int ROW = 16;

  /** How long an array of numbers may be. */
  int LONGEST = 1 << 30;

  /** Costs are summed in units of {@code 2^-22}: see {@link #outputErrors}. */
  double COST_UNIT = 0x1p-22;

  /**
   * Errors nearer to 0 than this are 0. A step that they make is lost in every weight of more than
   * 2^-76, but what they are multiplied with becomes smaller than 2^-126, and with such numbers
   * Intel's processors compute a hundred times as slowly. Units that are sure have such errors, and
   * as training goes on, more and more are sure.
   */
  float NEGLIGIBLE = 0x1p-100f;

  /**
   * @param units of a layer
   * @return the length of its rows: {@code units}, rounded up to a multiple of {@value #ROW}
   */
  static int padded(int units) {
    return (units + ROW - 1) & -ROW;
  }

  /**
   * @return the fastest implementation for this machine and this Java
   * @throws handspun.UsageException if the property {@code handspun.kernels} asks for another that
   *     does not exist
   */
  static Kernels fastest() {
    return KernelChoice.ofThisProcess();
  }

  /** {@return how long an array is that {@link #affine} and {@link #addOuter} copy numbers to} */
  int scratch();

  /** {@return a few words for a person, such as "Vector API, 512 bit"} */
  String description();

  /**
   * Decodes an image of runs, which {@code handspun.network.Inputs} describes: of every inked
   * pixel, in ascending order, {@code rows[k] = first + stride * pixel} and {@code x[k]} = {@link
   * Brightness#of(byte) Brightness.of} its value.
   *
   * @param data images
   * @param from the image's first byte
   * @param to one past its last byte; {@value #ROW} more bytes may be read
   * @param first where the weights of pixel 0 are
   * @param stride length of a row
   * @param rows receives where each inked pixel's weights are
   * @param x receives each inked pixel's brightness, 0..1
   * @param at where to write; up to {@value #ROW} numbers behind the last may be overwritten
   * @return one past the last number written
   */
  int decode(byte[] data, int from, int to, int first, int stride, int[] rows, float[] x, int at);

  /**
   * Weighted inputs of the first layer, for several images: {@code z[s][o]} is the bias plus the
   * sum of {@code x[k] * w[k][o]} over the image's entries.
   *
   * <p>Order, in rows of more than {@value #ROW}: from {@code z = bias}, {@code z = fma(x[k],
   * w[k][o], z)} over ascending entries. In rows of {@value #ROW}, where a single row of sums would
   * leave a processor waiting for its own additions: four such sums, of the entries 0, 4, 8, ... of
   * the image, 1, 5, 9, ..., 2, 6, 10, ... and 3, 7, 11, ..., the first from the bias, the others
   * from 0; then {@code (z0 + z1) + (z2 + z3)}.
   *
   * @param p the parameters
   * @param layer where the layer's weights are
   * @param starts entries of every image
   * @param cuts cut the images into parts, so that the rows of one part fit a cache: image {@code
   *     s} has those of part {@code b} up to {@code cuts[b * images + s]}, and all that follow in
   *     the last part. Results do not depend on it
   * @param parts how many parts; if 1, the cuts are not looked at
   * @param rows where each entry's weights are in {@code p}
   * @param x brightness of each entry
   * @param images number of images
   * @param z receives a row an image
   * @param zAt where the first image's row goes
   */
  void affineSparse(
      float[] p,
      LayerRows layer,
      int[] starts,
      int[] cuts,
      int parts,
      int[] rows,
      float[] x,
      int images,
      float[] z,
      int zAt);

  /**
   * Weighted inputs of a later layer, for several examples: from {@code z = bias}, {@code z =
   * fma(x[i], w[i][o], z)} over ascending inputs {@code i}. With transposed weights and biases of 0
   * it brings errors back through a layer.
   *
   * @param p the parameters
   * @param layer where the layer's weights are
   * @param x the inputs, a row an example
   * @param xAt where the first example's row starts
   * @param xStride length of a row of {@code x}
   * @param examples number of examples
   * @param z receives a row an example; another array than {@code x}
   * @param zAt where the first example's row goes
   * @param scratch {@link #scratch} numbers for this thread, without a meaning before and after
   */
  void affine(
      float[] p,
      LayerPanels layer,
      float[] x,
      int xAt,
      int xStride,
      int examples,
      float[] z,
      int zAt,
      float[] scratch);

  /**
   * The logistic function in place: {@code z = 1 / (1 + exp(-z))}, with {@link Exp#exp(float)}.
   *
   * @param z weighted inputs, replaced by activations in 0..1
   * @param at first element
   * @param count number of elements, a multiple of {@value #ROW}
   */
  void sigmoid(float[] z, int at, int count);

  /**
   * The hyperbolic tangent in place: {@code z = fma(2, s, -1)} with {@code s = 1 / (1 + exp(-2
   * z))}.
   *
   * @param z weighted inputs, replaced by activations in -1..1
   * @param at first element
   * @param count number of elements, a multiple of {@value #ROW}
   */
  void tanh(float[] z, int at, int count);

  /**
   * The rectifier in place: {@code z = max(z, 0)}, which is never -0, and NaN for NaN.
   *
   * @param z weighted inputs, replaced by activations of 0 or more
   * @param at first element
   * @param count number of elements, a multiple of {@value #ROW}
   */
  void relu(float[] z, int at, int count);

  /**
   * Errors of the output layer under the quadratic cost, and that cost. With {@code e = a - y},
   * {@code delta = (e * (a * (1 - a))) * scale}, or 0 if that is {@link #NEGLIGIBLE}.
   *
   * <p>The cost is added up in fixed point, where the order does not matter: every {@code e * e} is
   * first rounded to a multiple of {@link #COST_UNIT}. If an output is not a number, neither are
   * the errors, and the returned sum means nothing.
   *
   * @param a activations, a row an example
   * @param aAt where the first example's row starts
   * @param targets the wanted outputs y, a row for every label, with 1/2 in its padding
   * @param labels the examples' labels, from index 0
   * @param examples number of examples
   * @param stride length of a row
   * @param scale factor of the errors
   * @param deltas receives the errors, a row an example, at the same places as {@code a}
   * @return the sum of all {@code e * e} in units of {@link #COST_UNIT}
   */
  long outputErrors(
      float[] a,
      int aAt,
      float[] targets,
      int[] labels,
      int examples,
      int stride,
      float scale,
      float[] deltas);

  /**
   * Errors of the output layer where they are the differences alone: {@code delta = (a - y) *
   * scale}, or 0 if that is {@link #NEGLIGIBLE}.
   *
   * @param a activations, a row an example
   * @param aAt where the first example's row starts
   * @param targets the wanted outputs y, a row for every label, with 1/2 in its padding
   * @param labels the examples' labels, from index 0
   * @param examples number of examples
   * @param stride length of a row
   * @param scale factor of the errors
   * @param deltas receives the errors, a row an example, at the same places as {@code a}
   */
  void outputDifferences(
      float[] a,
      int aAt,
      float[] targets,
      int[] labels,
      int examples,
      int stride,
      float scale,
      float[] deltas);

  /**
   * Errors of a layer of sigmoid units, in place: {@code delta = delta * (a * (1 - a))}, or 0 if
   * that is {@link #NEGLIGIBLE}.
   *
   * @param a activations
   * @param deltas errors that were brought back to the layer's outputs
   * @param at first element of both
   * @param count number of elements, a multiple of {@value #ROW}
   */
  void sigmoidErrors(float[] a, float[] deltas, int at, int count);

  /**
   * Errors of a layer of hyperbolic tangents, in place: {@code delta = delta * fma(-a, a, 1)}, or 0
   * if that is {@link #NEGLIGIBLE}.
   *
   * @param a activations
   * @param deltas errors that were brought back to the layer's outputs
   * @param at first element of both
   * @param count number of elements, a multiple of {@value #ROW}
   */
  void tanhErrors(float[] a, float[] deltas, int at, int count);

  /**
   * Errors of a layer of rectified linear units, in place: 0 where {@code a} is not above 0, or
   * where they are {@link #NEGLIGIBLE}.
   *
   * @param a activations
   * @param deltas errors that were brought back to the layer's outputs
   * @param at first element of both
   * @param count number of elements, a multiple of {@value #ROW}
   */
  void reluErrors(float[] a, float[] deltas, int at, int count);

  /**
   * Adds outer products to the first layer's weights: {@code w[k][o] = fma(x[k], delta[o],
   * w[k][o])} for every entry of every image; images in ascending order.
   *
   * @param layer where the layer's weights are
   * @param starts entries of every image
   * @param rows where each entry's weights are in {@code target}
   * @param x brightness of each entry
   * @param images number of images
   * @param deltas the layer's errors, a row an image
   * @param deltaAt where the first image's row starts
   * @param target parameters or a gradient, changed in place
   */
  void addOuterSparse(
      LayerRows layer,
      int[] starts,
      int[] rows,
      float[] x,
      int images,
      float[] deltas,
      int deltaAt,
      float[] target);

  /**
   * The same as {@link #addOuterSparse}, for images whose entries are sorted by pixel: the column
   * {@code c} of pixel entries is {@code columnStarts[c]..columnStarts[c + 1]}.
   *
   * @param layer where the layer's weights are
   * @param columnRows where each column's weights are in {@code target}
   * @param columnStarts entries of every column, images in ascending order
   * @param columns number of columns
   * @param offsets of each entry, where the row of its image is, relative to the first image's
   * @param x brightness of each entry
   * @param deltas the layer's errors, a row an image
   * @param deltaAt where the first image's row starts
   * @param target parameters or a gradient, changed in place
   */
  void addOuterColumns(
      LayerRows layer,
      int[] columnRows,
      int[] columnStarts,
      int columns,
      int[] offsets,
      float[] x,
      float[] deltas,
      int deltaAt,
      float[] target);

  /**
   * Adds outer products to a later layer's weights: {@code w[i][o] = fma(x[e][i], delta[e][o],
   * w[i][o])} over examples {@code e} in ascending order.
   *
   * @param x the layer's inputs, a row an example
   * @param xAt where the first example's row starts
   * @param xStride length of a row of {@code x}
   * @param from first row of the panels that is changed
   * @param to one past the last row
   * @param examples number of examples
   * @param deltas the layer's errors, a row an example
   * @param deltaAt where the first example's row starts
   * @param target parameters or a gradient, changed in place
   * @param layer where the layer's weights are in {@code target}
   * @param scratch {@link #scratch} numbers for this thread, without a meaning before and after
   */
  void addOuter(
      float[] x,
      int xAt,
      int xStride,
      int from,
      int to,
      int examples,
      float[] deltas,
      int deltaAt,
      float[] target,
      LayerPanels layer,
      float[] scratch);

  /**
   * Copies weights to where they lie transposed, a row for every unit.
   *
   * @param w weights and their copy, changed in place
   * @param layer where the weights are
   * @param from first row of the panels that is copied
   * @param to one past the last row
   * @param transposed where the copy is: its inputs are the layer's units
   */
  void transpose(float[] w, LayerPanels layer, int from, int to, LayerPanels transposed);

  /**
   * Adds many rows to one: {@code target[o] = target[o] + x[e][o]} over ascending {@code e}.
   *
   * @param x rows
   * @param xAt where the first row starts
   * @param rows number of rows
   * @param stride length of a row
   * @param target receives the sum, in place
   * @param targetAt where its row is
   */
  void addRows(float[] x, int xAt, int rows, int stride, float[] target, int targetAt);

  /**
   * {@code target[t] = target[t] + x[t]}, element by element.
   *
   * @param x addend
   * @param target sum, in place
   * @param at first element of both
   * @param count number of elements, a multiple of {@value #ROW}
   */
  void add(float[] x, float[] target, int at, int count);

  /** Added to a number, it leaves 8 bits behind the point, if the number is from 0 to 16,383. */
  float EIGHT_BITS = 1.5f * (1 << 15);

  /**
   * Looks up an image between its pixels: {@code x} and {@code y} are limited to 0 to their last
   * place and rounded to 1/256 by adding {@link #EIGHT_BITS}; then, in whole numbers, {@code above
   * = 256 left + part (right - left)} in the row above the place, the same in the row below, and
   * {@code brightness = (256 above + part (below - above) + 2^15) / 2^16}.
   *
   * @param pixels of the image, row by row, one unsigned byte each
   * @param stride pixels from a row to the next
   * @param x of each place, counted from the middle of the first pixel; not NaN
   * @param y of each place, likewise
   * @param lastX the last place across; a pixel behind it is looked at, too
   * @param lastY the last place down; a row behind it is looked at, too
   * @param brightness receives 0..255 for as many places as it is long, a multiple of {@value #ROW}
   */
  void interpolate(
      byte[] pixels, int stride, float[] x, float[] y, int lastX, int lastY, int[] brightness);
}
