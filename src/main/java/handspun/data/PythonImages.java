package handspun.data;

import handspun.network.Inputs;

/**
 * The images of one set as a Python program had them: one array of n x 784, n x 28 x 28, n x 28 x
 * 28 x 1 or n x 1 x 28 x 28, or a list of n arrays or lists of 784 numbers. Pixels are
 * floating-point numbers or integers.
 */
record PythonImages(int count, int rows, int columns, boolean isFloatingPoint, Pixels pixels) {
  /** The values of pixels. */
  @FunctionalInterface
  interface Pixels {
    double at(int image, int pixel);
  }

  /**
   * {@return the images in a value; faults say what it is instead, after "has as training images"}
   */
  static PythonImages of(Object value) {
    if (value instanceof NumpyArray array && array.shape().length >= 2) {
      return of(array);
    }
    Object[] list = PythonValue.sequence(value);
    if (list == null) {
      throw new PythonDataException(
          "not an array of n x 784 numbers, nor a list of such images, but %s"
              .formatted(PythonValue.name(value)));
    }
    return of(list);
  }

  private static PythonImages of(NumpyArray array) {
    int[] shape = array.shape();
    int rows = shape.length < 3 ? 0 : shape.length == 4 && shape[3] != 1 ? shape[2] : shape[1];
    int columns = shape.length < 3 ? 0 : shape.length == 4 && shape[3] != 1 ? shape[3] : shape[2];
    boolean oneChannel = shape.length == 4 && (shape[3] == 1 || shape[1] == 1);
    if (shape.length > 4 || (shape.length == 4 && !oneChannel)) {
      throw new PythonDataException(
          "a numpy %s; Handspun reads images of one channel, such as n x 28 x 28: convert them to grey"
              .formatted(array));
    }
    int pixels = shape.length == 2 ? shape[1] : rows * columns;
    if (shape.length == 2) {
      rows = side(pixels);
      columns = rows;
    }
    requireSize(pixels, rows, columns);
    return new PythonImages(
        shape[0],
        rows,
        columns,
        array.isFloatingPoint(),
        (image, pixel) -> array.number(image * pixels + pixel));
  }

  private static PythonImages of(Object[] list) {
    boolean floating = false;
    int pixels = -1;
    Object[] images = new Object[list.length];
    for (int i = 0; i < list.length; i++) {
      Object[] numbers = PythonValue.sequence(list[i]);
      int found;
      if (list[i] instanceof NumpyArray array) {
        images[i] = array;
        found = array.count();
        floating |= array.isFloatingPoint();
      } else if (numbers != null) {
        images[i] = doubles(numbers, i);
        found = numbers.length;
        floating = true;
      } else {
        throw new PythonDataException(
            "a list whose element %d is not an array or list of numbers, but %s"
                .formatted(i, PythonValue.name(list[i])));
      }
      if (pixels >= 0 && pixels != found) {
        throw new PythonDataException(
            "a list whose element 0 has %d pixels, but element %d has %d"
                .formatted(pixels, i, found));
      }
      pixels = found;
    }
    int side = side(pixels);
    if (list.length > 0) {
      requireSize(pixels, side, side);
    }
    return new PythonImages(
        list.length,
        side,
        side,
        floating,
        (image, pixel) ->
            images[image] instanceof NumpyArray array
                ? array.number(pixel)
                : ((double[]) images[image])[pixel]);
  }

  private static double[] doubles(Object[] numbers, int image) {
    double[] doubles = new double[numbers.length];
    for (int p = 0; p < doubles.length; p++) {
      Number number = PythonValue.number(numbers[p]);
      if (number == null) {
        throw new PythonDataException(
            "a list whose element %d does not have a number at %d, but %s"
                .formatted(image, p, PythonValue.name(numbers[p])));
      }
      doubles[p] = number.doubleValue();
    }
    return doubles;
  }

  private static int side(int pixels) {
    return (int) Math.round(Math.sqrt(Math.max(pixels, 0)));
  }

  private static void requireSize(int pixels, int rows, int columns) {
    if (rows * columns != pixels || pixels < 1 || pixels > Inputs.MOST_PIXELS) {
      throw new PythonDataException(
          "images of %d pixels, but the square of a number from 1 to 256 is expected, such as 784"
              .formatted(pixels));
    }
  }

  int width() {
    return rows * columns;
  }
}
