package handspun.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * A numpy array of numbers, as a pickle holds it.
 *
 * <p>While the pickle is being read an array is first made, empty, and then filled once or more;
 * after that it does not change any more.
 */
public final class NumpyArray {
  private NumpyType.Elements type = new NumpyType.Elements('u', 1, ByteOrder.nativeOrder());
  private int[] shape = {0};
  private int count;
  private boolean byColumns;
  private Object raw = new byte[0];
  private ByteBuffer bytes;

  NumpyArray() {}

  /** Takes (version, shape, type, whether the first index is the fastest, data). */
  void setState(Object[] state) {
    if (state.length != 5) {
      throw new PythonDataException(
          "has a numpy array with %d fields, not 5".formatted(state.length));
    }
    if (!(state[4] instanceof String || state[4] instanceof byte[])) {
      throw new PythonDataException("has a numpy array of Python objects, not of numbers");
    }
    fill(
        ((NumpyType) state[2]).elements(),
        (Object[]) state[1],
        Boolean.TRUE.equals(state[3]) || Integer.valueOf(1).equals(state[3]),
        state[4]);
  }

  /**
   * @param elements their type
   * @param sizes of every dimension, whole numbers
   * @param firstIndexFastest whether the first index is the fastest, not the last
   * @param data a {@code byte[]}, or a text of the characters 0..255; not copied
   */
  void fill(NumpyType.Elements elements, Object[] sizes, boolean firstIndexFastest, Object data) {
    int[] newShape = new int[sizes.length];
    long newCount = 1;
    boolean possible = true;
    for (int d = 0; d < sizes.length && possible; d++) {
      long size = ((Number) sizes[d]).longValue();
      possible = size >= 0 && size <= Integer.MAX_VALUE;
      newCount *= size;
      possible &= newCount <= Integer.MAX_VALUE;
      newShape[d] = (int) size;
    }
    long length = data instanceof String text ? text.length() : ((byte[]) data).length;
    if (!possible || newCount * elements.size() != length) {
      throw new PythonDataException(
          "has a numpy array whose shape says %s elements of %d bytes, but it has %d bytes of data"
              .formatted(
                  Arrays.stream(sizes).map(String::valueOf).collect(Collectors.joining(" x ")),
                  elements.size(),
                  length));
    }
    type = elements;
    shape = newShape;
    count = (int) newCount;
    byColumns = firstIndexFastest && sizes.length > 1;
    raw = data;
    bytes = null;
  }

  /** {@return size of every dimension; a copy} */
  public int[] shape() {
    return shape.clone();
  }

  /** {@return number of elements} */
  public int count() {
    return count;
  }

  /** {@return bytes of all elements} */
  long bytesInMemory() {
    return (long) count * type.size();
  }

  /** {@return whether the elements are floating-point numbers, not integers} */
  public boolean isFloatingPoint() {
    return type.kind() == 'f';
  }

  /** {@return the value of an element, counted from 0 with the last dimension fastest} */
  public double number(int element) {
    int at = offset(element);
    if (type.kind() != 'f') {
      return integerAt(at);
    }
    return type.size() == 4 ? bytes().getFloat(at) : bytes().getDouble(at);
  }

  /**
   * @param element from 0, last dimension fastest
   * @return its value; negative if it is unsigned and does not fit
   * @throws IllegalStateException if the elements are not integers
   */
  public long integer(int element) {
    if (type.kind() == 'f') {
      throw new IllegalStateException("These are floating-point numbers.");
    }
    return integerAt(offset(element));
  }

  private long integerAt(int at) {
    boolean signed = type.kind() == 'i';
    return switch (type.size()) {
      case 1 -> signed ? bytes().get(at) : bytes().get(at) & 0xff;
      case 2 -> signed ? bytes().getShort(at) : bytes().getShort(at) & 0xffff;
      case 4 -> signed ? bytes().getInt(at) : bytes().getInt(at) & 0xffffffffL;
      default -> bytes().getLong(at);
    };
  }

  private ByteBuffer bytes() {
    if (bytes == null) {
      byte[] decoded =
          raw instanceof String text ? text.getBytes(StandardCharsets.ISO_8859_1) : (byte[]) raw;
      raw = decoded;
      bytes = ByteBuffer.wrap(decoded).order(type.order());
    }
    return bytes;
  }

  private int offset(int element) {
    return (byColumns ? columnFirst(element) : element) * type.size();
  }

  private int columnFirst(int element) {
    int at = 0;
    int stride = count;
    int rest = element;
    for (int d = shape.length - 1; d >= 0; d--) {
      stride /= shape[d];
      at += rest % shape[d] * stride;
      rest /= shape[d];
    }
    return at;
  }

  /** {@return shape and type as people write them, such as {@code f4 array of 20 x 784}} */
  @Override
  public String toString() {
    return type.name() + " array of " + name(shape);
  }

  private static String name(int[] shape) {
    return shape.length == 0
        ? "one number"
        : Arrays.stream(shape).mapToObj(String::valueOf).collect(Collectors.joining(" x "));
  }
}
