package handspun.image;

/**
 * How bright the paper is at each pixel, without what lies on it: between the middles of square
 * cells it is interpolated.
 *
 * @param cell pixels on a side of a cell
 * @param columns cells across
 * @param rows cells down
 * @param brightness of each cell, row by row, in parts of {@link #UNIT}: 0 black, 255 units white
 */
record Paper(int cell, int columns, int rows, int[] brightness) {
  /** Parts of one of 255 levels of brightness. */
  static final int UNIT = 16;

  /** {@return paper that is equally bright everywhere} */
  static Paper uniform(int grey) {
    return new Paper(1, 1, 1, new int[] {grey * UNIT});
  }

  /** {@return whether it is equally bright everywhere} */
  boolean isUniform() {
    return brightness.length == 1;
  }

  /** Writes the brightness of each pixel of a row, in parts of {@link #UNIT}. */
  void row(int y, int[] target) {
    int whole = 2 * cell;
    int above = Math.floorDiv(2 * y + 1 - cell, whole);
    int below = Math.floorMod(2 * y + 1 - cell, whole);
    int upper = Math.min(Math.max(above, 0), rows - 1) * columns;
    int lower = Math.min(above + 1, rows - 1) * columns;
    for (int x = 0; x < target.length; x++) {
      int before = Math.floorDiv(2 * x + 1 - cell, whole);
      int behind = Math.floorMod(2 * x + 1 - cell, whole);
      int left = Math.min(Math.max(before, 0), columns - 1);
      int right = Math.min(before + 1, columns - 1);
      int first = brightness[upper + left] * (whole - below) + brightness[lower + left] * below;
      int second = brightness[upper + right] * (whole - below) + brightness[lower + right] * below;
      target[x] = (first * (whole - behind) + second * behind) / (whole * whole);
    }
  }
}
