package handspun.data;

import handspun.files.Location;
import handspun.network.Inputs;

/**
 * The images of one IDX file, with their labels.
 *
 * @param images where they come from
 * @param labels where those come from
 * @param byColumns whether every image is stored column by column, as EMNIST's are
 */
record IdxImages(IdxFile images, IdxFile labels, boolean byColumns) {
  /** Refuses images that are not as many as labels. */
  IdxImages {
    images.header().requireAsMany(labels.header());
  }

  static IdxFile images(Location path) {
    return IdxFile.read(path, IdxHeader.Content.IMAGES);
  }

  static IdxFile labels(Location path) {
    return IdxFile.read(path, IdxHeader.Content.LABELS);
  }

  /** {@return all of them, upright, their images sparse} */
  Examples examples() {
    IdxHeader header = images.header();
    int rows = header.rows();
    int columns = header.columns();
    byte[] pixels = images.elements();
    Inputs inputs =
        Inputs.ofPixels(rows * columns, byColumns ? upright(pixels, rows, columns) : pixels);
    int height = byColumns ? columns : rows;
    int width = byColumns ? rows : columns;
    return new Examples(height, width, inputs, labels.labels().clone());
  }

  /**
   * @param pixels images, column by column
   * @param storedRows how many rows an image seems to have, which are the picture's columns
   * @param storedColumns how many columns it seems to have, which are the picture's rows
   * @return the same, row by row
   */
  static byte[] upright(byte[] pixels, int storedRows, int storedColumns) {
    byte[] upright = new byte[pixels.length];
    int size = storedRows * storedColumns;
    for (int image = 0; image < pixels.length; image += size) {
      for (int x = 0; x < storedRows; x++) {
        for (int y = 0; y < storedColumns; y++) {
          upright[image + y * storedRows + x] = pixels[image + x * storedColumns + y];
        }
      }
    }
    return upright;
  }
}
