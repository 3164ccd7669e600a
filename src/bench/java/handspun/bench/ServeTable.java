package handspun.bench;

import handspun.bench.ServeLoad.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What {@code bench serve} found, for people and for other programs. */
final class ServeTable {
  private static final double MILLIS = 1000;
  private static final double PER_KILOBYTE = 1.0 / 1024;
  private static final String LEGEND =
      """
      serve      bin/handspun serve; trivial: the same server of the JDK with the same options, which
                 reads each request to its end and always answers the same reading.
      requests/s closed: each connection sends its next request when it is answered; open: requests
                 are sent at fixed times, a fifth of what serve did at most with that body in the
                 same round, and a request's time is counted from when it should have been sent.
      p50 ...    milliseconds within which 50, 99 and 99.9 % of the requests were answered.
      CPU ms     of a core that the server took for a request; KB: that it allocated for one.
      client     cores that the client took, which shares the machine with the server.
      x trivial  times as many requests/s as the trivial server; open: times its p99.
      All are medians of the rounds; ratios are taken within a round.
      """;

  /** A row of serve.csv. */
  private record Row(ServeLoad load, Server server) {
    Spread of(ToDoubleFunction<ServeFigures> figure) {
      return load.over(server, figure);
    }

    Spread timesTrivial() {
      return server == Server.TRIVIAL
          ? Spread.NONE
          : load.timesTrivial(load.isOpen() ? ServeFigures::p99 : ServeFigures::rate);
    }
  }

  private final Machine machine;

  private final Table<Row> table =
      new Table<Row>()
          .written("body", row -> row.load().body().id())
          .written("images", row -> String.valueOf(row.load().body().images()))
          .shown("body", row -> row.load().body().name())
          .word("connections", "connections", row -> String.valueOf(row.load().connections()))
          .word("loop", "loop", row -> row.load().isOpen() ? "open" : "closed")
          .word("server", "server", row -> row.server().toString())
          .range("requests/s", "requests_per_second", 1, row -> row.of(ServeFigures::rate))
          .spread("p50 ms", "p50_ms", 1, row -> row.of(ServeFigures::p50))
          .spread("p99", "p99_ms", 1, row -> row.of(ServeFigures::p99))
          .spread("p99.9", "p999_ms", 1, row -> row.of(ServeFigures::p999))
          .spread("CPU ms", "cpu_seconds", MILLIS, row -> row.of(ServeFigures::cpuSeconds))
          .spread("KB", "allocated_bytes", PER_KILOBYTE, row -> row.of(ServeFigures::allocated))
          .spread("client", "client_cores", 1, row -> row.of(ServeFigures::clientCores))
          .spread("x trivial", "times_trivial", 1, Row::timesTrivial);

  /**
   * @param machine that was measured on
   */
  ServeTable(Machine machine) {
    this.machine = machine;
  }

  /**
   * @param loads what was measured
   * @return the tables, with what their columns mean
   */
  String text(List<ServeLoad> loads) {
    StringBuilder text = new StringBuilder("machine    " + machine + "\n\n");
    text.append(table.text(rows(loads), row -> Optional.empty())).append('\n');
    for (ServeLoad load : loads) {
      if (load.isOpen()) {
        text.append(line(load + ": p99 / trivial's", load.timesTrivial(ServeFigures::p99)));
      } else if (load.body().images() > 1) {
        text.append(
            line(
                load + ": images/s",
                load.over(Server.HANDSPUN, ServeFigures::rate).times(load.body().images())));
      } else if (load.connections() == ServeBench.MOST_CONNECTIONS) {
        text.append(line(load + ": rate / trivial's", load.timesTrivial(ServeFigures::rate)));
        text.append(line(load + ": CPU / trivial's", load.timesTrivial(ServeFigures::cpuSeconds)));
      }
    }
    return text.append('\n').append(LEGEND).toString();
  }

  private static String line(String what, Spread spread) {
    return "%-50s  %s (%s)%n"
        .formatted(what, Figures.threeDigits(spread.median()), Figures.range(spread));
  }

  /**
   * @param loads what was measured
   * @return serve.csv: a row for each load and server
   */
  String csv(List<ServeLoad> loads) {
    return table.csv(rows(loads));
  }

  private static List<Row> rows(List<ServeLoad> loads) {
    return loads.stream()
        .flatMap(load -> Arrays.stream(Server.values()).map(server -> new Row(load, server)))
        .toList();
  }
}
