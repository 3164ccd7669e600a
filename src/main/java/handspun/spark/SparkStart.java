package handspun.spark;

import handspun.HandspunException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** How Spark is started, whatever it is to do. */
final class SparkStart {
  private static final String LOCAL_MASTER = "local(\\[.*])?";
  private static final String PLUGINS = "spark.plugins";
  private static final Duration LATE = Duration.ofSeconds(10);

  private SparkStart() {}

  /**
   * @param master Spark's master URL
   * @return Spark's settings: ours, and what the user said to spark-submit
   */
  static SparkConf configuration(String master) {
    SparkConf conf =
        new SparkConf()
            .setAppName("Handspun")
            .setMaster(master)
            .set("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
            .set("spark.kryo.registrationRequired", "true")
            .set("spark.kryo.registrator", KryoRegistration.class.getName())
            // Examples that executors have read are nearly all that is in their memory.
            .setIfMissing("spark.memory.fraction", "0.8");
    TrainingSource.serve(conf);
    if (isLocal(master)) {
      // All is one process: broadcasts need not be small, and nobody has to fetch our own classes.
      conf.setIfMissing("spark.broadcast.compress", "false")
          .setIfMissing("spark.broadcast.checksum", "false")
          .set("spark.jars", withoutOurs(conf.get("spark.jars", "")));
    } else {
      String ours = ExchangePlugin.class.getName();
      String others = conf.get(PLUGINS, "");
      conf.set(PLUGINS, others.isEmpty() ? ours : others + "," + ours);
    }
    return conf;
  }

  private static String withoutOurs(String jars) {
    String ours = SparkStart.class.getProtectionDomain().getCodeSource().getLocation().toString();
    return Stream.of(jars.split(","))
        .filter(jar -> !jar.equals(ours))
        .collect(Collectors.joining(","));
  }

  /**
   * @param master Spark's master URL
   * @return whether this process is all of Spark that there is
   */
  static boolean isLocal(String master) {
    return master.matches(LOCAL_MASTER);
  }

  /**
   * Starts Spark.
   *
   * @param conf its settings
   * @param notices what a waiting person is told, a sentence each
   * @return Spark
   * @throws HandspunException if it does not start
   */
  static JavaSparkContext context(SparkConf conf, Consumer<String> notices) {
    String master = conf.get("spark.master");
    try {
      return LateNotice.during(
          LATE,
          "Waiting for Spark to start with the master " + master + " ...",
          notices,
          () -> new JavaSparkContext(conf));
    } catch (Exception e) {
      throw new HandspunException(
          "Spark does not start with the master "
              + master
              + " ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "): check --master and the options after --spark.",
          e);
    }
  }
}
