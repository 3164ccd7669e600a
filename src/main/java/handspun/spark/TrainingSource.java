package handspun.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import handspun.train.EpochSummary;
import handspun.train.PartitionWork;
import handspun.train.Plan;
import handspun.train.Progress;
import handspun.train.TrainingListener;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.apache.spark.SparkConf;
import org.apache.spark.metrics.source.Source;

/**
 * What Spark's own metrics system tells of a training: to whoever asks the driver's page for {@code
 * /metrics/prometheus}, and to every other sink that is configured.
 */
final class TrainingSource implements Source, TrainingListener {
  private static final String SINK = "spark.metrics.conf.*.sink.prometheusServlet.";

  private static final String NAME = "training";

  private final MetricRegistry registry = new MetricRegistry();
  private final Supplier<Progress> progress;
  private String name = NAME;
  private int partitionsTold;
  private volatile int miniBatches;
  private volatile int epoch;

  private volatile Optional<EpochSummary> last = Optional.empty();

  TrainingSource(Plan plan, Supplier<Progress> progress) {
    this.progress = progress;
    gauge("epoch", () -> epoch);
    gauge("epochs", plan::epochs);
    gauge("miniBatches", () -> miniBatches);
    gauge("miniBatchesDone", () -> progress.get().miniBatchesDone());
    gauge("slowestPartition", () -> slowest(progress.get().work()));
    gauge("bytesExchanged", () -> PartitionWork.bytesExchanged(progress.get().work()));
    gauge("cost", () -> ofLast(EpochSummary::cost));
    gauge("validationAccuracy", () -> ofLast(EpochSummary::validationAccuracy));
    gauge("examplesPerSecond", () -> ofLast(EpochSummary::examplesPerSecond));
  }

  /**
   * Has Spark serve its metrics to Prometheus, unless its settings name a file of the user's own
   * for that. Their names begin alike in every run, and not with what Spark calls the run.
   *
   * @param conf Spark's settings, which are added to
   */
  static void serve(SparkConf conf) {
    conf.setIfMissing("spark.metrics.namespace", "handspun");
    if (!conf.contains("spark.metrics.conf")) {
      conf.setIfMissing(SINK + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
      conf.setIfMissing(SINK + "path", "/metrics/prometheus");
    }
  }

  /** Has Spark, which must have started, tell of all this. */
  void register() {
    // Two trainings at once must not take the same name.
    synchronized (TrainingSource.class) {
      for (int n = 2; !SparkInternals.metrics(name).isEmpty(); n++) {
        // What Spark removes with a source is all that begins with its name.
        name = n + "." + NAME;
      }
      SparkInternals.tellMetrics(this);
    }
  }

  /** Has Spark, if it still runs, tell no more of this. */
  void unregister() {
    SparkInternals.forgetMetrics(this);
  }

  /**
   * Tells of these as well, and of no other partitions any more. May be called again, by any
   * thread, also while Spark tells.
   *
   * @param inEpoch mini-batches in an epoch
   */
  synchronized void tell(int partitions, int inEpoch) {
    miniBatches = inEpoch;
    for (; partitionsTold < partitions; partitionsTold++) {
      int partition = partitionsTold;
      gauge(computeSeconds(partition), () -> of(partition, PartitionWork::computeSeconds));
      gauge(waitSeconds(partition), () -> of(partition, PartitionWork::waitSeconds));
    }
    while (partitionsTold > partitions) {
      partitionsTold--;
      registry.remove(computeSeconds(partitionsTold));
      registry.remove(waitSeconds(partitionsTold));
    }
  }

  private static String computeSeconds(int partition) {
    return "partition." + partition + ".computeSeconds";
  }

  private static String waitSeconds(int partition) {
    return "partition." + partition + ".waitSeconds";
  }

  private <T extends Number> void gauge(String name, Gauge<T> value) {
    registry.register(name, value);
  }

  private double ofLast(ToDoubleFunction<EpochSummary> figure) {
    return last.map(figure::applyAsDouble).orElse(Double.NaN);
  }

  private static int slowest(List<PartitionWork> work) {
    return work.isEmpty() ? 0 : PartitionWork.slowest(work);
  }

  private double of(int partition, ToDoubleFunction<PartitionWork> figure) {
    List<PartitionWork> work = progress.get().work();
    return partition < work.size() ? figure.applyAsDouble(work.get(partition)) : 0;
  }

  @Override
  public String sourceName() {
    return name;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }

  @Override
  public void epochStarted(int number) {
    epoch = number;
  }

  @Override
  public void epochEnded(EpochSummary summary) {
    last = Optional.of(summary);
  }
}
