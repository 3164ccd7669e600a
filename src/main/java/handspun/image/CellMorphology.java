package handspun.image;

/**
 * Closing of a grid of numbers by a square that has about a third of its shorter side, or a sixth
 * of its longer one if that is more (Serra, "Image Analysis and Mathematical Morphology", 1982):
 * what is darker than its surroundings and narrower than the square becomes as bright as these. A
 * square's maximum is the maximum along rows, then along columns. An opening is the negative of the
 * closing of the negative.
 */
final class CellMorphology {
  /** The widest frame along the edge, in cells. */
  private static final int FRAME = 2;

  private final int columns;
  private final int rows;
  private final int radius;

  private CellMorphology(int columns, int rows, int radius) {
    this.columns = columns;
    this.rows = rows;
    this.radius = radius;
  }

  /** {@return the closed grid, where nothing lies beyond its edges} */
  static int[] closing(int[] grid, int columns, int rows) {
    return new CellMorphology(columns, rows, radius(columns, rows)).closing(grid);
  }

  /**
   * {@return the closed grid, which goes on beyond its edges as it is a little within} So a shadow
   * is followed that comes from outside, where it may be wider, but not a frame.
   */
  static int[] closingGoingOn(int[] grid, int columns, int rows) {
    int radius = radius(columns, rows);
    int margin = 2 * radius;
    int wide = columns + 2 * margin;
    int high = rows + 2 * margin;
    int[] larger = new int[wide * high];
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int column = x - margin;
        int row = y - margin;
        boolean isInside = column >= 0 && column < columns && row >= 0 && row < rows;
        larger[y * wide + x] =
            isInside
                ? grid[row * columns + column]
                : grid[within(row, rows) * columns + within(column, columns)];
      }
    }
    int[] closed = new CellMorphology(wide, high, radius).closing(larger);
    int[] inner = new int[grid.length];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(closed, (row + margin) * wide + margin, inner, row * columns, columns);
    }
    return inner;
  }

  private static int within(int at, int size) {
    int frame = Math.min(FRAME, (size - 1) / 2);
    return Math.max(frame, Math.min(size - 1 - frame, at));
  }

  private static int radius(int columns, int rows) {
    return Math.max(1, Math.max(Math.min(columns, rows) / 6, Math.max(columns, rows) / 12));
  }

  private int[] closing(int[] grid) {
    return negative(dilation(negative(dilation(grid))));
  }

  private int[] dilation(int[] grid) {
    int[] across = new int[grid.length];
    int[] both = new int[grid.length];
    for (int row = 0; row < rows; row++) {
      dilate(grid, across, row * columns, 1, columns);
    }
    for (int column = 0; column < columns; column++) {
      dilate(across, both, column, columns, rows);
    }
    return both;
  }

  private void dilate(int[] from, int[] to, int start, int step, int count) {
    for (int i = 0; i < count; i++) {
      int most = Integer.MIN_VALUE;
      int end = Math.min(count - 1, i + radius);
      for (int j = Math.max(0, i - radius); j <= end; j++) {
        most = Math.max(most, from[start + j * step]);
      }
      to[start + i * step] = most;
    }
  }

  /** {@return the grid with its sign changed} */
  static int[] negative(int[] grid) {
    int[] negative = new int[grid.length];
    for (int i = 0; i < grid.length; i++) {
      negative[i] = -grid[i];
    }
    return negative;
  }
}
