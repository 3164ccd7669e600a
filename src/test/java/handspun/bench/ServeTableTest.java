package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.bench.ServeLoad.Server;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServeTableTest {
  private static final Machine MACHINE =
      new Machine("A Processor", 2, "Linux", "17", Machine.Vectors.NARROWER);
  private static final LoadBody JSON = new LoadBody(LoadBody.JSON, "JSON", 1, List.of());
  private static final LoadBody BATCH = new LoadBody(LoadBody.BATCH, "batches", 10_000, List.of());

  private static ServeFigures figures(double rate, double p99) {
    return new ServeFigures(rate, p99 / 2, p99, p99 * 2, 0.0005, 2048, 0.25);
  }

  /** Three rounds, in the last of which the machine was slow. */
  private static ServeLoad load(LoadBody body, int connections, boolean isOpen) {
    ServeLoad load = new ServeLoad(body, connections, isOpen);
    load.add(1, Server.HANDSPUN, figures(50, 6));
    load.add(2, Server.HANDSPUN, figures(80, 3));
    load.add(3, Server.HANDSPUN, figures(7, 40));
    load.add(1, Server.TRIVIAL, figures(100, 3));
    load.add(2, Server.TRIVIAL, figures(100, 1));
    load.add(3, Server.TRIVIAL, figures(10, 20));
    return load;
  }

  @Test
  void ratiosAreTakenWithinARound() {
    ServeLoad load = load(JSON, 64, false);
    assertThat(load.timesTrivial(ServeFigures::rate)).isEqualTo(new Spread(0.7, 0.5, 0.8));
    assertThat(load.timesTrivial(ServeFigures::p99)).isEqualTo(new Spread(2, 2, 3));
    assertThat(load.over(Server.TRIVIAL, ServeFigures::rate)).isEqualTo(new Spread(100, 10, 100));
  }

  @Test
  void showsRatesAndInTheOpenLoopLatenciesBesideTheTrivialServers() {
    String text =
        new ServeTable(MACHINE)
            .text(List.of(load(JSON, 64, false), load(BATCH, 2, false), load(JSON, 64, true)));
    assertThat(text.lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "JSON 64 closed serve 50.0 7.00 to 80.0 3.00 6.00 12.0 0.500 2.00 0.250 0.700",
            "JSON 64 closed trivial 100 10.0 to 100 1.50 3.00 6.00 0.500 2.00 0.250 -",
            "JSON 64 open serve 50.0 7.00 to 80.0 3.00 6.00 12.0 0.500 2.00 0.250 2.00",
            "JSON, 64 connections: rate / trivial's 0.700 (0.500 to 0.800)",
            "JSON, 64 connections: CPU / trivial's 1.00 (1.00 to 1.00)",
            "batches, 2 connections: images/s 500000 (70000 to 800000)",
            "JSON, 64 connections, open loop: p99 / trivial's 2.00 (2.00 to 3.00)");
  }

  @Test
  void writesARowForEachLoadAndServer() {
    List<String> rows = new ServeTable(MACHINE).csv(List.of(load(BATCH, 2, true))).lines().toList();
    assertThat(rows).hasSize(3);
    assertThat(rows.get(0))
        .startsWith(
            "body,images,connections,loop,server,requests_per_second,requests_per_second_min");
    assertThat(rows.get(1))
        .startsWith("batch,10000,2,open,serve,50.0000,7.00000,80.0000,")
        .endsWith(",2.00000,2.00000,3.00000");
    assertThat(rows.get(2)).startsWith("batch,10000,2,open,trivial,100.000,").endsWith(",,,");
  }
}
