package handspun.spark;

import handspun.parallel.Placement;
import handspun.wire.AllReduce;
import handspun.wire.Contribution;
import handspun.wire.Listener;
import handspun.wire.Peer;
import handspun.wire.Route;
import handspun.wire.Secret;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;

/**
 * How the executors of a training job find each other, before the first epoch.
 *
 * @param settings where to listen, and how long to wait
 * @param miniBatches how many an executor may compute between two signs of it
 * @param secret by which the executors know each other
 * @param placement seen from this executor
 * @param coordinator where they learn of each other
 * @param cancelled whether to give up
 */
record PeerDiscovery(
    WireSettings settings,
    int miniBatches,
    Secret secret,
    Placement placement,
    Coordinator coordinator,
    BooleanSupplier cancelled) {
  /** A year, which can still be reckoned in nanoseconds. */
  private static final long LONGEST_SECONDS = 365 * 86_400;

  /**
   * Connects this executor to those that it will exchange with.
   *
   * @return the all-reduce among them
   */
  AllReduce connect(Contribution contribution) {
    int own = placement.executor();
    Route route = Route.of(settings.shape(), own, placement.executors());
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try (Listener listener = Listener.open(host, settings.ports())) {
      Peer self = new Peer(own, SparkEnv.get().executorId(), host, listener.port());
      List<Peer> peers = coordinator.meet(self, placement.executors(), cancelled);
      Map<Peer, SocketChannel> channels =
          listener.connect(own, route, peers, secret, settings.timeout(), cancelled);
      return new AllReduce(
          route, channels, contribution, silenceLimit(), hasCoreForEach(peers, host));
    }
  }

  private Duration silenceLimit() {
    return Duration.ofSeconds(
        Math.min(LONGEST_SECONDS, settings.timeout().toSeconds() * miniBatches));
  }

  /** Whether the executors of this machine can all be busy at once. */
  private boolean hasCoreForEach(List<Peer> peers, String host) {
    int here = 0;
    for (Peer peer : peers) {
      if (peer.host().equals(host)) {
        here +=
            placement.firstPartition(peer.number() + 1) - placement.firstPartition(peer.number());
      }
    }
    return here <= Runtime.getRuntime().availableProcessors();
  }
}
