package handspun.data;

/** The type of an IDX file's elements. */
enum IdxType {
  UNSIGNED_BYTES(0x08, 1, "unsigned bytes"),
  SIGNED_BYTES(0x09, 1, "signed bytes"),
  SHORTS(0x0b, 2, "16-bit integers"),
  INTS(0x0c, 4, "32-bit integers"),
  FLOATS(0x0d, 4, "32-bit floating-point numbers"),
  DOUBLES(0x0e, 8, "64-bit floating-point numbers");

  private final int code;
  private final int bytes;
  private final String words;

  IdxType(int code, int bytes, String words) {
    this.code = code;
    this.bytes = bytes;
    this.words = words;
  }

  /** {@return the type with that code, the third byte of a file; null if there is none} */
  static IdxType of(byte code) {
    for (IdxType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    return null;
  }

  /** {@return bytes of an element} */
  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return this != FLOATS && this != DOUBLES;
  }

  /** Such as {@code 32-bit integers (IDX type 0x0c)}. */
  @Override
  public String toString() {
    return "%s (IDX type 0x%02x)".formatted(words, code);
  }
}
