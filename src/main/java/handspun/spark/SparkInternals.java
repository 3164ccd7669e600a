package handspun.spark;

import java.util.List;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ExecutorAllocationClient;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.metrics.source.Source;
import org.apache.spark.status.api.v1.ExecutorSummary;
import org.apache.spark.util.Utils;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What Spark tells and does only by members that it calls private, and may change in any version:
 * no other class uses these. Where one is gone, the public way is taken, which knows less.
 */
final class SparkInternals {
  /** What Spark calls itself among its executors. */
  private static final String DRIVER = "driver";

  private SparkInternals() {}

  /**
   * {@return how many tasks can run at once, busy or not, without executors that are about to go}
   */
  static int slots(JavaSparkContext context) {
    SparkContext spark = context.sc();
    return orElse(
        () -> spark.maxNumConcurrentTasks(spark.resourceProfileManager().defaultResourceProfile()),
        () -> publicSlots(context));
  }

  /** {@return the same by what is public: for executors that are all alike} */
  static int publicSlots(JavaSparkContext context) {
    if (SparkStart.isLocal(context.master())) {
      return context.defaultParallelism() / TaskCores.of(context.getConf());
    }
    return publicExecutors(context) * TaskCores.slotsOfAnExecutor(context.getConf());
  }

  /** {@return how many executors there are} */
  static int executors(JavaSparkContext context) {
    return orElse(() -> context.sc().getExecutorIds().size(), () -> publicExecutors(context));
  }

  /** {@return the same by what is public} */
  static int publicExecutors(JavaSparkContext context) {
    // The driver is one of those that have memory.
    return context.sc().getExecutorMemoryStatus().size() - 1;
  }

  /**
   * {@return whether an executor is there, and not about to go; true if that cannot be known}
   *
   * @param executor its name in Spark
   */
  static boolean isActive(JavaSparkContext context, String executor) {
    return orElse(
        () ->
            !(context.sc().schedulerBackend() instanceof ExecutorAllocationClient executors)
                || executors.isExecutorActive(executor),
        () -> true);
  }

  /** {@return cores of the largest executor; 0 if there is none, or that cannot be known} */
  static int mostCores(JavaSparkContext context) {
    return orElse(
        () ->
            CollectionConverters.asJava(context.sc().statusStore().executorList(true)).stream()
                .filter(executor -> !executor.id().equals(DRIVER))
                .mapToInt(ExecutorSummary::totalCores)
                .max()
                .orElse(0),
        () -> 0);
  }

  /** Has Spark end an executor, and ask for another one in its place. */
  static void replace(JavaSparkContext context, String executor) {
    orElse(
        () -> context.sc().killAndReplaceExecutor(executor),
        () -> context.sc().killExecutor(executor) && context.sc().requestExecutors(1));
  }

  /** Has Spark know this machine by another name than the system's, as a setting would. */
  static void nameThisMachine(String name) {
    orElse(
        () -> {
          Utils.setCustomHostname(name);
          return true;
        },
        () -> false);
  }

  /** {@return what Hadoop is told in this process, in files and as spark.hadoop.* in these} */
  static Configuration hadoop(SparkConf conf) {
    return orElse(
        () -> SparkHadoopUtil.get().newConfiguration(conf),
        () -> {
          Configuration configuration = new Configuration();
          for (Tuple2<String, String> setting : conf.getAllWithPrefix(HadoopSettings.PREFIX)) {
            configuration.set(setting._1(), setting._2());
          }
          return configuration;
        });
  }

  /** {@return the address from which others fetch this process's blocks, as Spark has them do} */
  static String host() {
    SparkEnv spark = SparkEnv.get();
    return orElse(
        () -> spark.blockManager().blockManagerId().host(),
        () -> ExecutorShared.hostname().orElseGet(() -> spark.conf().get("spark.driver.host")));
  }

  /** {@return what Spark's metrics system tells of others, under some name} */
  static List<Source> metrics(String name) {
    return CollectionConverters.asJava(SparkEnv.get().metricsSystem().getSourcesByName(name));
  }

  /** Has Spark's metrics system tell of it as well. */
  static void tellMetrics(Source source) {
    SparkEnv.get().metricsSystem().registerSource(source);
  }

  /** Has Spark's metrics system, if it still runs, tell of it no more. */
  static void forgetMetrics(Source source) {
    SparkEnv spark = SparkEnv.get();
    if (spark != null) {
      spark.metricsSystem().removeSource(source);
    }
  }

  /**
   * @param privately may use what another version of Spark does not have
   * @param publicly then used instead
   */
  static <T> T orElse(Supplier<T> privately, Supplier<T> publicly) {
    try {
      return privately.get();
    } catch (LinkageError e) {
      return publicly.get();
    }
  }
}
