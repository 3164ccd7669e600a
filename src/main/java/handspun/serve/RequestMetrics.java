package handspun.serve;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Counts requests. Counting waits for nobody, and allocates nothing once a route has been answered
 * with a status.
 */
final class RequestMetrics implements RequestObserver {
  private final LongAdder began = new LongAdder();
  private final LongAdder ended = new LongAdder();
  private final LongAdder connected = new LongAdder();
  private final LongAdder disconnected = new LongAdder();
  private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);
  private final Map<String, RouteMetrics> routes = new ConcurrentHashMap<>();

  /** Why a request is turned away, whatever it asks for. */
  private enum Reason {
    NOT_ALLOWED,
    TOO_SLOW,
    TOO_LARGE,
    BUSY,
    MALFORMED,
    CUT_OFF
  }

  RequestMetrics() {
    for (Reason reason : Reason.values()) {
      refused.put(reason, new LongAdder());
    }
  }

  @Override
  public void began() {
    began.increment();
  }

  @Override
  public void ended(ObservedRequest request) {
    ended.increment();
    RouteMetrics known = routes.get(request.route());
    if (known == null) {
      known = routes.computeIfAbsent(request.route(), RouteMetrics::new);
    }
    known.count(request);
    Reason reason = reason(request.status());
    if (reason != null) {
      refused.get(reason).increment();
    }
  }

  @Override
  public void cutOff() {
    refused.get(Reason.CUT_OFF).increment();
  }

  @Override
  public void malformed() {
    refused.get(Reason.MALFORMED).increment();
  }

  @Override
  public void connected() {
    connected.increment();
  }

  @Override
  public void disconnected() {
    disconnected.increment();
  }

  /** {@return why a request got this status; null if it was not turned away} */
  private static Reason reason(int status) {
    return switch (status) {
      case ObservedRequest.NO_STATUS -> Reason.CUT_OFF;
      case 401, 403, 421 -> Reason.NOT_ALLOWED;
      case 408 -> Reason.TOO_SLOW;
      case 413, 431 -> Reason.TOO_LARGE;
      case 429, 503 -> Reason.BUSY;
      default -> null;
    };
  }

  /** Writes all that was counted. */
  void write(PrometheusText text) {
    List<RouteMetrics> all =
        routes.values().stream().sorted(Comparator.comparing(RouteMetrics::name)).toList();
    text.family(
        "handspun_http_requests_total",
        PrometheusText.Type.COUNTER,
        "Requests that have ended, by route and by the status that was sent, or none.");
    all.forEach(route -> route.writeStatuses(text));
    text.family(
        "handspun_http_request_duration_seconds",
        PrometheusText.Type.HISTOGRAM,
        "From the end of a request's head to the end of its answer.");
    all.forEach(route -> route.latency().write(text, route.name()));
    writeBytes(
        text,
        "handspun_http_request_body_bytes_total",
        "Bytes of requests' bodies.",
        all,
        RouteMetrics::received);
    writeBytes(
        text,
        "handspun_http_response_body_bytes_total",
        "Bytes of answers' bodies, as compressed as they were sent.",
        all,
        RouteMetrics::sent);
    // Read in this order, so that it is never below 0.
    long over = ended.sum();
    text.family(
            "handspun_http_requests_in_flight",
            PrometheusText.Type.GAUGE,
            "Requests whose head has arrived and whose answer is not sent, this one among them.")
        .sample((double) (began.sum() - over));
    text.family(
        "handspun_http_requests_refused_total",
        PrometheusText.Type.COUNTER,
        "Requests that were turned away, by reason.");
    refused.forEach(
        (reason, count) ->
            text.sample((double) count.sum(), "reason", reason.name().toLowerCase(Locale.ROOT)));
    writeConnections(text);
  }

  private void writeConnections(PrometheusText text) {
    // In this order, for the same reason.
    long closed = disconnected.sum();
    long opened = connected.sum();
    text.family(
            "handspun_http_connections", PrometheusText.Type.GAUGE, "Connections that are open.")
        .sample((double) (opened - closed));
    text.family(
            "handspun_http_connections_opened_total",
            PrometheusText.Type.COUNTER,
            "Connections that were opened.")
        .sample((double) opened);
  }

  private static void writeBytes(
      PrometheusText text,
      String name,
      String help,
      List<RouteMetrics> routes,
      Function<RouteMetrics, LongAdder> bytes) {
    text.family(name, PrometheusText.Type.COUNTER, help);
    routes.forEach(route -> text.sample((double) bytes.apply(route).sum(), "route", route.name()));
  }
}
