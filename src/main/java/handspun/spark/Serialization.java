package handspun.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;

/**
 * An object as bytes. Spark's messages between driver and executors are deserialized by a class
 * loader that does not know the application's classes, so they may hold none.
 */
final class Serialization {

  private static final class OurObjects extends ObjectInputStream {
    private OurObjects(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass of)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(of.getName(), false, Serialization.class.getClassLoader());
      } catch (ClassNotFoundException e) {
        return super.resolveClass(of);
      }
    }
  }

  private Serialization() {}

  /**
   * @param object may be null
   * @return its bytes
   */
  static byte[] serialize(Serializable object) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    } catch (IOException e) {
      throw new IllegalStateException("Could not serialize " + object + ".", e);
    }
    return bytes.toByteArray();
  }

  /**
   * @param bytes from {@link #serialize}
   * @return the object
   */
  static Object deserialize(Object bytes) {
    try (ObjectInputStream in = new OurObjects((byte[]) bytes)) {
      return in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new IllegalStateException("Could not deserialize a message.", e);
    }
  }
}
