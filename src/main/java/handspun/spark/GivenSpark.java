package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import scala.jdk.javaapi.CollectionConverters;

/** A Spark that somebody else has started, as a notebook or a service does. */
final class GivenSpark {
  private static final String CLASS_PATH = "spark.executor.extraClassPath";
  private static final String REGISTRATION_REQUIRED = "spark.kryo.registrationRequired";

  private GivenSpark() {}

  /**
   * Checks that one can train on it.
   *
   * @throws UsageException that tells all that it lacks
   */
  static void require(JavaSparkContext context, Aggregation aggregation) {
    if (context.sc().isStopped()) {
      throw new UsageException(
          "This Spark has been stopped, so nothing can be trained on it: start another one.");
    }
    List<String> lacking = lacking(context.getConf(), aggregation);
    if (!lacking.isEmpty()) {
      throw new UsageException(
          "This Spark cannot train as it was started: %s; start it with other settings%s."
              .formatted(
                  String.join("; ", lacking),
                  aggregation == Aggregation.EXCHANGE
                      ? ", or aggregate by jobs, which needs less"
                      : ""));
    }
  }

  /** {@return what has to be set otherwise before Spark starts, as parts of a sentence} */
  static List<String> lacking(SparkConf conf, Aggregation aggregation) {
    List<String> lacking = new ArrayList<>();
    String plugin = ExchangePlugin.class.getName();
    if (aggregation == Aggregation.EXCHANGE) {
      if (!SparkStart.isLocal(conf.get(SparkStart.MASTER))
          && !NamedClasses.in(conf, NamedClasses.PLUGINS).contains(plugin)) {
        lacking.add(
            "%s is \"%s\", but must name %s, by which executors that exchange gradients find each other"
                .formatted(NamedClasses.PLUGINS, conf.get(NamedClasses.PLUGINS, ""), plugin));
      }
      if (DynamicAllocation.isOn(conf)) {
        lacking.add(
            "%s is true, but must be false, since tasks that exchange gradients all run at once"
                .formatted(DynamicAllocation.ENABLED));
      }
    }
    String registrator = KryoRegistration.class.getName();
    if (conf.getBoolean(REGISTRATION_REQUIRED, false)
        && NamedClasses.isKryo(conf)
        && !NamedClasses.in(conf, NamedClasses.REGISTRATOR).contains(registrator)) {
      lacking.add(
          "%s is true, but %s is \"%s\" and does not name %s, which registers what is sent"
              .formatted(
                  REGISTRATION_REQUIRED,
                  NamedClasses.REGISTRATOR,
                  conf.get(NamedClasses.REGISTRATOR, ""),
                  registrator));
    }
    return lacking;
  }

  /**
   * Has executors that may not know our classes fetch them.
   *
   * @param notices is told if so
   */
  static void sendClasses(JavaSparkContext context, Consumer<String> notices) {
    Path ours = SparkStart.classes();
    SparkConf conf = context.getConf();
    boolean isThere =
        SparkStart.isLocal(context.master())
            // A folder, of somebody who changes this program: executors have it, too.
            || !ours.toString().endsWith(".jar")
            // Executors that have started have found it.
            || NamedClasses.in(conf, NamedClasses.PLUGINS).contains(ExchangePlugin.class.getName())
            || conf.get(CLASS_PATH, "").contains(ours.getFileName().toString())
            || CollectionConverters.asJava(context.sc().listJars()).stream()
                .anyMatch(jar -> jar.endsWith("/" + ours.getFileName()));
    if (isThere) {
      return;
    }
    try {
      context.addJar(ours.toString());
    } catch (RuntimeException e) {
      throw new HandspunException(
          "Executors cannot be sent %s (%s): add it to spark.jars before Spark starts."
              .formatted(ours, SparkStart.reason(e)),
          e);
    }
    notices.accept("Executors are sent %s, which Spark was started without.".formatted(ours));
  }
}
