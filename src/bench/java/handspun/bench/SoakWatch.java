package handspun.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Looks again and again at what a server holds, and tells it. */
final class SoakWatch implements AutoCloseable {
  private static final int EVERY_SECONDS = 5;
  private static final double PER_MEGABYTE = 1.0 / (1 << 20);

  private final ServerProcess server;
  private final SoakClients clients;
  private final Consumer<String> progress;
  private final long start = System.nanoTime();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final List<Sample> samples = new ArrayList<>();

  /**
   * What was seen at a moment.
   *
   * @param seconds since the beginning
   * @param requests that were over
   * @param errors among them
   * @param heapBytes in use after a full garbage collection
   * @param descriptors of files and connections that were open
   * @param threads that lived
   */
  record Sample(
      double seconds, long requests, int errors, long heapBytes, long descriptors, int threads) {
    double megabytes() {
      return heapBytes * PER_MEGABYTE;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%,d requests, %,d errors, heap %.1f MB after a full collection, %d descriptors,"
              + " %d threads, %.0f requests/s",
          requests,
          errors,
          megabytes(),
          descriptors,
          threads,
          requests / seconds);
    }
  }

  /**
   * Begins to look.
   *
   * @param server that is asked
   * @param clients that ask it
   * @param progress is told a line every few seconds
   */
  SoakWatch(ServerProcess server, SoakClients clients, Consumer<String> progress) {
    this.server = server;
    this.clients = clients;
    this.progress = progress;
    Future<?> unused =
        thread.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** {@return what is to be seen now} */
  synchronized Sample look() {
    Sample sample =
        new Sample(
            (System.nanoTime() - start) * 1e-9,
            clients.done(),
            clients.errors(),
            server.heapAfterCollection(),
            server.descriptors(),
            server.threads());
    samples.add(sample);
    progress.accept(sample.toString());
    return sample;
  }

  /** {@return soak.csv: a row for each time} */
  synchronized String csv() {
    return new Table<Sample>()
        .figure("", "seconds", 1, Sample::seconds)
        .written("requests", sample -> String.valueOf(sample.requests()))
        .written("errors", sample -> String.valueOf(sample.errors()))
        .written("heap_bytes", sample -> String.valueOf(sample.heapBytes()))
        .written("descriptors", sample -> String.valueOf(sample.descriptors()))
        .written("threads", sample -> String.valueOf(sample.threads()))
        .csv(samples);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
