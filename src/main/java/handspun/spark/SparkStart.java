package handspun.spark;

import handspun.HandspunException;
import handspun.UsageException;
import handspun.math.KernelOptions;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;

/** How Spark is started, whatever it is to do. */
final class SparkStart {
  static final String MASTER = "spark.master";

  /** Also spark-submit's. */
  static final String DEFAULT_MASTER = "local[*]";

  private static final String LOCAL_MASTER = "local(\\[.*])?";
  private static final String HOST = "spark.driver.host";
  private static final String LOOPBACK = "127.0.0.1";
  private static final String APPLICATION = "spark.app.name";
  private static final String EXECUTOR_JAVA = "spark.executor.extraJavaOptions";
  private static final Duration LATE = Duration.ofSeconds(10);

  private SparkStart() {}

  /** {@return what the user said to spark-submit} */
  static SparkConf submitted(String master) {
    // Before Spark reads its first setting, since one of them is how the machine is called.
    boolean isNamed = isOnThisMachine(master) && nameThisMachine();
    SparkConf conf = new SparkConf().setMaster(master);
    if (isNamed && !conf.contains(HOST)) {
      conf.set(HOST, LOOPBACK).setIfMissing("spark.driver.bindAddress", LOOPBACK);
    }
    return conf;
  }

  /**
   * Where all of Spark is on this machine, nothing need depend on how the machine is called: its
   * name may be one that Spark cannot use, lead nowhere, or to an address of yesterday. Spark asks
   * for it as a setting, and in its local executor as this, whatever the setting.
   *
   * @return whether it was named here, and not by the user
   */
  private static boolean nameThisMachine() {
    if (Stream.of("SPARK_LOCAL_IP", "SPARK_LOCAL_HOSTNAME")
        .anyMatch(System.getenv()::containsKey)) {
      return false;
    }
    SparkInternals.nameThisMachine(LOOPBACK);
    return true;
  }

  /** {@return Spark's settings: ours, and what the user said to spark-submit} */
  static SparkConf configuration(String master) {
    SparkConf conf =
        submitted(master)
            .setIfMissing(NamedClasses.SERIALIZER, KryoSerializer.class.getName())
            .setIfMissing("spark.kryo.registrationRequired", "true")
            // As much as there can be: no more is taken than a partition's part needs.
            .setIfMissing(MiniBatchPart.KRYO_BUFFER, "2047m")
            // Examples that executors have read are nearly all that is in their memory.
            .setIfMissing("spark.memory.fraction", "0.8");
    if (!isNamed(conf)) {
      conf.setAppName("Handspun");
    }
    NamedClasses.append(conf, NamedClasses.REGISTRATOR, KryoRegistration.class);
    TrainingSource.serve(conf);
    if (isLocal(master)) {
      // All is one process: broadcasts need not be small, and nobody has to fetch our own classes.
      conf.setIfMissing("spark.broadcast.compress", "false")
          .setIfMissing("spark.broadcast.checksum", "false")
          .set("spark.jars", withoutOurs(conf.get("spark.jars", "")));
    } else {
      HadoopSettings.giveExecutors(conf);
      compileKernelsApart(conf);
      if (!DynamicAllocation.isOn(conf)) {
        announceDecommission(conf);
      }
      NamedClasses.append(conf, NamedClasses.PLUGINS, ExchangePlugin.class);
    }
    return conf;
  }

  private static void compileKernelsApart(SparkConf conf) {
    String ours = String.join(" ", KernelOptions.ofJava());
    conf.set(EXECUTOR_JAVA, (conf.get(EXECUTOR_JAVA, "") + " " + ours).strip());
  }

  /** Whether the user has: spark-submit itself names it by its class or its jar. */
  private static boolean isNamed(SparkConf conf) {
    String name = conf.get(APPLICATION, "");
    return !List.of("", "handspun.cli.Main", classes().getFileName().toString()).contains(name);
  }

  /** {@return where our own classes are} */
  static Path classes() {
    return Path.of(URI.create(source()));
  }

  private static String source() {
    return SparkStart.class.getProtectionDomain().getCodeSource().getLocation().toString();
  }

  /**
   * Executors that are told to go say so, and are left before the next epoch. With dynamic
   * allocation Spark would use the same to be rid of idle ones, and warns that it takes longer.
   */
  static void announceDecommission(SparkConf conf) {
    conf.setIfMissing("spark.decommission.enabled", "true");
  }

  private static String withoutOurs(String jars) {
    String ours = source();
    return Stream.of(jars.split(","))
        .filter(jar -> !jar.equals(ours))
        .collect(Collectors.joining(","));
  }

  /** {@return whether this process is all of Spark that there is} */
  static boolean isLocal(String master) {
    return master.matches(LOCAL_MASTER);
  }

  private static boolean isOnThisMachine(String master) {
    return isLocal(master) || LocalClusterMaster.of(master).isPresent();
  }

  /**
   * Starts Spark.
   *
   * @return Spark
   * @throws UsageException if no executor could ever run a task, or a class is missing
   * @throws HandspunException if it does not start
   */
  static JavaSparkContext context(SparkConf conf, Consumer<String> notices) {
    String master = conf.get(MASTER);
    TaskCores.requireFit(conf);
    NamedClasses.requireAll(conf);
    StandaloneMasters.requireOne(master);
    try {
      return LateNotice.during(
          LATE,
          "Waiting for Spark to start with the master " + master + " ...",
          notices,
          () -> new JavaSparkContext(conf));
    } catch (Exception | LinkageError e) {
      throw new HandspunException(failure(master, e), e);
    }
  }

  /**
   * @param failure why Spark does not start with it
   * @return the same in a sentence, and what to do
   */
  static String failure(String master, Throwable failure) {
    Throwable cause = innermost(failure);
    if (StandaloneMasters.isNamedBy(master) && cause instanceof NullPointerException) {
      return StandaloneMasters.noRegistration(master);
    }
    return "Spark does not start with the master %s (%s): %s"
        .formatted(master, reason(failure), advice(master, cause));
  }

  private static String advice(String master, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof UnknownHostException
        || message.startsWith("Invalid Spark URL")
        || message.startsWith("Cannot assign requested address")) {
      return "set SPARK_LOCAL_HOSTNAME to this machine's address, or check the options after --spark.";
    }
    return master.equals(DEFAULT_MASTER)
        ? "see the options after --spark, if there are any, and Spark's log."
        : "check --master and the options after --spark.";
  }

  /** {@return its innermost cause, in one line without a full stop} */
  static String reason(Throwable failure) {
    Throwable cause = innermost(failure);
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow().replaceFirst("\\.$", "");
  }

  private static Throwable innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
