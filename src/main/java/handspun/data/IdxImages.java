package handspun.data;

import handspun.HandspunException;
import handspun.network.Inputs;
import java.nio.file.Path;

/**
 * The images of one IDX file.
 *
 * @param file where they come from
 * @param rows height of every image
 * @param columns width of every image
 * @param pixels one image after the other, row by row, one unsigned byte a pixel
 */
record IdxImages(IdxFile file, int rows, int columns, byte[] pixels) {

  /**
   * @param path an IDX file of three dimensions: images, rows, columns
   * @param byColumns whether the file holds every image column by column, as EMNIST's do
   * @return its images, row by row
   * @throws HandspunException if it is not such a file
   */
  static IdxImages read(Path path, boolean byColumns) {
    IdxFile file = IdxFile.read(path, 3);
    int height = file.shape()[1];
    int width = file.shape()[2];
    if ((long) height * width > Inputs.MOST_PIXELS) {
      throw new HandspunException(
          path
              + " holds images of "
              + height
              + " x "
              + width
              + " pixels, but Handspun reads images of at most "
              + Inputs.MOST_PIXELS
              + " pixels.");
    }
    return byColumns
        ? new IdxImages(file, width, height, upright(file.elements(), height, width))
        : new IdxImages(file, height, width, file.elements());
  }

  /** Number of images. */
  int count() {
    return file.shape()[0];
  }

  /** The images {@code from..to}, sparse. */
  Inputs inputs(int from, int to) {
    return Inputs.ofPixels(rows * columns, pixels, from, to);
  }

  private static byte[] upright(byte[] pixels, int columns, int rows) {
    byte[] upright = new byte[pixels.length];
    int size = rows * columns;
    for (int image = 0; image < pixels.length; image += size) {
      for (int x = 0; x < columns; x++) {
        for (int y = 0; y < rows; y++) {
          upright[image + y * columns + x] = pixels[image + x * rows + y];
        }
      }
    }
    return upright;
  }
}
