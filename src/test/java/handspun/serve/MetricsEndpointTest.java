package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.image.Pictures;
import handspun.math.Kernels;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus is told, over real HTTP. */
class MetricsEndpointTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String TOTAL = "handspun_http_requests_total";
  private static final String REFUSED = "handspun_http_requests_refused_total";

  private DigitServer server;

  private void start(LiveTraining training, Timeouts timeouts) {
    Content content = Content.of("runs/a \"b\"\\/model.handspun", RunFiles.model(1));
    server =
        DigitServer.start(
            training == null ? content : content.watching(training),
            Kernels.fastest(),
            Access.DEFAULT,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            timeouts,
            Capacity.DEFAULT);
  }

  @BeforeEach
  void start() {
    start(null, Timeouts.DEFAULT);
  }

  private void startAnew(LiveTraining training, Timeouts timeouts) {
    server.close();
    start(training, timeouts);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
  }

  private int post(String type, byte[] body) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(server.address().resolve("/api/predict"))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build(),
            BodyHandlers.ofString())
        .statusCode();
  }

  private PrometheusSamples samples(String path) throws Exception {
    return PrometheusSamples.parse(get(path).body());
  }

  private PrometheusSamples samples() throws Exception {
    return samples("/metrics");
  }

  /** A client may have its answer before the request is counted. */
  private void assertBecomes(String series, double value) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    PrometheusSamples samples = samples();
    while (samples.get(series) != value && System.nanoTime() < end) {
      Thread.sleep(10);
      samples = samples();
    }
    assertThat(samples.values()).containsEntry(series, value);
  }

  private Socket send(String text) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static Timeouts timeouts(Duration head, Duration body) {
    Timeouts known = Timeouts.DEFAULT;
    return new Timeouts(head, body, known.drain(), known.reply(), known.stop());
  }

  private static String requests(String route, String status) {
    return "%s{route=\"%s\",status=\"%s\"}".formatted(TOTAL, route, status);
  }

  private static String refused(String reason) {
    return "%s{reason=\"%s\"}".formatted(REFUSED, reason);
  }

  private static byte[] pixels(int count) {
    return ("{\"pixels\":[" + String.join(",", Collections.nCopies(count, "0.5")) + "]}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void requestsAreCountedByRouteAndStatus() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(post("application/json", pixels(784))).isEqualTo(200);
    }
    assertThat(post("application/json", pixels(3))).isEqualTo(400);
    get("/healthz");
    get("/nowhere?" + "x".repeat(50));
    get("/nowhere/else");
    assertBecomes(requests("/api/predict", "200"), 3);
    assertBecomes(requests("/api/predict", "400"), 1);
    assertBecomes(requests("/healthz", "200"), 1);
    assertBecomes(requests("other", "404"), 2);
    PrometheusSamples samples = samples();
    String ofPredict = "{route=\"/api/predict\"";
    String duration = "handspun_http_request_duration_seconds_";
    assertThat(samples.get(duration + "count" + ofPredict + "}")).isEqualTo(4);
    assertThat(samples.get(duration + "bucket" + ofPredict + ",le=\"+Inf\"}")).isEqualTo(4);
    assertThat(samples.get(duration + "sum" + ofPredict + "}")).isPositive();
    assertThat(samples.get("handspun_http_request_body_bytes_total" + ofPredict + "}"))
        .isEqualTo(3.0 * pixels(784).length + pixels(3).length);
    assertThat(samples.get("handspun_http_response_body_bytes_total" + ofPredict + "}"))
        .isGreaterThan(3 * 784);
    // The one that asks. The one before it may be at its end still when its answer is here already.
    assertBecomes("handspun_http_requests_in_flight", 1);
  }

  @Test
  void whatTheServerPractisesIsCountedNowhere() throws Exception {
    server.practise();
    assertThat(post("application/json", pixels(784))).isEqualTo(200);
    assertBecomes(requests("/api/predict", "200"), 1);
    assertThat(samples().values().entrySet())
        .filteredOn(sample -> sample.getKey().startsWith("nv_inference_count"))
        .extracting(Map.Entry::getValue)
        .containsExactly(1.0);
  }

  @Test
  void bucketsHoldAllThatIsFaster() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(Duration.ofMillis(5).toNanos());
    histogram.record(Duration.ofMillis(5).toNanos() + 1);
    histogram.record(Duration.ofSeconds(11).toNanos());
    PrometheusText text = new PrometheusText();
    histogram.write(text.family("h", PrometheusText.Type.HISTOGRAM, "H."), "/");
    PrometheusSamples samples =
        PrometheusSamples.parse(new String(text.bytes(), StandardCharsets.UTF_8));
    assertThat(samples.values())
        .containsEntry("h_bucket{route=\"/\",le=\"0.0025\"}", 0.0)
        .containsEntry("h_bucket{route=\"/\",le=\"0.005\"}", 1.0)
        .containsEntry("h_bucket{route=\"/\",le=\"0.01\"}", 2.0)
        .containsEntry("h_bucket{route=\"/\",le=\"10\"}", 2.0)
        .containsEntry("h_bucket{route=\"/\",le=\"+Inf\"}", 3.0)
        .containsEntry("h_count{route=\"/\"}", 3.0)
        .containsEntry("h_sum{route=\"/\"}", 11.010000001);
  }

  @Test
  void aRequestThatAnotherThreadRefusesIsCountedOnce() throws Exception {
    startAnew(null, timeouts(Duration.ofMinutes(1), Duration.ofMillis(100)));
    try (Socket socket =
        send("POST /api/predict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc")) {
      assertThat(new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 408 ");
    }
    assertBecomes(requests("/api/predict", "408"), 1);
    PrometheusSamples samples = samples();
    assertThat(samples.get(refused("too_slow"))).isEqualTo(1);
    assertThat(samples.get(refused("cut_off"))).isZero();
    assertThat(samples.get("handspun_http_request_body_bytes_total{route=\"/api/predict\"}"))
        .isEqualTo(3);
    assertBecomes("handspun_http_requests_in_flight", 1);
  }

  @Test
  void aConnectionThatIsClosedBeforeItsRequestIsWholeIsCounted() throws Exception {
    startAnew(null, timeouts(Duration.ofMillis(100), Duration.ofMinutes(1)));
    try (Socket socket = send("GET / HT")) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
    assertBecomes(refused("cut_off"), 1);
  }

  @Test
  void tooLargeBodiesAreCountedAsRefused() throws Exception {
    assertThat(post("application/json", new byte[5 << 20])).isEqualTo(413);
    assertBecomes(refused("too_large"), 1);
    assertBecomes(requests("/api/predict", "413"), 1);
  }

  @Test
  void aStreamIsCountedWhenItsClientHasGone() throws Exception {
    LiveTraining training =
        new LiveTraining("runs/now/model.handspun", RunFiles.model(1).plan().orElseThrow());
    startAnew(
        training,
        new Timeouts(
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            Duration.ofMillis(300),
            Duration.ofSeconds(5)));
    try (Socket socket = send("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      assertThat(new String(socket.getInputStream().readNBytes(13), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 ");
      assertThat(samples().values()).containsEntry("handspun_http_requests_in_flight", 2.0);
      assertThat(samples().get(requests("/api/events", "200"))).isZero();
    }
    assertBecomes(requests("/api/events", "200"), 1);
    assertBecomes("handspun_http_requests_in_flight", 1);
    assertThat(samples().get("handspun_http_response_body_bytes_total{route=\"/api/events\"}"))
        .isGreaterThanOrEqualTo("retry: 1000\n\n".length());
  }

  @Test
  void theModelAndItsAgeAreTold() throws Exception {
    PrometheusSamples samples = samples();
    assertThat(samples.values())
        .containsEntry(
            "handspun_model_info{model=\"a \\\"b\\\"\\\\\",sha256=\"%s\",topology=\"784-16-10\"}"
                .formatted(RunFiles.network(1).sha256()),
            1.0)
        .containsKey("handspun_model_age_seconds");
  }

  @Test
  void inferencesAreCountedByTheNamesOfTriton() throws Exception {
    String of = "{model=\"a \\\"b\\\"\\\\\",version=\"1\"}";
    assertThat(samples().values()).containsEntry("nv_inference_request_success" + of, 0.0);
    assertThat(post("application/json", pixels(784))).isEqualTo(200);
    assertThat(post("image/png", Pictures.sevenPng())).isEqualTo(200);
    assertThat(post("application/json", pixels(1))).isEqualTo(400);
    PrometheusSamples samples = samples("/metrics?names=triton");
    assertThat(samples.values())
        .containsEntry("nv_inference_request_success" + of, 2.0)
        .containsEntry("nv_inference_request_failure" + of, 1.0)
        .containsEntry("nv_inference_count" + of, 2.0)
        .containsEntry("nv_inference_exec_count" + of, 2.0);
    double parts =
        Stream.of("queue", "compute_input", "compute_infer", "compute_output")
            .mapToDouble(stage -> samples.get("nv_inference_" + stage + "_duration_us" + of))
            .sum();
    assertThat(samples.get("nv_inference_compute_infer_duration_us" + of)).isPositive();
    assertThat(samples.get("nv_inference_request_duration_us" + of)).isGreaterThanOrEqualTo(parts);
  }

  @Test
  void theProcessAndItsJavaAreTold() throws Exception {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    PrometheusSamples samples = PrometheusSamples.parse(response.body());
    for (String name :
        new String[] {
          "jvm_memory_used_bytes{area=\"heap\"}",
          "jvm_memory_max_bytes{area=\"heap\"}",
          "jvm_threads_current",
          "process_start_time_seconds",
          "process_uptime_seconds"
        }) {
      assertThat(samples.get(name)).as(name).isPositive();
    }
    assertThat(samples.values().keySet()).anyMatch(name -> name.startsWith("jvm_gc_collection"));
  }

  @Test
  void promtoolFindsNothingToSay(@TempDir Path folder) throws Exception {
    post("application/json", pixels(784));
    get("/nowhere");
    Path file = folder.resolve("metrics");
    Files.writeString(file, get("/metrics").body());
    Path said = folder.resolve("said");
    Process promtool;
    try {
      promtool =
          new ProcessBuilder("promtool", "check", "metrics")
              .redirectInput(file.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
    } catch (IOException e) {
      String missing =
          "The check by promtool is skipped: it is not in the PATH (Debian: apt-get install prometheus).";
      System.out.println(missing);
      Assumptions.abort(missing);
      return;
    }
    int exit = promtool.waitFor();
    assertThat(Files.readString(said)).isEmpty();
    assertThat(exit).isZero();
  }

  @Test
  void requestsThatAreNotUnderstoodAreCountedAsRefused() throws Exception {
    Socket socket = send("nonsense\r\n\r\n");
    assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
        .contains(" 400 ", "{\"error\":\"The request line");
    assertBecomes(refused("malformed"), 1);
  }

  @Test
  void connectionsAreCounted() throws Exception {
    double before = samples().get("handspun_http_connections_opened_total");
    try (Socket open = send("GET /readyz HTTP/1.0\r\n")) {
      assertThat(open.isConnected()).isTrue();
      // This one, and that of the client that looks.
      assertBecomes("handspun_http_connections", 2);
    }
    assertBecomes("handspun_http_connections_opened_total", before + 1);
    assertBecomes("handspun_http_connections", 1);
  }
}
