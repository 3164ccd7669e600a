package handspun.serve;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What models have read, and how long that took, as inference servers count it. */
final class InferenceStatistics {
  /** A model is replaced in its place, and is then another of the same version. */
  static final String VERSION = "1";

  private final Map<String, Counts> byFile = new ConcurrentHashMap<>();
  private final Map<String, Counts> byName = new ConcurrentHashMap<>();

  /** What a request waits for, in this order. */
  enum Stage {
    QUEUE,
    COMPUTE_INPUT,
    COMPUTE_INFER,
    COMPUTE_OUTPUT
  }

  /** What is counted of one model. */
  static final class Counts {
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder images = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final Map<Stage, LongAdder> stages = new EnumMap<>(Stage.class);

    Counts() {
      for (Stage stage : Stage.values()) {
        stages.put(stage, new LongAdder());
      }
    }
  }

  /** Begins to measure a request to a model. */
  Inference begin(ServedModel model) {
    return new Inference(counts(model.file()));
  }

  private Counts counts(String file) {
    Counts known = byFile.get(file);
    return known != null
        ? known
        : byFile.computeIfAbsent(
            file,
            path -> byName.computeIfAbsent(ServedModel.shortName(path), name -> new Counts()));
  }

  /** One request to a model. A thread hands it on to the next. */
  static final class Inference {
    private final Counts counts;
    private final long began = System.nanoTime();
    private final Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    private long since = began;
    private int images = 1;

    Inference(Counts counts) {
      this.counts = counts;
    }

    /** A stage has ended, which began when the one before it ended. */
    void ended(Stage stage) {
      long now = System.nanoTime();
      stages.merge(stage, now - since, Long::sum);
      since = now;
    }

    /** The request is for so many images; for one, if nothing is said. */
    void reads(int count) {
      images = count;
    }

    /** Counts the request as one that read its images, or as one that failed. */
    Reply measure(Function<Inference, Reply> answer) {
      try {
        Reply reply = answer.apply(this);
        succeeded(images);
        return reply;
      } catch (RuntimeException | Error e) {
        failed();
        throw e;
      }
    }

    /** So many images were read, at once. */
    void succeeded(int images) {
      counts.succeeded.increment();
      counts.images.add(images);
      counts.nanos.add(System.nanoTime() - began);
      counts.stages.forEach((stage, nanos) -> nanos.add(stages.getOrDefault(stage, 0L)));
    }

    /** It was answered with an error. */
    void failed() {
      counts.failed.increment();
    }
  }

  /**
   * Writes what was counted, under the names that Triton gives it.
   *
   * @param served has been asked nothing yet, perhaps
   * @param withDurations whose unit in their names Prometheus's own check does not like
   */
  void write(PrometheusText text, ServedModel served, boolean withDurations) {
    counts(served.file());
    // With the names goes Triton's type, whose lack of "_total" the same check does not like.
    PrometheusText.Type type =
        withDurations ? PrometheusText.Type.COUNTER : PrometheusText.Type.UNTYPED;
    Writer writer = new Writer(text, type, new TreeMap<>(byName));
    writer.write(
        "nv_inference_request_success",
        "Number of successful inference requests, all batch sizes.",
        counts -> (double) counts.succeeded.sum());
    writer.write(
        "nv_inference_request_failure",
        "Number of failed inference requests, all batch sizes.",
        counts -> (double) counts.failed.sum());
    writer.write(
        "nv_inference_count", "Number of images read.", counts -> (double) counts.images.sum());
    writer.write(
        "nv_inference_exec_count",
        "Number of batches read, each at once.",
        counts -> (double) counts.succeeded.sum());
    if (withDurations) {
      writer.write(
          "nv_inference_request_duration_us",
          "Microseconds of successful inference requests.",
          counts -> micros(counts.nanos));
      for (Stage stage : Stage.values()) {
        String name = stage.name().toLowerCase(Locale.ROOT);
        writer.write(
            "nv_inference_%s_duration_us".formatted(name),
            "Microseconds of their stage %s.".formatted(name),
            counts -> micros(counts.stages.get(stage)));
      }
    }
    text.family(
        "handspun_inference_seconds_total",
        PrometheusText.Type.COUNTER,
        "Seconds of successful inference requests, by what they waited for.");
    writer.models.forEach(
        (model, counts) ->
            counts.stages.forEach(
                (stage, nanos) ->
                    text.sample(
                        nanos.sum() / (double) TimeUnit.SECONDS.toNanos(1),
                        "model",
                        model,
                        "stage",
                        stage.name().toLowerCase(Locale.ROOT))));
  }

  private static double micros(LongAdder nanos) {
    return (double) TimeUnit.NANOSECONDS.toMicros(nanos.sum());
  }

  private record Writer(
      PrometheusText text, PrometheusText.Type type, SortedMap<String, Counts> models) {
    void write(String name, String help, ToDoubleFunction<Counts> value) {
      text.family(name, type, help);
      models.forEach(
          (model, counts) ->
              text.sample(value.applyAsDouble(counts), "model", model, "version", VERSION));
    }
  }
}
