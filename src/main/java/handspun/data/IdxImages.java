package handspun.data;

import handspun.HandspunException;
import handspun.files.Location;
import handspun.network.Inputs;

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
  static IdxImages read(Location path, boolean byColumns) {
    IdxFile file = IdxFile.read(path, 3);
    requireSmallImages(file.header());
    int height = file.shape()[1];
    int width = file.shape()[2];
    return byColumns
        ? new IdxImages(file, width, height, upright(file.elements(), height, width))
        : new IdxImages(file, height, width, file.elements());
  }

  /**
   * @param header of a file of images
   * @throws HandspunException if they are too large
   */
  static void requireSmallImages(IdxHeader header) {
    if (header.itemBytes() > Inputs.MOST_PIXELS) {
      throw new HandspunException(
          header.path()
              + " holds images of "
              + header.shape()[1]
              + " x "
              + header.shape()[2]
              + " pixels, but Handspun reads images of at most "
              + Inputs.MOST_PIXELS
              + " pixels.");
    }
  }

  /**
   * @param images header of a file of images
   * @param labels header of the file of their labels
   * @throws HandspunException if these are not as many
   */
  static void requireAsMany(IdxHeader images, IdxHeader labels) {
    if (images.count() != labels.count()) {
      throw new HandspunException(
          images.path()
              + " holds "
              + images.count()
              + " images, but "
              + labels.path()
              + " holds "
              + labels.count()
              + " labels: take both from the same data set.");
    }
  }

  /** Number of images. */
  int count() {
    return file.shape()[0];
  }

  /** The images {@code from..to}, sparse. */
  Inputs inputs(int from, int to) {
    return Inputs.ofPixels(rows * columns, pixels, from, to);
  }

  /**
   * @param pixels images, column by column
   * @param columns of an image
   * @param rows of an image
   * @return the same, row by row
   */
  static byte[] upright(byte[] pixels, int columns, int rows) {
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
