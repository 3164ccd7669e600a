package handspun.data;

import java.util.HashMap;
import java.util.Map;

/**
 * An object of a class that a Python program wrote itself, as a pickle holds it: the class's name
 * and the object's attributes. Nothing of the class is known here, and nothing of it is run.
 */
public final class PickledObject {
  private final String className;
  private final Map<Object, Object> attributes = new HashMap<>();

  PickledObject(String className) {
    this.className = className;
  }

  /** {@return module and name of its class, such as {@code network.Network}} */
  public String className() {
    return className;
  }

  /** {@return its attributes by name; not to be changed} */
  public Map<Object, Object> attributes() {
    return attributes;
  }

  /** Takes a dict, or a tuple of one and the attributes in slots. */
  void setState(Object state) {
    if (state instanceof Object[] both) {
      for (Object one : both) {
        setState(one);
      }
    } else if (state instanceof Map<?, ?> dict) {
      attributes.putAll(dict);
    } else if (state != null) {
      throw new PythonDataException(
          "has an object of %s whose attributes are not a dict".formatted(className));
    }
  }
}
