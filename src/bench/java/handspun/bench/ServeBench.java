package handspun.bench;

import handspun.HandspunException;
import handspun.bench.ServeLoad.Server;
import handspun.data.DatasetReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code serve} beside a server that does nothing else: {@code bench serve}. In each round both are
 * started anew and asked in turn, load by load.
 */
final class ServeBench {
  static final int MOST_CONNECTIONS = 64;

  /** What others do at most is not what anyone should run at. */
  private static final double OPEN_PART = 0.2;

  private static final List<Integer> CONNECTIONS = List.of(1, 8, MOST_CONNECTIONS);

  /** In which a load is measured, of both servers one after the other. */
  private static final int TURNS = 4;

  /** All that the server keeps of bodies is 64 MB, and one has 8 MB. */
  private static final List<Integer> BATCH_CONNECTIONS = List.of(1, 2);

  private final Project project;
  private final Machine machine;
  private final int rounds;
  private final Times times;
  private final Consumer<String> progress;

  /**
   * How long things last.
   *
   * @param compiling for which a new server is asked with each body before it is measured
   * @param warmUp before each measurement
   * @param measured of each closed loop
   * @param open of the open loop
   */
  record Times(Duration compiling, Duration warmUp, Duration measured, Duration open) {
    static final Times USUAL =
        new Times(
            Duration.ofSeconds(15),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(10));

    /** Only to see that all runs. */
    static final Times QUICK =
        new Times(
            Duration.ofMillis(50),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(500));
  }

  /**
   * @param project whose server is measured
   * @param machine that it runs on
   * @param rounds how often everything is measured, at least 1
   * @param times how long
   * @param progress is told a line for every load
   */
  ServeBench(Project project, Machine machine, int rounds, Times times, Consumer<String> progress) {
    this.project = project;
    this.machine = machine;
    this.rounds = rounds;
    this.times = times;
    this.progress = progress;
  }

  /**
   * Measures. The table in the folder, serve.csv, is written anew after every round.
   *
   * @param model the file of what is served
   * @param only ids of the bodies that are sent; none for all
   * @param folder an existing one for the table and for what the servers print
   * @return the tables, for people
   * @throws HandspunException if an answer is no good one, or a file cannot be written
   */
  String run(Path model, List<String> only, Path folder) {
    OutFolder out = new OutFolder(folder);
    DigitRequests digits =
        new DigitRequests(
            DatasetReader.read(project.data(), 0).test(), ServedModelOption.name(model));
    List<ServeLoad> loads = loads(LoadBody.of(digits, only));
    byte[] request = digits.pixels(0);
    ServeTable table = new ServeTable(machine);
    try {
      for (int round = 1; round <= rounds; round++) {
        run(round, model, request, loads, out.logs());
        out.write("serve.csv", table.csv(loads));
      }
    } catch (IOException e) {
      throw ClosedLoop.lost(e);
    }
    return table.text(loads);
  }

  private static List<ServeLoad> loads(List<LoadBody> bodies) {
    List<ServeLoad> loads = new ArrayList<>();
    for (LoadBody body : bodies) {
      for (int connections : body.images() > 1 ? BATCH_CONNECTIONS : CONNECTIONS) {
        loads.add(new ServeLoad(body, connections, false));
      }
    }
    bodies.stream()
        .filter(body -> body.id().equals(LoadBody.JSON))
        .forEach(body -> loads.add(new ServeLoad(body, MOST_CONNECTIONS, true)));
    return loads;
  }

  /** The trivial server always answers what {@code serve} does to the request. */
  private void run(int round, Path model, byte[] request, List<ServeLoad> loads, Path logs)
      throws IOException {
    Path answer = logs.resolve("reading.json");
    try (ServerProcess served =
        ServerProcess.handspun(project, model, logs.resolve("serve-" + round))) {
      Files.write(answer, answer(served, request));
      try (ServerProcess trivial =
          ServerProcess.trivial(served, answer, logs.resolve("trivial-" + round))) {
        Map<Server, ServerProcess> servers = new EnumMap<>(Server.class);
        servers.put(Server.HANDSPUN, served);
        servers.put(Server.TRIVIAL, trivial);
        measure(round, loads, servers);
      }
    }
  }

  private void measure(int round, List<ServeLoad> loads, Map<Server, ServerProcess> servers)
      throws IOException {
    for (LoadBody body : loads.stream().map(ServeLoad::body).distinct().toList()) {
      int connections = body.images() > 1 ? 1 : CONNECTIONS.get(1);
      for (ServerProcess server : servers.values()) {
        try (ClosedLoop loop = new ClosedLoop(server.address(), body.requests(), connections)) {
          LoadResult unused = loop.run(times.compiling());
        }
      }
    }
    for (ServeLoad load : loads) {
      // Both get the same rate, which depends on what serve has done in this round.
      double rate = load.isOpen() ? OPEN_PART * peak(round, load.body(), loads) : 0;
      try (ServeTurn serve = turn(load, servers.get(Server.HANDSPUN), rate);
          ServeTurn trivial = turn(load, servers.get(Server.TRIVIAL), rate)) {
        measure(List.of(serve, trivial), load.isOpen() ? times.open() : times.measured());
        add(round, load, Server.HANDSPUN, serve.figures());
        add(round, load, Server.TRIVIAL, trivial.figures());
      }
    }
  }

  private static ServeTurn turn(ServeLoad load, ServerProcess server, double rate)
      throws IOException {
    List<ByteBuffer> requests = load.body().requests();
    return new ServeTurn(
        server,
        load.isOpen()
            ? new OpenLoop(server.address(), requests, load.connections(), rate)
            : new ClosedLoop(server.address(), requests, load.connections()));
  }

  private void measure(List<ServeTurn> both, Duration time) throws IOException {
    for (ServeTurn one : both) {
      one.warmUp(times.warmUp());
    }
    for (int turn = 0; turn < TURNS; turn++) {
      for (ServeTurn one : both) {
        one.run(time.dividedBy(TURNS));
      }
    }
  }

  private void add(int round, ServeLoad load, Server server, ServeFigures shown) {
    load.add(round, server, shown);
    progress.accept(
        "round %d: %s: %s: %s requests/s"
            .formatted(round, load, server, Figures.threeDigits(shown.rate())));
  }

  private static double peak(int round, LoadBody body, List<ServeLoad> loads) {
    return loads.stream()
        .filter(load -> !load.isOpen() && load.body().equals(body))
        .mapToDouble(load -> load.rate(round))
        .max()
        .orElseThrow();
  }

  private static byte[] answer(ServerProcess server, byte[] request) throws IOException {
    try (BlockingClient client = new BlockingClient(server.address())) {
      return client.ask(request).body();
    }
  }
}
