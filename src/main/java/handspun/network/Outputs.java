package handspun.network;

import handspun.math.Exp;
import handspun.math.Kernels;
import java.util.Locale;

/** What the units of the last layer make of their weighted inputs z: the outputs, each in 0..1. */
public enum Outputs {
  /** Each unit by itself, {@link Activation#SIGMOID}. The outputs do not add up to 1. */
  SIGMOID {
    @Override
    void activate(Kernels kernels, float[] z, int at, int rows, int stride, int units) {
      kernels.sigmoid(z, at, rows * stride);
    }

    @Override
    public float ofNone(int units) {
      return 0;
    }

    /** {@code 1 - prod(1 - a_k)}: that any is on, if they were independent. */
    @Override
    public float evidence(float[] a) {
      double none = 1;
      for (float output : a) {
        none *= 1.0 - output;
      }
      return (float) (1 - none);
    }
  },

  /**
   * {@code a_j = exp(z_j) / sum_k exp(z_k)}, which add up to 1 (Nielsen, "Neural Networks and Deep
   * Learning", chapter 3, equation 78). The largest z is subtracted first, so that no exponential
   * is too large; they are added up in the order of the units.
   */
  SOFTMAX {
    @Override
    void activate(Kernels kernels, float[] z, int at, int rows, int stride, int units) {
      for (int row = at; row < at + rows * stride; row += stride) {
        int end = row + units;
        float largest = z[row];
        for (int o = row + 1; o < end; o++) {
          largest = Math.max(largest, z[o]);
        }
        float sum = 0;
        for (int o = row; o < end; o++) {
          z[o] = Exp.exp(z[o] - largest);
          sum += z[o];
        }
        for (int o = row; o < end; o++) {
          z[o] /= sum;
        }
        for (int o = end; o < row + stride; o++) {
          z[o] = Targets.PADDING;
        }
      }
    }

    @Override
    public float ofNone(int units) {
      return 1f / units;
    }

    /** {@code 1 - K (prod a_k)^(1/K)}: of the geometric mean, which is 1 / K if all are alike. */
    @Override
    public float evidence(float[] a) {
      double logarithms = 0;
      for (float output : a) {
        logarithms += StrictMath.log(Math.max(output, LEAST));
      }
      double mean = StrictMath.exp(logarithms / a.length);
      return (float) Math.max(0, 1 - a.length * mean);
    }
  };

  /**
   * Computes outputs in place.
   *
   * @param z weighted inputs, a padded row an example, replaced by outputs; in the padding stands
   *     what a unit without inputs gives
   * @param at where the first row starts
   * @param rows number of examples
   * @param stride length of a row
   * @param units of the layer
   */
  abstract void activate(Kernels kernels, float[] z, int at, int rows, int stride, int units);

  /** An output that is 0 counts as this. */
  private static final double LEAST = 0x1p-100;

  /**
   * How far an answer is from that to an image of no class ({@link #ofNone}): {@code 1 - exp(-D)},
   * where D is the cross-entropy of what is wanted there and the outputs, less the smallest that it
   * can be. Training makes D small where an image is of no class, so it tells these from others
   * better than the largest output does.
   *
   * @param a outputs of one example, at least one
   * @return 0, the same, to 1; NaN if an output is
   */
  public abstract float evidence(float[] a);

  /**
   * {@return what is wanted of each output where an image is of no class: nothing, or where they
   * must add up to 1, that none is more likely than another (Hendrycks, Mazeika, Dietterich: "Deep
   * Anomaly Detection with Outlier Exposure", ICLR 2019)}
   *
   * @param units of the layer
   */
  public abstract float ofNone(int units);

  /** {@return the name as people write it} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
