package handspun.image;

import handspun.math.Kernels;
import handspun.math.LayerPanels;
import handspun.math.RandomStream;

/**
 * A smooth field of random displacements, for elastic distortion as Simard, Steinkraus and Platt
 * (ICDAR 2003) make it: random numbers of -1 to 1 in every pixel, smoothed with a Gaussian of
 * standard deviation sigma, times alpha; one field for each direction.
 *
 * <p>Here the random numbers are those of knots that are {@code sigma * sqrt(3)} apart, and a cubic
 * B-spline both smooths and interpolates them (Rueckert et al., "Nonrigid Registration Using
 * Free-Form Deformations", IEEE Transactions on Medical Imaging 18, 1999): that spline is nearly a
 * Gaussian of standard deviation sigma. They are scaled so that displacements have the variance of
 * Simard's. A spline is a product of matrices, weights of the rows x knots x weights of the
 * columns: the first product is here.
 */
final class ElasticField {
  /** Knots that a place between them depends on, in each direction. */
  private static final int ORDER = 4;

  /** In units of its standard deviation: a cubic B-spline of knots 1 apart has the variance 1/3. */
  private static final double KNOTS_APART = StrictMath.sqrt(3);

  /** The mean of the sum of the squares of a cubic B-spline's weights. */
  private static final double SQUARED_WEIGHTS = 151.0 / 315;

  private final Kernels kernels;
  private final int knotsAcross;
  private final int knotsDown;

  /** Of each knot across, the weights of all columns; behind them a row of 0. */
  private final float[] weightsAcross;

  /** Where each of its panels is. */
  private final LayerPanels[] across;

  private final float[] weightsDown;
  private final float[] scratch;
  private final float[] right;
  private final float[] down;
  private final float unit;

  /**
   * @param alpha strength, in pixels
   * @param sigma how smooth it is, in pixels
   * @param scratch memory for the kernels
   */
  ElasticField(
      int rows, int columns, double alpha, double sigma, Kernels kernels, float[] scratch) {
    this.kernels = kernels;
    this.scratch = scratch;
    int stride = Kernels.padded(columns);
    double apart = sigma * KNOTS_APART;
    knotsAcross = knots(columns, apart);
    knotsDown = knots(rows, apart);
    weightsAcross = new float[(knotsAcross + 1) * stride];
    LayerPanels all = new LayerPanels(0, knotsAcross * stride, knotsAcross, stride, stride);
    for (int x = 0; x < columns; x++) {
      for (int k = 0; k < knotsAcross; k++) {
        weightsAcross[all.weight(k, x)] = weight(x, columns, k, apart);
      }
    }
    across = new LayerPanels[stride / Kernels.ROW];
    for (int panel = 0; panel < across.length; panel++) {
      int first = all.row(panel * knotsAcross);
      across[panel] = new LayerPanels(first, all.biases(), knotsAcross, Kernels.ROW, Kernels.ROW);
    }
    weightsDown = new float[rows * knotsDown];
    for (int y = 0; y < rows; y++) {
      for (int k = 0; k < knotsDown; k++) {
        weightsDown[y * knotsDown + k] = weight(y, rows, k, apart);
      }
    }
    right = new float[knotsDown * knotsAcross];
    down = new float[knotsDown * knotsAcross];
    // Simard's numbers and these have the same variance, 1/3.
    double asSimard = alpha / (2 * sigma * StrictMath.sqrt(StrictMath.PI)) / SQUARED_WEIGHTS;
    unit = (float) (asSimard * 0x1p-31);
  }

  /** How many knots there are along a side; the middle of the side is on one of them. */
  private static int knots(int side, double apart) {
    return 2 * halfTheKnots(side, apart) + 1;
  }

  private static int halfTheKnots(int side, double apart) {
    return (int) StrictMath.floor((side - 1) / 2.0 / apart) + ORDER / 2;
  }

  /** The cubic B-spline of a knot at a place along a side. */
  private static float weight(int place, int side, int knot, double apart) {
    double distance =
        StrictMath.abs((place - (side - 1) / 2.0) / apart - (knot - halfTheKnots(side, apart)));
    if (distance >= 2) {
      return 0;
    }
    double rest = 2 - distance;
    double whole = rest * rest * rest / 6;
    double inner = 1 - distance;
    return (float) (inner > 0 ? whole - 4 * inner * inner * inner / 6 : whole);
  }

  /** {@return how many rows of knots there are} */
  int knotsDown() {
    return knotsDown;
  }

  /** {@return the weight of a row of knots for a row of pixels} */
  float weightDown(int row, int knot) {
    return weightsDown[row * knotsDown + knot];
  }

  /**
   * Draws another field. To be multiplied by the weights of the rows of pixels, it writes for every
   * row of knots the displacements of all columns.
   *
   * @param target receives them as weights
   * @param toRight where the displacements to the right go, those of the first row of knots first
   * @param toDown where the displacements downwards go
   */
  void draw(RandomStream random, float[] target, LayerPanels toRight, LayerPanels toDown) {
    for (int k = 0; k < right.length; k++) {
      long bits = random.nextLong();
      right[k] = (int) (bits >> 32) * unit;
      down[k] = (int) bits * unit;
    }
    multiply(right, target, toRight);
    multiply(down, target, toDown);
  }

  private void multiply(float[] knots, float[] target, LayerPanels to) {
    for (int panel = 0; panel < across.length; panel++) {
      int at = to.row(panel * to.inputs());
      kernels.affine(
          weightsAcross, across[panel], knots, 0, knotsAcross, knotsDown, target, at, scratch);
    }
  }
}
