package handspun.spark;

import handspun.parallel.Placement;
import handspun.wire.AllReduce;
import handspun.wire.Connection;
import handspun.wire.Contribution;
import handspun.wire.Handshake;
import handspun.wire.Listener;
import handspun.wire.Peer;
import handspun.wire.Route;
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
 * @param placement seen from this executor
 * @param coordinator where they learn of each other
 * @param cancelled whether to give up
 */
record PeerDiscovery(
    WireSettings settings,
    int miniBatches,
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
    // As Spark has others fetch its blocks from here.
    String host = SparkInternals.host();
    try (Listener listener = settings.binding().open(host)) {
      Peer self = new Peer(own, SparkEnv.get().executorId(), host, listener.port());
      Meeting meeting = coordinator.meet(self, placement.executors(), cancelled);
      Map<Peer, Connection> connections =
          listener.connect(
              new Handshake(own, meeting.secret(), settings.protection()),
              route,
              meeting.peers(),
              settings.timeout(),
              cancelled);
      boolean spin = hasCoreForEach(meeting.peers(), host);
      return new AllReduce(route, connections, contribution, silenceLimit(), spin);
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
