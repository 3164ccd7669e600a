package handspun.serve;

import com.fasterxml.jackson.core.JsonGenerator;
import handspun.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.IntConsumer;

/**
 * Tells a client of a training's epochs as they end, as server-sent events (WHATWG HTML, 9.2):
 * first of those that have ended already. After some minutes it ends, and the client asks again:
 * the JDK's server cuts off answers that take longer.
 *
 * @param place given back in the end
 * @param pause after which a client hears a comment if there are no news: only so is it noticed
 *     that it has gone
 */
record EventStream(LiveTraining training, Semaphore place, Duration pause)
    implements Answer, AutoCloseable {
  /**
   * Closed in the end: kept open, it would be of no use to a client that only listens. A proxy
   * would collect events until there are some kilobytes (nginx, "proxy_buffering").
   */
  static final Map<String, String> HEADERS =
      Map.of("Content-Type", "text/event-stream", "Connection", "close", "X-Accel-Buffering", "no");

  private static final Duration LONGEST = Duration.ofMinutes(4);

  /**
   * Writes events until there will be no more.
   *
   * @param written is told how many bytes were, after each write
   * @param beforeWrite is run before each write
   * @throws IOException if the client has gone
   */
  void writeTo(OutputStream out, IntConsumer written, Runnable beforeWrite)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    int known = 0;
    boolean isOver = false;
    beforeWrite.run();
    written.accept(write(out, "retry: 1000\n\n"));
    while (!isOver && System.nanoTime() < end) {
      LiveTraining.News news = training.await(known, pause);
      known += news.epochs().size();
      isOver = news.isOver();
      beforeWrite.run();
      StringBuilder text = new StringBuilder();
      news.epochs().forEach(epoch -> text.append(event("epoch", json -> write(json, epoch))));
      if (isOver && !training.isClosed()) {
        text.append(event("end", json -> {}));
      }
      written.accept(write(out, text.isEmpty() ? ":\n\n" : text.toString()));
    }
  }

  private void write(JsonGenerator json, LiveTraining.Epoch epoch) throws IOException {
    json.writeNumberField("epoch", epoch.epoch());
    json.writeNumberField("epochs", training.plannedEpochs());
    json.writeStringField("sha256", epoch.sha256().orElse(null));
    Json.writeNumberOrNull(json, "cost", epoch.cost());
    Json.writeNumberOrNull(json, "validationAccuracy", epoch.validationAccuracy());
  }

  private static String event(String name, Json.Fields fields) {
    return "event: %s\ndata: %s\n\n"
        .formatted(name, new String(Json.object(fields), StandardCharsets.UTF_8));
  }

  private static int write(OutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes);
    out.flush();
    return bytes.length;
  }

  @Override
  public void close() {
    place.release();
  }
}
