package handspun.data;

import net.razorvine.pickle.IObjectConstructor;

/**
 * A class that a pickle names and of whose objects the attributes are read: {@code Network} of
 * Nielsen's programs, in whatever module, and the cost that such a network refers to. Calling it is
 * refused, since that would be the class's own code.
 *
 * @param name with its module
 */
record PickledClass(String name) implements IObjectConstructor {
  static boolean isOne(String name) {
    return name.equals("Network") || name.matches("[A-Za-z]+Cost");
  }

  static PythonDataException refusal(String name) {
    return new PythonDataException(
        "names %s, which is not part of numpy's arrays: nothing of it was run, and such a file is not read"
            .formatted(name));
  }

  @Override
  public Object construct(Object[] arguments) {
    throw refusal(name);
  }
}
