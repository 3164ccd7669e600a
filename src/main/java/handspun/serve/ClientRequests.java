package handspun.serve;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many requests of each client are under way, each of which holds a connection and a thread.
 * The JDK's server tells of no connection before its first request.
 */
final class ClientRequests {
  /** Of an IPv6 address; the rest is for a network's owner to choose. */
  private static final int NETWORK_BYTES = 8;

  private final Map<ByteBuffer, Integer> counts = new ConcurrentHashMap<>();
  private final int most;

  /** Allows so many of a client; any number if it is 0. */
  ClientRequests(int most) {
    this.most = most;
  }

  void enter(InetAddress client) {
    counts.merge(network(client), 1, Integer::sum);
  }

  void leave(InetAddress client) {
    counts.computeIfPresent(network(client), (one, count) -> count == 1 ? null : count - 1);
  }

  /** Refuses a client of another machine that has too many requests under way. */
  void requireRoom(InetAddress client) {
    int count = counts.getOrDefault(network(client), 0);
    if (most > 0 && count > most && !client.isLoopbackAddress()) {
      throw RefusedRequest.tooMany(
          "Your address has %d requests under way, and may have %d: wait until one is answered."
              .formatted(count, most));
    }
  }

  /** {@return whether nothing of anybody is counted} */
  boolean isIdle() {
    return counts.isEmpty();
  }

  private static ByteBuffer network(InetAddress client) {
    byte[] address = client.getAddress();
    return ByteBuffer.wrap(address, 0, Math.min(address.length, NETWORK_BYTES)).slice();
  }
}
