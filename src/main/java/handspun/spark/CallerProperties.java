package handspun.spark;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What a thread has told Spark of the jobs that it starts, but for what training leaves alone, such
 * as their pool: group, description, name. Training has others.
 *
 * @param context Spark
 * @param values by key; null for what is not set
 */
record CallerProperties(JavaSparkContext context, Map<String, String> values) {
  private static final List<String> KEYS =
      List.of(
          "spark.jobGroup.id",
          "spark.job.description",
          "spark.job.interruptOnCancel",
          "callSite.short",
          "callSite.long");

  /** {@return those of the calling thread} */
  static CallerProperties of(JavaSparkContext context) {
    Map<String, String> values = new HashMap<>();
    KEYS.forEach(key -> values.put(key, context.getLocalProperty(key)));
    return new CallerProperties(context, values);
  }

  /** Brings them back, in the same thread. */
  void restore() {
    values.forEach(context::setLocalProperty);
  }
}
