package handspun.serve;

import handspun.network.Network;
import java.util.Map;

/**
 * Tells the network's weights and biases, from which a client can compute what the server does:
 * singles of four bytes, the lowest first, in the order of {@link Network#parameters}. The entity
 * tag is their SHA-256.
 */
final class ParametersEndpoint {
  private ParametersEndpoint() {}

  static Endpoint of(Network network) {
    Map<String, String> headers =
        Map.of("Content-Type", "application/octet-stream", "ETag", '"' + network.sha256() + '"');
    return new Reply(200, headers, network.bytes()).always();
  }
}
