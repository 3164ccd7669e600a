package handspun.spark;

import handspun.wire.Cargo;
import handspun.wire.Conversation;
import handspun.wire.Door;
import handspun.wire.Peer;
import handspun.wire.Route;
import handspun.wire.Secret;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;

/** How the executors of a training job find each other, before the first epoch. */
final class Gathering {
  /** A year, which can still be reckoned in nanoseconds. */
  private static final long LONGEST_SECONDS = 365 * 86_400;

  private final WireSettings settings;
  private final Duration patience;
  private final Secret secret;
  private final Placement placement;
  private final Rendezvous rendezvous;
  private final BooleanSupplier cancelled;

  /**
   * @param settings where to listen, and how long to wait
   * @param miniBatches how many an executor may compute between two signs of it
   * @param secret by which the executors know each other
   * @param placement seen from this executor
   * @param rendezvous where they learn of each other
   * @param cancelled whether to give up
   */
  Gathering(
      WireSettings settings,
      int miniBatches,
      Secret secret,
      Placement placement,
      Rendezvous rendezvous,
      BooleanSupplier cancelled) {
    this.settings = settings;
    patience =
        Duration.ofSeconds(
            Math.min(LONGEST_SECONDS, settings.patience().toSeconds() * miniBatches));
    this.secret = secret;
    this.placement = placement;
    this.rendezvous = rendezvous;
    this.cancelled = cancelled;
  }

  /**
   * Connects this executor to those that it will exchange with.
   *
   * @param cargo what will be exchanged
   * @return the connections
   */
  Conversation converse(Cargo cargo) {
    int own = placement.executor();
    Route route = Route.of(settings.shape(), own, placement.executors());
    String host = SparkEnv.get().blockManager().blockManagerId().host();
    try (Door door = Door.open(host, settings.ports())) {
      Peer self = new Peer(own, SparkEnv.get().executorId(), host, door.port());
      List<Peer> peers = rendezvous.meet(self, placement.executors(), cancelled);
      Map<Peer, SocketChannel> channels =
          door.connect(own, route, peers, secret, settings.patience(), cancelled);
      return new Conversation(route, channels, cargo, patience, hasCoreForEach(peers, host));
    }
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
