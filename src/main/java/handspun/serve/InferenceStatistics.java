package handspun.serve;

import handspun.inference.Metadata;
import handspun.inference.ModelStatistics;
import handspun.inference.ModelStatistics.Times;
import handspun.inference.ModelStatistics.Totals;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What models have read, and how long that took, as inference servers count it. */
final class InferenceStatistics {
  private final Map<String, ModelStatistics> byName = new ConcurrentHashMap<>();

  /** What a request waits for. */
  enum Stage {
    QUEUE,
    COMPUTE_INPUT,
    COMPUTE_INFER,
    COMPUTE_OUTPUT
  }

  /** Begins to measure a request to a model. */
  Inference begin(ServedModel model) {
    return new Inference(of(model.name()));
  }

  /** {@return what was counted of the models of that name} */
  ModelStatistics of(String name) {
    return byName.computeIfAbsent(name, key -> new ModelStatistics());
  }

  /** One request to a model. A thread hands it on to the next. */
  static final class Inference {
    private final ModelStatistics counted;
    private final long began = System.nanoTime();
    private final Map<Stage, Long> stages = new EnumMap<>(Stage.class);
    private long since = began;
    private int images = 1;

    Inference(ModelStatistics counted) {
      this.counted = counted;
    }

    /** The request is for so many images; for one, if nothing is said. */
    void reads(int count) {
      images = count;
    }

    /** A stage has ended, which began when the one before it ended. */
    void ended(Stage stage) {
      long now = System.nanoTime();
      stages.merge(stage, now - since, Long::sum);
      since = now;
    }

    private Times times() {
      return new Times(
          nanos(Stage.QUEUE),
          nanos(Stage.COMPUTE_INPUT),
          nanos(Stage.COMPUTE_INFER),
          nanos(Stage.COMPUTE_OUTPUT));
    }

    private long nanos(Stage stage) {
      return stages.getOrDefault(stage, 0L);
    }

    /** Counts the request as one that read its images, or as one that failed. */
    Reply measure(Function<Inference, Reply> answer) {
      try {
        Reply reply = answer.apply(this);
        counted.succeeded(images, times());
        return reply;
      } catch (RuntimeException | Error e) {
        counted.failed(System.nanoTime() - began);
        throw e;
      }
    }
  }

  /**
   * Writes what was counted, under the names that Triton gives it.
   *
   * @param served has been asked nothing yet, perhaps
   * @param withDurations whose unit in their names Prometheus's own check does not like
   */
  void write(PrometheusText text, ServedModel served, boolean withDurations) {
    of(served.name());
    // With the names goes Triton's type, whose lack of "_total" the same check does not like.
    PrometheusText.Type type =
        withDurations ? PrometheusText.Type.COUNTER : PrometheusText.Type.UNTYPED;
    SortedMap<String, Totals> totals = new TreeMap<>();
    byName.forEach((name, counted) -> totals.put(name, counted.totals()));
    Writer writer = new Writer(text, type, totals);
    writer.write(
        "nv_inference_request_success",
        "Number of successful inference requests, all batch sizes.",
        counts -> (double) counts.succeeded());
    writer.write(
        "nv_inference_request_failure",
        "Number of failed inference requests, all batch sizes.",
        counts -> (double) counts.failed());
    writer.write(
        "nv_inference_count", "Number of images read.", counts -> (double) counts.images());
    writer.write(
        "nv_inference_exec_count",
        "Number of batches read, each at once.",
        counts -> (double) counts.succeeded());
    if (withDurations) {
      writer.write(
          "nv_inference_request_duration_us",
          "Microseconds of successful inference requests.",
          counts -> micros(counts.times().sum()));
      for (Stage stage : Stage.values()) {
        String name = stage.name().toLowerCase(Locale.ROOT);
        writer.write(
            "nv_inference_%s_duration_us".formatted(name),
            "Microseconds of their stage %s.".formatted(name),
            counts -> micros(nanos(counts.times(), stage)));
      }
    }
    text.family(
        "handspun_inference_seconds_total",
        PrometheusText.Type.COUNTER,
        "Seconds of successful inference requests, by what they waited for.");
    writer.models.forEach(
        (model, counts) ->
            Stream.of(Stage.values())
                .forEach(
                    stage ->
                        text.sample(
                            nanos(counts.times(), stage) / (double) TimeUnit.SECONDS.toNanos(1),
                            "model",
                            model,
                            "stage",
                            stage.name().toLowerCase(Locale.ROOT))));
  }

  private static long nanos(Times times, Stage stage) {
    return switch (stage) {
      case QUEUE -> times.queue();
      case COMPUTE_INPUT -> times.input();
      case COMPUTE_INFER -> times.infer();
      case COMPUTE_OUTPUT -> times.output();
    };
  }

  private static double micros(long nanos) {
    return (double) TimeUnit.NANOSECONDS.toMicros(nanos);
  }

  private record Writer(
      PrometheusText text, PrometheusText.Type type, SortedMap<String, Totals> models) {
    void write(String name, String help, ToDoubleFunction<Totals> value) {
      text.family(name, type, help);
      models.forEach(
          (model, counts) ->
              text.sample(
                  value.applyAsDouble(counts), "model", model, "version", Metadata.VERSION));
    }
  }
}
