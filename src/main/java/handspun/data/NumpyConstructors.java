package handspun.data;

import java.util.Map;
import net.razorvine.pickle.IObjectConstructor;

/**
 * The names that a pickle of numpy's arrays has to use, of numpy 1 and 2 and of Python 2 and 3, and
 * what is made for them. All of it is ours; nothing else exists for a pickle.
 */
final class NumpyConstructors {
  private static final IObjectConstructor ARRAY_CLASS =
      arguments -> {
        throw new PythonDataException("calls numpy.ndarray, which numpy itself never writes");
      };

  private static final IObjectConstructor OBJECT_CLASS =
      arguments -> {
        throw PickledClass.refusal("object");
      };

  private static final Map<String, IObjectConstructor> BY_NAME =
      Map.ofEntries(
          Map.entry("numpy.ndarray", ARRAY_CLASS),
          Map.entry("numpy.dtype", NumpyConstructors::type),
          Map.entry("numpy.core.multiarray._reconstruct", NumpyConstructors::emptyArray),
          Map.entry("numpy._core.multiarray._reconstruct", NumpyConstructors::emptyArray),
          Map.entry("numpy.core.multiarray.scalar", NumpyConstructors::number),
          Map.entry("numpy._core.multiarray.scalar", NumpyConstructors::number),
          Map.entry("numpy.core.numeric._frombuffer", NumpyConstructors::array),
          Map.entry("numpy._core.numeric._frombuffer", NumpyConstructors::array),
          Map.entry("_codecs.encode", NumpyConstructors::encoded),
          Map.entry("copy_reg._reconstructor", NumpyConstructors::emptyObject),
          Map.entry("copyreg._reconstructor", NumpyConstructors::emptyObject),
          Map.entry("__builtin__.object", OBJECT_CLASS),
          Map.entry("builtins.object", OBJECT_CLASS));

  private NumpyConstructors() {}

  /** The constructor of that name, or null if there is none. */
  static IObjectConstructor of(String module, String name) {
    return BY_NAME.get(module + "." + name);
  }

  private static Object type(Object[] arguments) {
    return new NumpyType((String) arguments[0]);
  }

  private static Object emptyArray(Object[] arguments) {
    if (arguments[0] != ARRAY_CLASS) {
      throw new PythonDataException("has a numpy array of an unknown class");
    }
    return new NumpyArray();
  }

  /** How the protocols 0 and 1 make an object of a class of the program's own. */
  private static Object emptyObject(Object[] arguments) {
    if (arguments.length == 3
        && arguments[0] instanceof PickledClass ours
        && arguments[1] == OBJECT_CLASS
        && arguments[2] == null) {
      return new PickledObject(ours.name());
    }
    throw PickledClass.refusal("copy_reg._reconstructor");
  }

  private static Object array(Object[] arguments) {
    NumpyArray array = new NumpyArray();
    array.fill(
        ((NumpyType) arguments[1]).elements(),
        (Object[]) arguments[2],
        "F".equals(arguments[3]),
        arguments[0]);
    return array;
  }

  private static Object number(Object[] arguments) {
    NumpyArray one = new NumpyArray();
    one.fill(((NumpyType) arguments[0]).elements(), new Object[0], false, arguments[1]);
    return one.isFloatingPoint() ? (Number) one.number(0) : (Number) one.integer(0);
  }

  /** Python 3 writes bytes into old pickles as a text and a call that encodes it. */
  private static Object encoded(Object[] arguments) {
    String text = (String) arguments[0];
    String encoding = (String) arguments[1];
    if (!encoding.equals("latin1") && !encoding.equals("latin-1")) {
      throw new PythonDataException("has bytes in the encoding %s, not latin1".formatted(encoding));
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        throw new PythonDataException("has bytes in the encoding latin1 that are not latin1");
      }
    }
    return text;
  }
}
