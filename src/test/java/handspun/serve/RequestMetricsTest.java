package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {
  private static final int REQUESTS = 100_000;

  private final RequestMetrics metrics = new RequestMetrics();

  private static ObservedRequest request() {
    // Nothing is asked of the exchange.
    ObservedRequest request = new ObservedRequest(null, null);
    request.routed("/api/predict");
    request.answered(503);
    request.ended();
    return request;
  }

  private PrometheusSamples samples() {
    PrometheusText text = new PrometheusText();
    metrics.write(text);
    return PrometheusSamples.parse(new String(text.bytes(), StandardCharsets.UTF_8));
  }

  @Test
  void countingARequestAllocatesNothing() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long own = Thread.currentThread().getId();
    ObservedRequest request = request();
    // What a first request makes is made.
    metrics.began();
    metrics.ended(request);
    long before = threads.getThreadAllocatedBytes(own);
    for (int i = 0; i < REQUESTS; i++) {
      metrics.began();
      metrics.ended(request);
    }
    // The reading itself takes a little.
    assertThat(threads.getThreadAllocatedBytes(own) - before).isLessThan(REQUESTS);
    assertThat(samples().get("handspun_http_requests_refused_total{reason=\"busy\"}"))
        .isEqualTo(REQUESTS + 1.0);
  }

  @Test
  void noRequestIsLostWhenManyEndAtOnce() {
    IntStream.range(0, REQUESTS)
        .parallel()
        .forEach(
            i -> {
              metrics.began();
              metrics.ended(request());
            });
    PrometheusSamples samples = samples();
    assertThat(samples.get("handspun_http_requests_total{route=\"/api/predict\",status=\"503\"}"))
        .isEqualTo(REQUESTS);
    assertThat(samples.get("handspun_http_request_duration_seconds_count{route=\"/api/predict\"}"))
        .isEqualTo(REQUESTS);
    assertThat(samples.get("handspun_http_requests_in_flight")).isZero();
  }
}
