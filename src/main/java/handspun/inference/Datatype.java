package handspun.inference;

/** The type of a tensor's elements, of those that the protocol has. */
public enum Datatype {
  /** Bytes from 0 to 255. */
  UINT8(1),
  INT64(8),
  /** IEEE 754 singles. */
  FP32(4),
  /** Texts; in binary data each follows its length, a number of four bytes. */
  BYTES(0);

  /** The brightest pixel. */
  static final int WHITE = 255;

  private final int bytes;

  Datatype(int bytes) {
    this.bytes = bytes;
  }

  /** {@return how many bytes an element takes in binary data; 0 where each has a length} */
  int bytes() {
    return bytes;
  }

  /**
   * {@return whether a number is a pixel: of UINT8, a whole number from 0 to 255, else a brightness
   * from 0 to 1}
   */
  public boolean isPixel(double number) {
    return this == UINT8
        ? number >= 0 && number <= WHITE && number == Math.rint(number)
        : number >= 0 && number <= 1;
  }

  /** {@return what a number that is a pixel is in a byte: of a brightness, the nearest of 255} */
  public int pixel(double number) {
    double level = this == UINT8 ? number : WHITE * number;
    int below = (int) level;
    // As Math.round, and some times faster: exact, since so is the difference.
    return level - below >= 0.5 ? below + 1 : below;
  }
}
