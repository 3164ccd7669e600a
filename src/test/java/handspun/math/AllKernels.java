package handspun.math;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Every implementation of the kernels, in one process, whatever this machine's width is. */
public final class AllKernels {
  private static final Kernels SCALAR = new ScalarKernels("scalar");

  /** Every width, with every number of registers. */
  private static final List<Kernels> VECTORS =
      Stream.of("128", "256", "512")
          .flatMap(bits -> Stream.of(load(bits, "16"), load(bits, "32")))
          .toList();

  private AllKernels() {}

  public static Kernels scalar() {
    return SCALAR;
  }

  public static List<Kernels> vectors() {
    return VECTORS;
  }

  public static List<Kernels> all() {
    return Stream.concat(Stream.of(SCALAR), VECTORS.stream()).toList();
  }

  /**
   * What a process gets whose properties are set like this. Width and registers are constants of a
   * class, so every pair of them has classes of its own.
   */
  private static Kernels load(String bits, String registers) {
    Map<String, String> wanted =
        Map.of(KernelChoice.PROPERTY, bits, KernelChoice.REGISTERS, registers);
    Map<String, String> before = new HashMap<>();
    wanted.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
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
      before.forEach(AllKernels::restore);
    }
  }

  private static void restore(String name, String value) {
    if (value == null) {
      System.clearProperty(name);
    } else {
      System.setProperty(name, value);
    }
  }

  /** Defines the classes that are made for one width anew, and takes all others as they are. */
  private static final class OwnClasses extends ClassLoader {
    private static final Set<String> OWN =
        Set.of(
            "handspun.math.KernelChoice",
            "handspun.math.VectorImages",
            "handspun.math.VectorKernels",
            "handspun.math.VectorRows",
            "handspun.math.VectorTiles",
            "handspun.math.Vectors");

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
