package handspun.image;

import handspun.math.Kernels;
import handspun.math.LayerPanels;
import handspun.math.RandomStream;

/**
 * Changes images of one size as an {@link Augmentation} says: strokes become thicker or thinner,
 * and then every pixel of the new image is looked up at a place between those of the old one. The
 * place is the pixel's own, scaled, sheared along the rows and turned about the middle of the
 * image, shifted, and moved by an {@link ElasticField}.
 *
 * <p>The result is a function of the image and the random numbers, the same on every machine. How
 * far an image is shifted does not depend on whether it is turned, and so on. Not for several
 * threads at once; allocates nothing after it was made.
 */
public final class Augmenter {
  private final Augmentation augmentation;
  private final int rows;
  private final int columns;
  private final Kernels kernels;
  private final StrokeThickness strokes;
  private final ElasticField field;
  private final Resampling resampling;
  private final byte[] changed;

  /** How many numbers a row of pixels is multiplied by: the weights of its knots, and its place. */
  private final int terms;

  /** Of each row of pixels, these numbers. */
  private final float[] ofRows;

  /**
   * What they are multiplied with, a row of numbers for the columns of pixels each: displacements
   * to the right, and how far right the next row of pixels is; then the places in the middle row.
   * Behind that the same downwards.
   */
  private final float[] ofColumns;

  private final LayerPanels right;
  private final LayerPanels down;
  private final float[] scratch;

  /**
   * Of images of a size that is {@linkplain Preprocessing#isPossible possible}.
   *
   * @param kernels arithmetic to use; the result does not depend on it
   */
  public Augmenter(Augmentation augmentation, int rows, int columns, Kernels kernels) {
    this.augmentation = augmentation;
    this.rows = rows;
    this.columns = columns;
    this.kernels = kernels;
    resampling = new Resampling(rows, columns, kernels);
    strokes = new StrokeThickness(rows, columns);
    scratch = new float[kernels.scratch()];
    field =
        new ElasticField(
            rows, columns, augmentation.elastic(), augmentation.elasticity(), kernels, scratch);
    changed = new byte[rows * columns];
    terms = field.knotsDown() + 1;
    ofRows = new float[rows * terms];
    for (int y = 0; y < rows; y++) {
      for (int k = 0; k < field.knotsDown(); k++) {
        ofRows[y * terms + k] = field.weightDown(y, k);
      }
      ofRows[y * terms + field.knotsDown()] = fromMiddle(y, rows);
    }
    int stride = resampling.stride();
    int places = terms * stride;
    ofColumns = new float[2 * (places + stride)];
    right = new LayerPanels(0, places, terms, stride, stride);
    int downAt = places + stride;
    down = new LayerPanels(downAt, downAt + places, terms, stride, stride);
  }

  /**
   * @param image pixels row by row, one unsigned byte each; not changed
   * @param random source of the random numbers
   * @param target receives the new image
   * @param at where in the target
   */
  public void augment(byte[] image, RandomStream random, byte[] target, int at) {
    long angleAndShear = random.nextLong();
    long scales = random.nextLong();
    long shifts = random.nextLong();
    double thicker = augmentation.thickness() * RandomStream.first(random.nextLong());
    setPlaces(angleAndShear, scales, shifts, random);
    if (augmentation.thickness() == 0) {
      resampling.run(image, target, at);
    } else {
      strokes.change(image, thicker, changed);
      resampling.run(changed, target, at);
    }
  }

  /** Finds where the new image's pixels are in the old one. */
  private void setPlaces(long angleAndShear, long scales, long shifts, RandomStream random) {
    double angle = StrictMath.toRadians(augmentation.rotate() * RandomStream.first(angleAndShear));
    double shear = augmentation.shear() * RandomStream.second(angleAndShear);
    double scaleX = 1 + augmentation.scale() * RandomStream.first(scales);
    double scaleY = 1 + augmentation.scale() * RandomStream.second(scales);
    double sin = StrictMath.sin(angle);
    double cos = StrictMath.cos(angle);
    field.draw(random, ofColumns, right, down);
    // Scale, then shear along the rows, then turn.
    multiply(
        right,
        (float) (cos * shear - sin * scaleY),
        (float)
            (Resampling.ORIGIN
                + (columns - 1) / 2.0
                + augmentation.shift() * RandomStream.first(shifts)),
        (float) (cos * scaleX),
        resampling.x());
    multiply(
        down,
        (float) (sin * shear + cos * scaleY),
        (float)
            (Resampling.ORIGIN
                + (rows - 1) / 2.0
                + augmentation.shift() * RandomStream.second(shifts)),
        (float) (sin * scaleX),
        resampling.y());
  }

  /**
   * Multiplies the numbers of the rows with those of the columns.
   *
   * @param ofColumn where those of the columns are, and behind them the places in the middle row
   * @param step from a row of pixels to the next
   * @param middle place of the middle of the new image
   * @param stepOfColumn from a column of pixels to the next
   * @param places receives the product
   */
  private void multiply(
      LayerPanels ofColumn, float step, float middle, float stepOfColumn, float[] places) {
    for (int x = 0; x < columns; x++) {
      ofColumns[ofColumn.weight(terms - 1, x)] = step;
      ofColumns[ofColumn.biases() + x] = middle + stepOfColumn * fromMiddle(x, columns);
    }
    kernels.affine(ofColumns, ofColumn, ofRows, 0, terms, rows, places, 0, scratch);
  }

  private static float fromMiddle(int place, int side) {
    return place - (side - 1) / 2f;
  }
}
