package handspun.spark;

import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * What the user has told Hadoop: in the files of HADOOP_CONF_DIR, or as spark.hadoop.* to Spark.
 */
public final class HadoopSettings {
  private static final String DEFAULTS = "-default.xml";

  private HadoopSettings() {}

  /** {@return what differs from Hadoop's own defaults, by name} */
  public static Map<String, String> submitted() {
    Configuration configuration = SparkHadoopUtil.get().conf();
    Map<String, String> settings = new TreeMap<>();
    for (Map.Entry<String, String> setting : configuration) {
      String[] sources = configuration.getPropertySources(setting.getKey());
      if (sources == null || !sources[sources.length - 1].endsWith(DEFAULTS)) {
        settings.put(setting.getKey(), setting.getValue());
      }
    }
    return settings;
  }
}
