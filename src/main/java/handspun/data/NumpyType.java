package handspun.data;

import java.nio.ByteOrder;

/** The {@code numpy.dtype} of an array while the pickle is being read. */
final class NumpyType {
  private final String name;
  private boolean bigEndian;

  /** Takes numpy's name of the type, such as {@code f4}, with or without its byte order. */
  NumpyType(String name) {
    this.bigEndian = name.startsWith(">");
    this.name = name.isEmpty() || "<>|=".indexOf(name.charAt(0)) < 0 ? name : name.substring(1);
  }

  /** Takes (version, byte order, and five fields that only matter to structures). */
  void setState(Object[] state) {
    bigEndian = state.length > 1 && ">".equals(state[1]);
  }

  /** What the type says about the elements of an array. */
  Elements elements() {
    return switch (name) {
      case "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8" ->
          new Elements(
              name.charAt(0),
              name.charAt(1) - '0',
              bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      default ->
          throw new PythonDataException(
              "has a numpy array of the type %s, but only f4, f8 and the integers i1 to i8 and u1 to u8 are read"
                  .formatted(name));
    };
  }

  /**
   * The elements of an array.
   *
   * @param kind f for floating point, i for signed and u for unsigned integers
   * @param size bytes of an element
   * @param order of an element's bytes
   */
  record Elements(char kind, int size, ByteOrder order) {
    String name() {
      return kind + "" + size;
    }
  }
}
