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

  private final int bytes;

  Datatype(int bytes) {
    this.bytes = bytes;
  }

  /** {@return how many bytes an element takes in binary data; 0 where each has a length} */
  int bytes() {
    return bytes;
  }
}
