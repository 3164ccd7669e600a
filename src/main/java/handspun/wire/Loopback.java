package handspun.wire;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;

/**
 * Executors that are threads of this process, connected by real sockets: to measure and to test.
 */
public final class Loopback implements AutoCloseable {
  private static final PortRange ANY = new PortRange(0, 0);
  private static final String HERE = "127.0.0.1";

  private final List<Conversation> conversations = new ArrayList<>();

  private Loopback() {}

  /**
   * Connects executors.
   *
   * @param shape of their routes
   * @param cargos what each exchanges
   * @param patience how long one may be silent
   * @param spin whether to ask again and again before waiting
   * @return the connections
   */
  public static Loopback connect(
      Route.Shape shape, List<? extends Cargo> cargos, Duration patience, boolean spin) {
    return connect(shape, cargos, patience, spin, IntUnaryOperator.identity());
  }

  /**
   * Connects executors by way of something.
   *
   * @param shape of their routes
   * @param cargos what each exchanges
   * @param patience how long one may be silent
   * @param spin whether to ask again and again before waiting
   * @param way from an executor's port to the one at which others reach it
   * @return the connections
   */
  public static Loopback connect(
      Route.Shape shape,
      List<? extends Cargo> cargos,
      Duration patience,
      boolean spin,
      IntUnaryOperator way) {
    int executors = cargos.size();
    Secret secret = Secret.random();
    List<Door> doors = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      doors.add(Door.open(HERE, ANY));
      peers.add(new Peer(e, String.valueOf(e), HERE, way.applyAsInt(doors.get(e).port())));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    try {
      List<CompletableFuture<Conversation>> connecting = new ArrayList<>();
      for (int e = 0; e < executors; e++) {
        int own = e;
        Route route = Route.of(shape, own, executors);
        connecting.add(
            CompletableFuture.supplyAsync(
                () ->
                    new Conversation(
                        route,
                        doors.get(own).connect(own, route, peers, secret, patience, () -> false),
                        cargos.get(own),
                        patience,
                        spin),
                threads));
      }
      Loopback loopback = new Loopback();
      connecting.forEach(one -> loopback.conversations.add(one.join()));
      return loopback;
    } finally {
      doors.forEach(Door::close);
      threads.shutdown();
    }
  }

  /**
   * @param executor from 0
   * @return its talk with the others
   */
  public Conversation conversation(int executor) {
    return conversations.get(executor);
  }

  @Override
  public void close() {
    conversations.forEach(Conversation::close);
  }
}
