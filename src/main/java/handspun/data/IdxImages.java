package handspun.data;

import handspun.files.Location;
import handspun.network.Inputs;
import java.util.Arrays;

/**
 * The images of one IDX file, with their labels.
 *
 * @param images where they come from
 * @param labels where those come from
 * @param byColumns whether every image is stored column by column, as EMNIST's are
 */
record IdxImages(IdxFile images, IdxFile labels, boolean byColumns) {
  /**
   * @throws handspun.HandspunException if these are not as many images as labels
   */
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
    return byColumns
        ? examples(columns, rows, upright(pixels, rows, columns))
        : examples(rows, columns, pixels);
  }

  private Examples examples(int rows, int columns, byte[] pixels) {
    byte[] answers = labels.labels();
    return new Examples(
        rows,
        columns,
        Inputs.ofPixels(rows * columns, pixels),
        Arrays.copyOf(answers, answers.length));
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
