package handspun.inference;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one model has been asked, and how long that took. Safe for several threads. */
public final class ModelStatistics {
  private final SortedMap<Integer, Batches> batches = new TreeMap<>();
  private long lastInference;
  private long inferences;
  private final Duration success = new Duration();
  private final Duration fail = new Duration();

  /**
   * How long the parts of a request took, in nanoseconds.
   *
   * @param queue to wait for a thread
   * @param input to find the images in the body
   * @param infer to read them
   * @param output to write the answer
   */
  public record Times(long queue, long input, long infer, long output) {
    /** {@return all of them} */
    public long sum() {
      return queue + input + infer + output;
    }
  }

  /**
   * What was counted until now.
   *
   * @param succeeded requests that were answered
   * @param failed requests that were refused
   * @param images of those that were answered
   * @param times of those that were answered, added up
   */
  public record Totals(long succeeded, long failed, long images, Times times) {}

  private static final class Duration {
    private long count;
    private long nanos;

    void add(long more) {
      count++;
      nanos += more;
    }

    void write(JsonGenerator json, String name) throws IOException {
      json.writeObjectFieldStart(name);
      json.writeNumberField("count", count);
      json.writeNumberField("ns", nanos);
      json.writeEndObject();
    }
  }

  /** Requests with as many images. */
  private static final class Batches {
    private final Duration queue = new Duration();
    private final Duration input = new Duration();
    private final Duration infer = new Duration();
    private final Duration output = new Duration();

    void add(Times times) {
      queue.add(times.queue());
      input.add(times.input());
      infer.add(times.infer());
      output.add(times.output());
    }

    void addAll(Batches others) {
      sum(queue, others.queue);
      sum(input, others.input);
      sum(infer, others.infer);
      sum(output, others.output);
    }

    private static void sum(Duration to, Duration more) {
      to.count += more.count;
      to.nanos += more.nanos;
    }

    void write(JsonGenerator json) throws IOException {
      input.write(json, "compute_input");
      infer.write(json, "compute_infer");
      output.write(json, "compute_output");
    }
  }

  /** A request with so many images was answered. */
  public synchronized void succeeded(int images, Times times) {
    lastInference = System.currentTimeMillis();
    inferences += images;
    success.add(times.sum());
    batches.computeIfAbsent(images, size -> new Batches()).add(times);
  }

  /** A request was refused after so many nanoseconds. */
  public synchronized void failed(long nanos) {
    fail.add(nanos);
  }

  /** {@return what was counted until now} */
  public synchronized Totals totals() {
    Batches all = all();
    Times times = new Times(all.queue.nanos, all.input.nanos, all.infer.nanos, all.output.nanos);
    return new Totals(success.count, fail.count, inferences, times);
  }

  private Batches all() {
    Batches all = new Batches();
    batches.values().forEach(all::addAll);
    return all;
  }

  /** Writes an object. */
  public synchronized void write(JsonGenerator json, String model, String version)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", model);
    json.writeStringField("version", version);
    json.writeNumberField("last_inference", lastInference);
    json.writeNumberField("inference_count", inferences);
    json.writeNumberField("execution_count", success.count);
    json.writeObjectFieldStart("inference_stats");
    success.write(json, "success");
    fail.write(json, "fail");
    Batches all = all();
    all.queue.write(json, "queue");
    all.write(json);
    new Duration().write(json, "cache_hit");
    new Duration().write(json, "cache_miss");
    json.writeEndObject();
    json.writeArrayFieldStart("batch_stats");
    for (var one : batches.entrySet()) {
      json.writeStartObject();
      json.writeNumberField("batch_size", one.getKey());
      one.getValue().write(json);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
