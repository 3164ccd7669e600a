package handspun.serve;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is counted of the requests to one route.
 *
 * @param name of the route
 * @param statuses how many were answered with each
 */
record RouteMetrics(
    String name,
    AtomicReferenceArray<LongAdder> statuses,
    LatencyHistogram latency,
    LongAdder received,
    LongAdder sent) {
  private static final int STATUSES = 600;

  RouteMetrics(String name) {
    this(
        name,
        new AtomicReferenceArray<>(STATUSES),
        new LatencyHistogram(),
        new LongAdder(),
        new LongAdder());
  }

  void count(ObservedRequest request) {
    status(request.status()).increment();
    latency.record(request.nanos());
    received.add(request.received());
    sent.add(request.sent());
  }

  private LongAdder status(int status) {
    LongAdder known = statuses.get(status);
    if (known != null) {
      return known;
    }
    statuses.compareAndSet(status, null, new LongAdder());
    return statuses.get(status);
  }

  /** Writes a sample for each status that was sent. */
  void writeStatuses(PrometheusText text) {
    for (int status = 0; status < STATUSES; status++) {
      LongAdder count = statuses.get(status);
      if (count != null) {
        String label = status == ObservedRequest.NO_STATUS ? "none" : Integer.toString(status);
        text.sample((double) count.sum(), "route", name, "status", label);
      }
    }
  }
}
