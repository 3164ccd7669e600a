package handspun.spark;

import handspun.files.FileSystemSettings;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * What the user has told Hadoop: in the files of HADOOP_CONF_DIR, or as spark.hadoop.* to Spark.
 *
 * <p>Executors know it from Spark, which gives them its own settings when they start, by its RPC
 * (encrypted if Spark is told to). So no task carries it.
 */
public enum HadoopSettings implements FileSystemSettings {
  /** Of this process, whichever that is. */
  HERE;

  private static final String DEFAULTS = "-default.xml";
  static final String PREFIX = "spark.hadoop.";

  @Override
  public Map<String, String> get() {
    SparkEnv spark = SparkEnv.get();
    // What spark-submit was told is among the properties of the driver's process only.
    return differences(SparkInternals.hadoop(spark == null ? new SparkConf() : spark.conf()));
  }

  private static Map<String, String> differences(Configuration configuration) {
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, String> setting : configuration) {
      String[] sources = configuration.getPropertySources(setting.getKey());
      if (sources == null || !sources[sources.length - 1].endsWith(DEFAULTS)) {
        settings.put(setting.getKey(), setting.getValue());
      }
    }
    return settings;
  }

  /**
   * Has Spark give its executors what only the driver's machine knows, as the files of
   * HADOOP_CONF_DIR.
   *
   * @param conf Spark's settings before it starts, which are added to
   */
  static void giveExecutors(SparkConf conf) {
    differences(SparkInternals.hadoop(conf))
        .forEach((name, value) -> conf.setIfMissing(PREFIX + name, value));
  }
}
