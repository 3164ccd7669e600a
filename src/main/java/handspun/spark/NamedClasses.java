package handspun.spark;

import handspun.UsageException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.scheduler.SparkListenerInterface;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoRegistrator;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.serializer.Serializer;

/** Spark's settings that name classes, a user's or ours. */
final class NamedClasses {
  static final String SERIALIZER = "spark.serializer";
  static final String REGISTRATOR = "spark.kryo.registrator";
  static final String PLUGINS = "spark.plugins";
  private static final String REGISTERED = "spark.kryo.classesToRegister";
  private static final String LISTENERS = "spark.extraListeners";

  private NamedClasses() {}

  /** {@return the names in a setting, each once} */
  static Set<String> in(SparkConf conf, String setting) {
    Set<String> names = new LinkedHashSet<>();
    Stream.of(conf.get(setting, "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return names;
  }

  /** Names one of ours, after the user's. */
  static void append(SparkConf conf, String setting, Class<?> ours) {
    Set<String> names = in(conf, setting);
    names.add(ours.getName());
    conf.set(setting, String.join(",", names));
  }

  /**
   * Checks that Spark will find them. It would look for some of them only when training has begun.
   *
   * @throws UsageException if it will not
   */
  static void requireAll(SparkConf conf) {
    require(conf, SERIALIZER, Serializer.class);
    require(conf, PLUGINS, SparkPlugin.class);
    require(conf, LISTENERS, SparkListenerInterface.class);
    if (isKryo(conf)) {
      require(conf, REGISTRATOR, KryoRegistrator.class);
      require(conf, REGISTERED, Object.class);
    }
  }

  /** {@return whether Spark serializes by Kryo, its own or one that extends it} */
  static boolean isKryo(SparkConf conf) {
    String serializer = conf.get(SERIALIZER, JavaSerializer.class.getName());
    return KryoSerializer.class.isAssignableFrom(find(SERIALIZER, serializer));
  }

  private static void require(SparkConf conf, String setting, Class<?> type) {
    for (String name : in(conf, setting)) {
      Class<?> found = find(setting, name);
      if (!type.isAssignableFrom(found)) {
        throw new UsageException(
            "%s names %s, but that is no %s: name another class, or leave the setting out."
                .formatted(setting, name, type.getName()));
      }
    }
  }

  private static Class<?> find(String setting, String name) {
    // Where Spark has what was given to it by --jars.
    for (ClassLoader loader :
        List.of(
            Thread.currentThread().getContextClassLoader(), NamedClasses.class.getClassLoader())) {
      try {
        return Class.forName(name, false, loader);
      } catch (ClassNotFoundException | LinkageError e) {
        // The other one may know it.
      }
    }
    throw new UsageException(
        "%s names %s, but there is no such class on the class path: add its jar, as with --spark --jars FILE, or leave the setting out."
            .formatted(setting, name));
  }
}
