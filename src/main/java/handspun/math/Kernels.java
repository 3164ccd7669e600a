package handspun.math;

/**
 * The inner loops of the network, over flat {@code float} arrays.
 *
 * <p>Every method has one fixed order of floating-point operations, written down in its comment, so
 * that every implementation gives the same bits (Java 17's floating point is strict). Each output
 * is accumulated over its inputs in ascending order with fused multiply-add, rounded once a step;
 * outputs are independent of each other, which is where an implementation may go wide.
 *
 * <p>A layer with {@code inputs} inputs and {@code outputs} units keeps its weights input by input:
 * the weight from input {@code i} to unit {@code o} is {@code p[weights + i * outputs + o]}, its
 * biases are {@code p[biases + o]}. Images are sparse: pixel {@code index[k]} (unsigned) has the
 * brightness {@link Brightness#of(byte) Brightness.of(value[k])}, all others are 0.
 *
 * <p>Implementations hold no state and may be shared between threads.
 */
public interface Kernels {

  /**
   * @return the fastest implementation on this machine
   */
  static Kernels fastest() {
    return new ScalarKernels();
  }

  /**
   * @return a few words for a person, such as "scalar"
   */
  String description();

  /**
   * Weighted inputs of the first layer: {@code z[o] = fma(w[i][o], x[i], z[o])} from {@code z[o] =
   * b[o]}, over the non-zero pixels {@code from..to} in ascending order.
   *
   * @param p the parameters
   * @param weights where the layer's weights start in {@code p}
   * @param biases where the layer's biases start in {@code p}
   * @param outputs number of units
   * @param index pixel indices, unsigned
   * @param value pixel values, unsigned
   * @param from first entry of {@code index} and {@code value}
   * @param to one past the last entry
   * @param z receives the weighted inputs at {@code zAt..zAt+outputs}
   * @param zAt where to write
   */
  void affineSparse(
      float[] p,
      int weights,
      int biases,
      int outputs,
      short[] index,
      byte[] value,
      int from,
      int to,
      float[] z,
      int zAt);

  /**
   * Weighted inputs of a later layer: {@code z[o] = fma(w[i][o], x[i], z[o])} from {@code z[o] =
   * b[o]}, over all inputs in ascending order.
   *
   * @param p the parameters
   * @param weights where the layer's weights start in {@code p}
   * @param biases where the layer's biases start in {@code p}
   * @param inputs number of inputs
   * @param outputs number of units
   * @param x the inputs, at {@code xAt..xAt+inputs}
   * @param xAt where to read
   * @param z receives the weighted inputs at {@code zAt..zAt+outputs}; may be the array {@code x}
   *     if the ranges do not overlap
   * @param zAt where to write
   */
  void affine(
      float[] p,
      int weights,
      int biases,
      int inputs,
      int outputs,
      float[] x,
      int xAt,
      float[] z,
      int zAt);

  /**
   * The logistic function in place: {@code z = 1 / (1 + exp(-z))}, with {@link Exp#exp(float)}.
   *
   * @param z weighted inputs, replaced by activations in 0..1
   * @param at first element
   * @param count number of elements
   */
  void sigmoid(float[] z, int at, int count);

  /**
   * The error brought back through a layer's weights: {@code back[i] = fma(w[i][o], delta[o],
   * back[i])} from 0, over units {@code o} in ascending order.
   *
   * @param p the parameters
   * @param weights where the layer's weights start in {@code p}
   * @param inputs number of inputs
   * @param outputs number of units
   * @param delta the layer's errors, at {@code deltaAt..deltaAt+outputs}
   * @param deltaAt where to read
   * @param back receives the result at {@code backAt..backAt+inputs}; may be the array {@code
   *     delta} if the ranges do not overlap
   * @param backAt where to write
   */
  void transposedTimes(
      float[] p,
      int weights,
      int inputs,
      int outputs,
      float[] delta,
      int deltaAt,
      float[] back,
      int backAt);

  /**
   * Adds one example's outer product to the first layer's weights: {@code w[i][o] = fma(x[i],
   * delta[o], w[i][o])} for the non-zero pixels {@code from..to}.
   *
   * @param index pixel indices, unsigned
   * @param value pixel values, unsigned
   * @param from first entry of {@code index} and {@code value}
   * @param to one past the last entry
   * @param delta the layer's errors, at {@code deltaAt..deltaAt+outputs}
   * @param deltaAt where to read
   * @param outputs number of units
   * @param target parameters or a gradient, changed in place
   * @param weights where the layer's weights start in {@code target}
   */
  void addOuterSparse(
      short[] index,
      byte[] value,
      int from,
      int to,
      float[] delta,
      int deltaAt,
      int outputs,
      float[] target,
      int weights);

  /**
   * Adds one example's outer product to a later layer's weights: {@code w[i][o] = fma(x[i],
   * delta[o], w[i][o])} for the inputs {@code from..to}.
   *
   * @param x the layer's inputs; input {@code i} is {@code x[xAt + i]}
   * @param xAt where input 0 lies
   * @param from first input
   * @param to one past the last input
   * @param delta the layer's errors, at {@code deltaAt..deltaAt+outputs}
   * @param deltaAt where to read
   * @param outputs number of units
   * @param target parameters or a gradient, changed in place
   * @param weights where the layer's weights start in {@code target}
   */
  void addOuter(
      float[] x,
      int xAt,
      int from,
      int to,
      float[] delta,
      int deltaAt,
      int outputs,
      float[] target,
      int weights);

  /**
   * {@code target[t] = target[t] + x[t]}, element by element.
   *
   * @param x addend, at {@code xAt..xAt+count}
   * @param xAt where to read
   * @param target sum, in place, at {@code targetAt..targetAt+count}
   * @param targetAt where to write
   * @param count number of elements
   */
  void add(float[] x, int xAt, float[] target, int targetAt, int count);

  /**
   * {@code target[t] = fma(scale, x[t], target[t])}, element by element.
   *
   * @param scale factor
   * @param x addend, at {@code at..at+count}
   * @param target sum, in place, at the same places
   * @param at first element
   * @param count number of elements
   */
  void addScaled(float scale, float[] x, float[] target, int at, int count);
}
