package handspun.read;

/** Images of 28 x 28 pixels to be read, wherever they are. */
public interface Images {
  /** {@return how many} */
  int count();

  /**
   * Writes the pixels of one image, one unsigned byte each.
   *
   * @param image from 0
   * @param target receives them
   * @param to where in the target
   */
  void copyPixels(int image, byte[] target, int to);
}
