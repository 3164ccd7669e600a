package handspun.spark;

import handspun.wire.Peer;
import handspun.wire.Secret;
import java.io.Serializable;
import java.util.List;

/**
 * What the driver tells the executors of a job when all of them have come. It goes by Spark's RPC,
 * which Spark encrypts if it is told to, and not in a task, which many can read.
 *
 * @param peers all executors, by number
 * @param secret by which they know each other
 */
record Meeting(List<Peer> peers, Secret secret) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Makes the list unchangeable. */
  Meeting {
    peers = List.copyOf(peers);
  }
}
