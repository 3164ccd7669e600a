package handspun.data;

import java.util.List;
import java.util.Map;

/** What a pickle holds, looked at. */
final class PythonValue {
  private PythonValue() {}

  /** {@return the elements of a list or tuple; null if it is neither} */
  static Object[] sequence(Object value) {
    if (value instanceof List<?> list) {
      return list.toArray();
    }
    return value instanceof Object[] tuple ? tuple : null;
  }

  /** {@return the number, or the only one of an array; null if there is none} */
  static Number number(Object value) {
    if (value instanceof Number number) {
      return number;
    }
    if (value instanceof NumpyArray array && array.count() == 1) {
      return array.isFloatingPoint() ? (Number) array.number(0) : (Number) array.integer(0);
    }
    return null;
  }

  /** {@return what something is, in a few words} */
  static String name(Object value) {
    if (value instanceof NumpyArray) {
      return "a numpy " + value;
    }
    if (value instanceof PickledObject object) {
      return "an object of " + object.className();
    }
    Object[] sequence = sequence(value);
    if (sequence != null) {
      return "a list or tuple of " + sequence.length;
    }
    if (value instanceof Map<?, ?> dict) {
      return "a dict of " + dict.keySet();
    }
    return value == null ? "None" : "a " + value.getClass().getSimpleName();
  }
}
