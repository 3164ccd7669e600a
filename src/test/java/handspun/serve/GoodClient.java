package handspun.serve;

import handspun.image.Pictures;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Has a digit read again and again, as a visitor of the page does. */
final class GoodClient implements AutoCloseable {
  private static final int PAUSE_MILLIS = 10;

  private final HttpRequest request;
  private final String known;
  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final Thread thread = new Thread(this::run, "good-client");
  private volatile boolean ends;

  private GoodClient(URI server) throws Exception {
    request =
        HttpRequest.newBuilder(server.resolve("api/predict"))
            .timeout(Duration.ofMinutes(1))
            .header("Content-Type", "image/png")
            .POST(BodyPublishers.ofByteArray(Pictures.sevenPng()))
            .build();
    known = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  /** Starts to ask; all answers are to be as the first one. */
  static GoodClient start(URI server) throws Exception {
    GoodClient client = new GoodClient(server);
    client.thread.start();
    return client;
  }

  private void run() {
    HttpClient client = HttpClient.newHttpClient();
    while (!ends) {
      long begin = System.nanoTime();
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        nanos.add(System.nanoTime() - begin);
        if (!response.body().equals(known)) {
          failures.add(response.statusCode() + " " + response.body());
        }
        Thread.sleep(PAUSE_MILLIS);
      } catch (Exception e) {
        failures.add(e.toString());
      }
    }
  }

  /** {@return what it got that was not right} */
  List<String> failures() {
    return failures;
  }

  int answers() {
    return nanos.size();
  }

  /** {@return milliseconds in which so many in a hundred were answered} */
  double millis(int percent) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return sorted.get((sorted.size() - 1) * percent / 100) / 1e6;
  }

  /** Asks no more. */
  void stop() {
    ends = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
