package handspun.image;

/** How bright colours are. */
final class Luminance {
  private Luminance() {}

  /** {@return the luminance of ITU-R BT.601, rounded; all are 0..255} */
  static int of(int red, int green, int blue) {
    return (299 * red + 587 * green + 114 * blue + 500) / 1000;
  }
}
