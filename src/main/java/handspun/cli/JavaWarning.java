package handspun.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells of a Java that damages data: until 25.0.3 the collector G1 of Java 25 may move an array
 * while a native library compresses it (JDK-8377811), and Spark advises against it (SPARK-55852).
 */
final class JavaWarning {
  private static final Runtime.Version MENDED = Runtime.Version.parse("25.0.3");

  private JavaWarning() {}

  /** {@return what is to be said of this Java; empty if it is sound} */
  static Optional<String> ofThisJava() {
    return of(Runtime.version(), JavaWarning::collectors);
  }

  private static List<String> collectors() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .map(GarbageCollectorMXBean::getName)
        .toList();
  }

  /**
   * @param version of a Java
   * @param collectors tells the names of those that it uses; asked only if it matters, since it
   *     takes time
   * @return what is to be said of it; empty if it is sound
   */
  static Optional<String> of(Runtime.Version version, Supplier<List<String>> collectors) {
    boolean mayDamage =
        version.feature() == MENDED.feature()
            && version.compareTo(MENDED) < 0
            && collectors.get().stream().anyMatch(name -> name.startsWith("G1 "));
    return mayDamage
        ? Optional.of(
            "Java %s may damage what it compresses, without a word (JDK-8377811, SPARK-55852): update it to 25.0.3 or later, on executors, too."
                .formatted(version))
        : Optional.empty();
  }
}
