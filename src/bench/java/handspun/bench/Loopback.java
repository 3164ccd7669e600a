package handspun.bench;

import handspun.wire.AllReduce;
import handspun.wire.Contribution;
import handspun.wire.Listener;
import handspun.wire.Peer;
import handspun.wire.PortRange;
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
  private static final String HERE = "127.0.0.1";

  private final List<AllReduce> allReduces = new ArrayList<>();

  private Loopback() {}

  /**
   * Connects executors by way of something.
   *
   * @param spin whether to ask again and again before waiting
   * @param way from an executor's port to the one at which others reach it
   * @return the connections
   */
  public static Loopback connect(
      Route.Shape shape,
      List<? extends Contribution> contributions,
      Duration timeout,
      boolean spin,
      IntUnaryOperator way) {
    int executors = contributions.size();
    Secret secret = Secret.random();
    List<Listener> listeners = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (int e = 0; e < executors; e++) {
      listeners.add(Listener.open(HERE, ANY));
      peers.add(new Peer(e, String.valueOf(e), HERE, way.applyAsInt(listeners.get(e).port())));
    }
    ExecutorService threads = Executors.newFixedThreadPool(executors);
    try {
      List<CompletableFuture<AllReduce>> connecting = new ArrayList<>();
      for (int e = 0; e < executors; e++) {
        int own = e;
        Route route = Route.of(shape, own, executors);
        connecting.add(
            CompletableFuture.supplyAsync(
                () ->
                    new AllReduce(
                        route,
                        listeners.get(own).connect(own, route, peers, secret, timeout, () -> false),
                        contributions.get(own),
                        timeout,
                        spin),
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
