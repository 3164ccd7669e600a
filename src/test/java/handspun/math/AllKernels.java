package handspun.math;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;

/** Every implementation of the kernels, in one process, whatever this machine's width is. */
public final class AllKernels {
  private static final Kernels SCALAR = new ScalarKernels("scalar");
  private static final Kernels VECTORS_OF_128 = load("128");
  private static final Kernels VECTORS_OF_256 = load("256");
  private static final Kernels VECTORS_OF_512 = load("512");

  private AllKernels() {}

  public static Kernels scalar() {
    return SCALAR;
  }

  public static List<Kernels> vectors() {
    return List.of(VECTORS_OF_128, VECTORS_OF_256, VECTORS_OF_512);
  }

  public static List<Kernels> all() {
    return List.of(SCALAR, VECTORS_OF_128, VECTORS_OF_256, VECTORS_OF_512);
  }

  /**
   * What a process gets whose property is set like this. The width is a constant of a class, so
   * every width has classes of its own.
   */
  private static Kernels load(String property) {
    String before = System.getProperty(KernelChoice.PROPERTY);
    System.setProperty(KernelChoice.PROPERTY, property);
    try {
      Method chosen =
          new OwnClasses()
              .loadClass(KernelChoice.class.getName())
              .getDeclaredMethod("ofThisProcess");
      chosen.setAccessible(true);
      return (Kernels) chosen.invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      if (before == null) {
        System.clearProperty(KernelChoice.PROPERTY);
      } else {
        System.setProperty(KernelChoice.PROPERTY, before);
      }
    }
  }

  /** Defines the classes that are made for one width anew, and takes all others as they are. */
  private static final class OwnClasses extends ClassLoader {
    private static final Set<String> OWN =
        Set.of("handspun.math.KernelChoice", "handspun.math.VectorKernels");

    OwnClasses() {
      super(AllKernels.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!OWN.contains(name)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) {
      String file = name.substring(name.lastIndexOf('.') + 1) + ".class";
      try (InputStream in = AllKernels.class.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
