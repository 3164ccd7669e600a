package handspun.bench;

import handspun.wire.AllReduce;
import handspun.wire.Binding;
import handspun.wire.Contribution;
import handspun.wire.Handshake;
import handspun.wire.Listener;
import handspun.wire.Peer;
import handspun.wire.PortRange;
import handspun.wire.Protection;
import handspun.wire.Route;
import handspun.wire.Secret;
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

  private final List<AllReduce> allReduces = new ArrayList<>();

  private Loopback() {}

  /**
   * What lies between the executors.
   *
   * @param host this machine, as they call it
   * @param timeout how long one waits for another
   * @param spin whether to ask again and again before waiting
   * @param way from an executor's port to the one at which others reach it
   */
  public record Wire(
      String host, Protection protection, Duration timeout, boolean spin, IntUnaryOperator way) {
    /** Connections without anything between. */
    public Wire(Protection protection, Duration timeout, boolean spin) {
      this("127.0.0.1", protection, timeout, spin, port -> port);
    }
  }

  /** {@return the connections} */
  public static Loopback connect(
      Route.Shape shape, List<? extends Contribution> contributions, Wire wire) {
    int executors = contributions.size();
    Secret secret = Secret.random();
    List<Listener> listeners = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      listeners.add(new Binding("", ANY).open(wire.host()));
      int port = wire.way().applyAsInt(listeners.get(e).port());
      peers.add(new Peer(e, String.valueOf(e), wire.host(), port));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    try {
      List<CompletableFuture<AllReduce>> connecting = new ArrayList<>();
      for (int e = 0; e < executors; e++) {
        Listener listener = listeners.get(e);
        Contribution contribution = contributions.get(e);
        Route route = Route.of(shape, e, executors);
        Handshake handshake = new Handshake(e, secret, wire.protection());
        connecting.add(
            CompletableFuture.supplyAsync(
                () ->
                    new AllReduce(
                        route,
                        listener.connect(handshake, route, peers, wire.timeout(), () -> false),
                        contribution,
                        wire.timeout(),
                        wire.spin()),
                threads));
      }
      Loopback loopback = new Loopback();
      connecting.forEach(one -> loopback.allReduces.add(one.join()));
      return loopback;
    } finally {
      listeners.forEach(Listener::close);
      threads.shutdown();
    }
  }

  /** {@return an executor's part in the all-reduce} */
  public AllReduce allReduce(int executor) {
    return allReduces.get(executor);
  }

  @Override
  public void close() {
    allReduces.forEach(AllReduce::close);
  }
}
