package handspun.image;

/**
 * How the pixels of a stored picture are turned to be looked at, as Exif's tag 274 says it:
 * mirrored first, then with rows and columns exchanged.
 *
 * @param mirrorsColumns the first column is the last one
 * @param mirrorsRows the first row is the last one
 * @param exchanges rows become columns, after the mirroring
 */
record Orientation(boolean mirrorsColumns, boolean mirrorsRows, boolean exchanges) {
  /** As stored. */
  static final Orientation UPRIGHT = of(1);

  /** {@return Exif's orientation, 1 (upright) to 8: what the first row and the first column are} */
  static Orientation of(int value) {
    return new Orientation(
        value == 2 || value == 3 || value == 7 || value == 8,
        value == 3 || value == 4 || value == 6 || value == 7,
        value >= 5);
  }

  /** {@return where each pixel of a stored picture of this size goes} */
  Places places(int width, int height) {
    int stepRight = exchanges ? height : 1;
    int stepDown = exchanges ? 1 : width;
    int first =
        (mirrorsColumns ? (width - 1) * stepRight : 0)
            + (mirrorsRows ? (height - 1) * stepDown : 0);
    return new Places(
        exchanges ? height : width,
        exchanges ? width : height,
        first,
        mirrorsColumns ? -stepRight : stepRight,
        mirrorsRows ? -stepDown : stepDown);
  }

  /**
   * Pixel (x, y) of a stored picture has the index {@code first + x * stepRight + y * stepDown} in
   * the turned one.
   *
   * @param width of the turned picture
   * @param height of the turned picture
   * @param first index of the first stored pixel
   * @param stepRight from a stored pixel to the next of its row
   * @param stepDown from a stored pixel to the next of its column
   */
  record Places(int width, int height, int first, int stepRight, int stepDown) {}
}
